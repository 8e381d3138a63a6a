//! Raised marks of notes behind figures, which would otherwise become a digit of them.

/// Longer texts are no figures.
const LONGEST: usize = 100;

/// What a raised text shows as behind what a cell holds so far: behind a figure a digit or circled number is the mark
/// of a note and stands in brackets. None if it can not be mistaken, such as the 2 of m² in prose.
pub(super) fn note(before: &str, text: &str) -> Option<String> {
    if before.len() > LONGEST {
        return None;
    }
    let before = before.trim();
    let is_figure = !before.ends_with('[')
        && before.starts_with(|c: char| c.is_ascii_digit() || "０１２３４５６７８９-—－+".contains(c))
        && before.chars().all(|c| is_digit(c) || " ,，.．-—－+\u{a0}%％[]①②③④⑤⑥⑦⑧⑨".contains(c));
    let mark = text.trim();
    let is_mark = !mark.is_empty() && mark.chars().all(|c| is_digit(c) || ('①'..='⑳').contains(&c));
    (is_figure && is_mark).then(|| {
        let plain = |c: char| match c {
            '①'..='⑳' => (u32::from(c) - u32::from('①') + 1).to_string(),
            c => c.to_string(),
        };
        format!("[{}]", mark.chars().map(plain).collect::<String>())
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_behind_figures_are_put_in_brackets() {
        assert_eq!(note("82", "1").as_deref(), Some("[1]"));
        assert_eq!(note("1,282 ", "①").as_deref(), Some("[1]"));
        assert_eq!(note("82[1]", "⑫").as_deref(), Some("[12]"));
        assert_eq!(note("—", "2").as_deref(), Some("[2]"));
        for (before, text) in
            [("", "1"), ("面积100m", "2"), ("82", "件"), ("82", ""), ("注", "①"), ("[", "1")]
        {
            assert_eq!(note(before, text), None, "{before} {text}");
        }
    }
}
