//! The manual can be shown inside the program: headings, paragraphs and lists, and nothing else.

const MANUAL: &str = include_str!("../../assets/manual.zh.md");

#[test]
fn the_manual_has_headings_paragraphs_and_lists_only() {
    for (number, line) in MANUAL.lines().enumerate() {
        let number = number + 1;
        let marked = line.starts_with("# ") || line.starts_with("## ") || line.starts_with("- ");
        let plain = !line.starts_with(['#', '-', '*', '|', '>', ' ', '`', '\t']);
        assert!(marked || plain, "line {number}: {line}");
        assert!(!line.contains("](") && !line.contains('`') && !line.contains('|'), "line {number}: {line}");
        assert!(!line.contains("**"), "line {number}: {line}");
    }
}

#[test]
fn lines_of_the_manual_are_short_and_end_as_sentences() {
    for (number, line) in MANUAL.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let heading = line.starts_with('#');
        assert!(heading || line.ends_with('。'), "line {}: {line}", number + 1);
        assert!(line.chars().count() <= 56, "line {}: {line}", number + 1);
    }
}
