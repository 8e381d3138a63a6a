//! What Word does not show must not become a part of a figure, and what is not read must be said.

use super::*;

fn tr(inner: &str) -> String {
    format!("<w:tr>{inner}</w:tr>")
}

fn tbl(inner: &str) -> String {
    format!("<w:tbl>{inner}</w:tbl>")
}

fn run(format: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{format}</w:rPr><w:t>{text}</w:t></w:r>")
}

#[test]
fn hidden_and_deleted_rows_are_said_with_their_words() {
    let cells = tc("", "公开") + &tc("", "99");
    let shown = tr(&(tc("", "公开") + &tc("", "82")));
    let hidden = tr(&format!("<w:trPr><w:hidden/></w:trPr>{cells}"));
    let off = tr(&format!("<w:trPr><w:hidden w:val=\"0\"/></w:trPr>{cells}"));
    let document = taken(&tbl(&(hidden + &shown)));
    assert_eq!(words(&document), ["公开|82"]);
    assert_eq!(lost(&document), ["隐藏的行“公开 99”"]);
    assert_eq!(words(&taken(&tbl(&(off + &shown)))), ["公开|99 / 公开|82"]);
    let moved = tr(&format!("<w:trPr><w:moveFrom/></w:trPr>{cells}"));
    let wrapped = format!("<w:del>{}</w:del><w:moveFrom>{}</w:moveFrom>", tr(&cells), tr(&cells));
    let document = taken(&tbl(&(wrapped + &moved + &shown)));
    assert_eq!(words(&document), ["公开|82"]);
    assert_eq!(lost(&document), ["已删除的行“公开 99”", "移走的行“公开 99”", "移走的行“公开 99”"]);
}

#[test]
fn cells_in_wrappers_keep_their_columns() {
    for wrapper in ["ins", "moveTo", "smartTag", "customXml"] {
        let row = tr(&format!("{}<w:{wrapper}>{}</w:{wrapper}>{}", tc("", "甲"), tc("", "82"), tc("", "0")));
        let document = taken(&tbl(&format!("<w:{wrapper}>{row}</w:{wrapper}>")));
        assert_eq!(words(&document), ["甲|82|0"], "{wrapper}");
        assert!(document.lost.is_empty());
    }
    let row = tr(&format!("{}<w:odd>{}</w:odd>{}", tc("", "甲"), tc("", "82"), tc("", "0")));
    let document =
        taken(&format!("{}<w:odd>{}</w:odd><w:p><w:odd>{}</w:odd></w:p>", tbl(&row), p("段"), run("", "句")));
    assert_eq!(words(&document), ["甲|0"]);
    let unknown = ["82", "段", "句"].map(|words| format!("认不出的标记里的文字“{words}”"));
    assert_eq!(lost(&document), unknown);
    assert_eq!(document.lost[0].at, At::Cell { table: 1, row: 1, column: 2 });
}

#[test]
fn deleted_cells_take_no_column() {
    let gone = tc("<w:cellDel w:id=\"1\"/>", "99");
    let wrapped = format!("<w:del>{}</w:del>", tc("", "98"));
    let document = taken(&tbl(&tr(&(tc("", "甲") + &gone + &wrapped + &tc("", "82")))));
    assert_eq!(words(&document), ["甲|82"]);
    assert_eq!(lost(&document), ["已删除的单元格“99”", "已删除的单元格“98”"]);
}

#[test]
fn of_alternatives_the_first_is_taken_that_is_understood() {
    let choice = |needs: &str, inner: &str, fallback: &str| {
        format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"{needs}\">{inner}</mc:Choice>{fallback}\
             </mc:AlternateContent></w:r></w:p>"
        )
    };
    let fallback = "<mc:Fallback><w:t>①</w:t></mc:Fallback>";
    let document = taken(
        &[
            choice("w16se", "<w:symEx/>", fallback),
            choice("wps w14", "<w:t>新</w:t>", fallback),
            choice("zzz", "<w:t>异</w:t>", ""),
        ]
        .concat(),
    );
    assert_eq!(words(&document), ["①", "新"]);
    assert_eq!(lost(&document), ["认不出的标记里的文字“异”"]);
    assert_eq!(document.lost[0].at, At::Paragraph(3));
}
