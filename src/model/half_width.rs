//! Letters, digits and marks as input methods give them in full width.

/// The character in half width: `Ａ` as `A`, `１` as `1`, `，` as `,`, the full-width blank as a blank. Others stay.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::half_width;

    #[test]
    fn full_width_becomes_half_and_the_rest_stays() {
        let half: String = "Ａｚ０９！～　，（甲a。".chars().map(half_width).collect();
        assert_eq!(half, "Az09!~ ,(甲a。");
    }
}
