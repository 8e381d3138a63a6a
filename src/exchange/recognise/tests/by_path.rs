//! Tables for programs, which others fill in as well.

use super::*;

fn by_path(rows: &[[&str; 5]]) -> Document {
    let heads = compose::HEADS;
    let rows: Vec<&[&str]> = std::iter::once(&heads[..]).chain(rows.iter().map(|row| &row[..])).collect();
    Document { blocks: vec![table(&rows)], ..Document::default() }
}

#[test]
fn a_path_counts_once() {
    let import = import(&by_path(&[
        ["cover.unit", "", "某县某局", "", ""],
        ["disclosure.regulation.issued", "", "5", "", ""],
        ["disclosure.regulation.issued", "", "7", "", ""],
        ["disclosure.regulation.issued", "", "", "", ""],
        ["cover.unit", "", "另一个局", "", ""],
    ]));
    assert_eq!(shown(&import, cell(&import, "disclosure.regulation.issued")), "5");
    let left = messages(&import, NoteKind::LeftOver);
    assert_eq!(left.matches("在前面已经有一行").count(), 3, "{left}");
    assert!(left.contains("cover.unit 另一个局"), "{left}");
}

#[test]
fn what_can_not_be_read_is_told() {
    let import = import(&by_path(&[
        ["disclosure.regulation.issued", "", "约12", "", ""],
        ["disclosure.regulation.repealed", "", "3-5", "", ""],
        ["requests.received.total", "", "", "3件", ""],
        ["cover.level", "", "设区的市、自治州政府", "", ""],
    ]));
    assert_eq!(shown(&import, cell(&import, "disclosure.regulation.issued")), "约12");
    assert_eq!(shown(&import, cell(&import, "disclosure.regulation.repealed")), "3-5");
    assert_eq!(import.report.fact(import.form.fact("level").unwrap().id), "city");
    let doubts = messages(&import, NoteKind::Doubtful);
    for text in ["“约12”不是", "“3-5”不是", "“3件”不是"] {
        assert!(doubts.contains(text), "{text}: {doubts}");
    }
    let odd = super::import(&by_path(&[["cover.level", "", "街道", "", ""]]));
    assert!(messages(&odd, NoteKind::Doubtful).contains("没有“街道”这一项"));
}
