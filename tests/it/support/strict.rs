//! What a terminal may be sent: text that is seen, and the few escapes that the program makes itself.

/// What is wrong with bytes for the terminal, if anything is: an escape that is none of ours, a control character,
/// or a character that hides or turns the direction of writing.
pub(crate) fn complaint(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Some(format!("no UTF-8 at byte {}", error.valid_up_to())),
    };
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' {
            if is_unseen(c) {
                return Some(format!("U+{:04X} before {:?}", u32::from(c), beginning(chars.as_str())));
            }
            continue;
        }
        let rest = chars.as_str();
        let Some(length) = own_escape(rest) else {
            return Some(format!("ESC before {:?}", beginning(rest)));
        };
        chars = rest[length..].chars();
    }
    None
}

/// The same for what a command prints: lines of text and nothing else.
pub(crate) fn complaint_about_lines(text: &str) -> Option<String> {
    let (at, c) = text.char_indices().find(|(_, c)| *c != '\n' && is_unseen(*c))?;
    Some(format!("U+{:04X} before {:?}", u32::from(c), beginning(&text[at + c.len_utf8()..])))
}

/// The length of the escape whose ESC stands before, if it is one of those that are made: the look of what follows,
/// moves, clearing all, hiding and showing the cursor.
fn own_escape(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('[')?;
    let end = body.find(|c: char| !matches!(c, '0'..='9' | ';' | '?'))?;
    let (parameters, last) = (&body[..end], body[end..].chars().next()?);
    let numbers: Vec<&str> = parameters.split(';').collect();
    let is_number = |text: &&str| (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let fits = match last {
        'm' => parameters.is_empty() || numbers.iter().all(is_number),
        'H' => numbers.len() == 2 && numbers.iter().all(is_number),
        'G' => numbers.len() == 1 && numbers.iter().all(is_number),
        'J' => parameters == "2",
        'h' | 'l' => parameters == "?25",
        _ => false,
    };
    fits.then_some(1 + end + 1)
}

/// Written down here once more, so that a gap in the program's own list is noticed.
fn is_unseen(c: char) -> bool {
    let code = u32::from(c);
    let control = code < 0x20 || (0x7f..0xa0).contains(&code);
    let direction = matches!(code, 0x61c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069);
    let unseen = matches!(code, 0xad | 0x180e | 0x200b..=0x200d | 0x2060..=0x2064 | 0xfeff | 0xfff9..=0xfffb);
    control || direction || unseen || matches!(code, 0x2028 | 0x2029 | 0xe0000..=0xe007f)
}

fn beginning(text: &str) -> String {
    text.chars().take(30).collect()
}

#[test]
fn the_checker_knows_right_from_wrong() {
    for good in
        ["", "甲 “乙”", "\u{1b}[m\u{1b}[0;1;38;5;12m甲\u{1b}[12;3H\u{1b}[4G\u{1b}[2J\u{1b}[?25l\u{1b}[?25h"]
    {
        assert_eq!(complaint(good.as_bytes()), None, "{good:?}");
    }
    let bad = [
        "\n",
        "\r",
        "\t",
        "\0",
        "\u{7f}",
        "\u{9b}2J",
        "\u{1b}",
        "\u{1b}[",
        "\u{1b}]52;c;x\u{7}",
        "\u{1b}c",
        "\u{1b}[3J",
        "\u{1b}[5n",
        "\u{1b}[?1049h",
        "\u{1b}[1;2;3H",
        "\u{1b}[;m",
        "\u{1b}[\u{1b}[m",
        "\u{1b}P",
        "\u{202e}",
        "甲\u{200b}",
        "\u{2028}",
        "\u{feff}",
    ];
    for bad in bad {
        assert!(complaint(bad.as_bytes()).is_some(), "{bad:?}");
    }
    assert!(complaint(b"\xff").is_some());
    assert_eq!(complaint_about_lines("甲\n乙\n"), None);
    assert!(complaint_about_lines("\u{1b}[m").is_some() && complaint_about_lines("\r\n").is_some());
}
