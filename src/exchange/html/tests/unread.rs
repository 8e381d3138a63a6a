//! What a browser does not show must not become a part of a figure, and what it shows must be read.

use super::*;

/// A table with one cell of this content beside its label, in a page with a style sheet.
fn figure(sheet: &str, cell: &str) -> (String, Vec<String>) {
    let document =
        read_text(&format!("<style>{sheet}</style><table><tr><td>公开<td>{cell}<tr><td>不予<td>0</table>"));
    let lost = document.lost.iter().map(|lost| lost.what.clone()).collect();
    (tables(&document)[0].cell(0, 1).unwrap().text.clone(), lost)
}

#[test]
fn what_styles_hide_is_not_read() {
    for style in
        ["visibility:collapse", "mso-hide:all", "font-size:0", "font-size: 0.0pt", "color:red; Display:None"]
    {
        let (text, lost) = figure("", &format!("<span style='{style}'>9</span>82"));
        assert_eq!((text.as_str(), lost.concat().as_str()), ("82", "隐藏的文字“9”"), "{style}");
    }
    assert_eq!(figure("", "<div style='font-size:0'><span style='font-size:14px'>82</span></div>").0, "82");
    assert_eq!(figure("", "<span style='font-size:0.5em'>82</span>").0, "82");
    let around = |inner: String| format!("<div style='font-size:0'>{inner}</div>");
    let deep = (0..200).fold("<b></b>".repeat(50_000) + "文", |inner, _| around(inner));
    assert_eq!(paragraphs(&read_text(&deep)), ["文"]);
    assert_eq!(figure("", "<span aria-hidden=true>82</span>"), ("82".to_owned(), vec![]));
}

#[test]
fn what_a_class_hides_is_not_read() {
    let cell = "<span class='b hid'>9</span>82";
    for sheet in [
        ".hid{display:none}",
        "<!-- p{} .x , span.hid { color: red; display : none !important } -->",
        "/* .hid{display:block} */ @charset 'x'; .hid{visibility:hidden}",
        ".hid{display:block} .hid{display:none}",
        ".b{display:block} span.hid{display:none}",
    ] {
        assert_eq!(figure(sheet, cell), ("82".to_owned(), vec!["隐藏的文字“9”".to_owned()]), "{sheet}");
    }
    for sheet in [
        "@media print{.hid{display:none}} .x{}",
        ".menu .hid{display:none}",
        ".hid:empty{display:none}",
        "p.hid{display:none}",
        ".hid{display:none} .b.hid{display:inline}",
        ".hid{display:none} .hid{display:inline}",
        ".hid{display:none} td .b{display:inline}",
        ".hid{display:none",
        ".hid{color:none}",
    ] {
        let shown = if sheet == ".hid{display:none" { "82" } else { "982" };
        assert_eq!(figure(sheet, cell).0, shown, "{sheet}");
    }
    assert_eq!(figure(".hid{display:none}", "<b class=hid style='display:inline'>82</b>").0, "82");
    let page = read_text("<style media=print>.a{display:none}</style><p class=a>文</p>");
    assert_eq!(paragraphs(&page), ["文"]);
}

#[test]
fn style_sheets_without_end_take_no_time() {
    let sheet = ".a.b,".repeat(50_000)
        + "{display:none}"
        + &"@x{{".repeat(20_000)
        + &".c{display:none}".repeat(50_000);
    let page = format!("<style>{sheet}</style>{}", "<p class='a b c'>文".repeat(20_000));
    assert!(read(page.as_bytes(), &Limits::default()).unwrap().blocks.len() < 20_000);
}

#[test]
fn a_raised_digit_behind_a_figure_is_the_mark_of_a_note() {
    assert_eq!(figure("", "82<sup>1</sup>").0, "82[1]");
    assert_eq!(figure("", "82<sup><a href=#n>①</a></sup><sup>2</sup>").0, "82[1][2]");
    assert_eq!(figure("", "<p>82<span style='vertical-align: super'>3</span></p>").0, "82[3]");
    assert_eq!(figure("", "100m<sup>2</sup>").0, "100m2");
    assert_eq!(figure("", "<sup>8</sup>2").0, "82");
    assert_eq!(paragraphs(&read_text("<p>10<sup>2</sup>米</p>")), ["102米"]);
}

#[test]
fn a_list_without_a_choice_shows_its_first_option() {
    assert_eq!(figure("", "<select><option>82<option>9</select>件").0, "82件");
    assert_eq!(figure("", "<select><option disabled>选<option>82</select>").0, "82");
    assert_eq!(figure("", "<select><option>9<option selected>82</select>").0, "82");
    assert_eq!(figure("", "<select multiple><option>9</select>").0, "");
    let page = read_text("<p>链接</p><select><option>各部门网站</select>");
    assert_eq!(paragraphs(&page), ["链接"]);
}

#[test]
fn heads_and_feet_stand_where_a_browser_puts_them() {
    let document = read_text(
        "<table><tfoot><tr><td>总计<td>3</tfoot><tr><td>甲<td>1<tbody><tr><td>乙<td>2</tbody>\
         <thead><tr><td>名<td>数</thead><tfoot><tr><td>丙<td>4</tfoot></table>",
    );
    assert_eq!(rows(tables(&document)[0]), ["名|数", "甲|1", "乙|2", "丙|4", "总计|3"]);
    assert_eq!(tables(&document)[0].cell(4, 1).unwrap().at, At::Cell { table: 1, row: 5, column: 2 });
}

#[test]
fn how_a_word_is_pronounced_is_said_and_not_read() {
    let page = read_text("<p><ruby>沂<rp>(</rp><rt>yi</rt><rp>)</rp></ruby>源县</p>");
    assert_eq!(paragraphs(&page), ["沂源县"]);
    assert_eq!(page.lost[0].what, "注音“yi”");
}
