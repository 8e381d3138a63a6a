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

fn cell(runs: &str) -> String {
    format!("<w:tc><w:p>{runs}</w:p></w:tc>")
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
    assert_eq!(
        lost(&document),
        ["已删除的行“公开 99”", "移到别处的行（原处的一份）“公开 99”", "移到别处的行（原处的一份）“公开 99”"]
    );
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
fn a_raised_digit_behind_a_figure_is_the_mark_of_a_note() {
    let up = "<w:vertAlign w:val=\"superscript\"/>";
    let styles = "<w:top><w:style w:type=\"character\" w:styleId=\"N\"><w:rPr><w:vertAlign w:val=\"superscript\"/>\
                  </w:rPr></w:style></w:top>";
    let row = [
        cell(&(run("", "82") + &run(up, "1"))),
        cell(&(run("", "18") + &run("<w:rStyle w:val=\"N\"/>", "②"))),
        cell(&(run("", "每m") + &run(up, "2"))),
        cell(&(run("", "8") + &run("", "2"))),
        cell(&run(up, "7")),
    ];
    let body = tbl(&tr(&row.concat())) + "<w:p>" + &run("", "10") + &run(up, "2") + "</w:p>";
    let document = read(&packed(&body, &[("styles", styles)]), &Limits::default()).unwrap();
    assert_eq!(words(&document), ["82[1]|18[2]|每m2|82|7", "102"]);
}

#[test]
fn what_a_style_hides_or_strikes_out_is_not_read() {
    let style = |kind: &str, id: &str, inner: &str| {
        format!("<w:style w:type=\"{kind}\" w:styleId=\"{id}\">{inner}</w:style>")
    };
    let styles = [
        style("character", "H", "<w:rPr><w:vanish/></w:rPr>"),
        style("character", "H2", "<w:basedOn w:val=\"H\"/>"),
        style("character", "S", "<w:rPr><w:strike/></w:rPr>"),
        style("paragraph", "P", "<w:rPr><w:vanish/></w:rPr>"),
    ];
    let styles = format!("<w:top>{}</w:top>", styles.concat());
    let named = |id: &str, more: &str, text: &str| run(&format!("<w:rStyle w:val=\"{id}\"/>{more}"), text);
    let body = tbl(&tr(&[
        cell(&(named("H2", "", "9") + &run("", "82"))),
        cell(&(named("H", "<w:vanish w:val=\"0\"/>", "7") + &named("S", "", "5"))),
        cell(&format!(
            "<w:pPr><w:pStyle w:val=\"P\"/></w:pPr>{}<w:r><w:t>4</w:t></w:r>{}",
            run("", "6"),
            named("H", "", "3")
        )),
    ]
    .concat()));
    let document = read(&packed(&body, &[("styles", &styles)]), &Limits::default()).unwrap();
    assert_eq!(words(&document), ["82|7|3"]);
    assert_eq!(lost(&document), ["隐藏的文字“9”", "已划去的文字“5”", "隐藏的文字“64”"]);
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

#[test]
fn headers_are_said_unless_they_count_pages_or_repeat_the_text() {
    let top = |inner: &str| format!("<w:top>{inner}</w:top>");
    let read_with = |header: &str, footer: &str| {
        let body = p("某县年报") + &p("本年收到3件。");
        let file = packed(&body, &[("header", &top(header)), ("footer", &top(footer))]);
        read(&file, &Limits::default()).unwrap()
    };
    let field = "<w:p><w:r><w:t>— </w:t><w:instrText>PAGE</w:instrText><w:t>1</w:t><w:t> —</w:t></w:r></w:p>";
    assert!(read_with(&p("某县 年报"), field).lost.is_empty());
    assert!(read_with("", &p("第1页 共十二页")).lost.is_empty());
    let document = read_with(&p("采购金额含上年结转12万元"), &p("采购金额含上年结转12万元"));
    assert_eq!(lost(&document), ["页眉“采购金额含上年结转12万元”"]);
    assert_eq!(words(&document), ["某县年报", "本年收到3件。"]);
}

fn mark(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>")
}

fn instruction(text: &str) -> String {
    format!("<w:r><w:instrText>{text}</w:instrText></w:r>")
}

#[test]
fn fields_without_a_result_are_said() {
    let field = |text: &str| mark("begin") + &instruction(text) + &mark("end");
    let body = [
        format!("<w:p>{}{}</w:p>", field(" SYMBOL 8805 \\u "), field(" XE \"索引\" ")),
        tbl(&tr(&(cell(&(mark("begin") + &run("", "82"))) + &cell(&run("", "0"))))),
        format!("<w:p>{}{}{}</w:p>", mark("begin") + &run("", "8"), mark("end"), run("", "后")),
    ];
    let document = taken(&body.concat());
    assert_eq!(words(&document), ["|0", "后"]);
    assert_eq!(
        lost(&document),
        ["没有结果的域“SYMBOL 8805 \\u”", "没有结果的域里的文字“82”", "没有结果的域里的文字“8”"]
    );
    let nested = format!(
        "<w:p>{}{}{}{}{}{}{}{}</w:p>",
        mark("begin"),
        instruction("IF "),
        mark("begin"),
        mark("separate"),
        run("", "3"),
        mark("end"),
        mark("separate") + &run("", "是"),
        mark("end")
    );
    let document = taken(&nested);
    assert_eq!(words(&document), ["是"]);
    assert!(document.lost.is_empty(), "{:?}", document.lost);
}

#[test]
fn fractions_and_powers_do_not_become_one_number() {
    let t = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let f = |num: &str, den: &str| format!("<m:f><m:num>{num}</m:num><m:den>{den}</m:den></m:f>");
    let power = format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", t("10"), t("4"));
    let body = format!(
        "<w:p>{}<m:oMath>{}{power}{}</m:oMath></w:p>",
        run("", "约3"),
        f(&t("1"), &t("2")),
        f(&t("a+b"), &f(&t("1"), &t("4")))
    );
    assert_eq!(words(&taken(&body)), ["约3 1/2 10^4 （a+b）/（1/4）"]);
}
