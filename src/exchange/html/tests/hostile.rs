//! Pages that are made to hurt.

use super::*;
use crate::exchange::ImportError;

/// Tight enough that the tests are quick.
fn limits() -> Limits {
    Limits { cells: 2_000, blocks: 1_000, text: 1 << 20, ..Limits::default() }
}

fn refused(page: &str) -> String {
    match read(page.as_bytes(), &limits()) {
        Err(error @ ImportError::TooMuch { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

/// The same text many times, with its number for each `#`.
fn numbered(times: usize, text: &str) -> String {
    (0..times).map(|n| text.replace('#', &n.to_string())).collect()
}

#[test]
fn a_huge_file_is_refused_unread() {
    let error = read(&vec![b'<'; 33 << 20], &Limits::default()).unwrap_err().to_string();
    assert!(error.starts_with("文件长度超过上限（32MB）"), "{error}");
}

#[test]
fn depth_is_bounded() {
    for tag in ["<div>", "<b>", "<table><tr><td>", "<span style='a'>", "<svg>", "<q><template>"] {
        assert!(refused(&tag.repeat(100_000)).starts_with("嵌套层数超过上限（256层）"), "{tag}");
    }
    // Each paragraph takes over all the bold of those before.
    let inherited = numbered(30_000, "<p><b id=# style=x#>");
    assert!(refused(&inherited).starts_with("嵌套层数"));
    assert_eq!(paragraphs(&read_text(&"<div>甲</div>".repeat(3000))).len(), 3000);
    assert_eq!(paragraphs(&read_text(&format!("{}甲", "<div>".repeat(200)))), ["甲"]);
}

#[test]
fn tables_are_bounded() {
    assert!(refused(&format!("<table>{}", "<tr><td>1".repeat(2_100))).starts_with("表格的格数"));
    assert!(refused(&format!("<table><tr>{}", "<td>1".repeat(600))).starts_with("表格的列数"));
    // Few cells, many positions.
    let tall = format!("<table>{}<tr>{}", "<tr><td>1<td>2".repeat(500), "<td>1".repeat(500));
    assert!(refused(&tall).starts_with("表格的格数"));
    let many = "<table><tr><td rowspan=65534 colspan=99>1<td>2<tr><td>3</table>".repeat(50);
    assert!(refused(&many).starts_with("表格的格数"));
    let wide = "<table><tr><td colspan=1000000000 rowspan=1000000000>甲<td>乙</table>";
    let document = read_text(wide);
    assert_eq!(tables(&document)[0].columns(), 3);
}

#[test]
fn attributes_blocks_and_text_are_bounded() {
    let attributes = numbered(200_000, " a#=1");
    assert!(refused(&format!("<p{attributes}>")).starts_with("一个网页标签中的属性"));
    let bare = numbered(200_000, "/a#\"");
    assert!(refused(&format!("<p{bare}")).starts_with("一个网页标签中的属性"));
    assert!(refused(&"<p>甲".repeat(1_001)).starts_with("段落和表格的数量"));
    assert!(refused(&"甲乙丙丁".repeat(100_000)).starts_with("文字超过上限（1MB）"));
    assert!(refused(&"<i></i>".repeat(1_000_001)).starts_with("网页元素的数量"));
}

#[test]
fn entities_and_controls_are_characters_like_others() {
    let document = read_text(&format!("<p>{}</p>", "&amp;&#x200B;&#0;&lt".repeat(20_000)));
    assert_eq!(paragraphs(&document)[0].matches("&\u{200b}\u{fffd}<").count(), 20_000);
    let document = read_text("<p>甲\0乙\u{1}</p><table><tr><td>\0</table>");
    assert_eq!(paragraphs(&document)[0].replace('\0', ""), "甲乙\u{1}");
}

#[test]
fn pictures_written_out_in_a_page_cost_nothing() {
    let page = format!("<p>甲<img src='data:image/png;base64,{}'>乙</p>", "ab/+".repeat(1 << 18));
    let document = read_text(&page);
    assert_eq!(paragraphs(&document), ["甲乙"]);
    assert_eq!(document.lost.len(), 1);
    let many = read_text(&"<img>".repeat(500));
    assert_eq!(many.lost.len(), 101);
    assert_eq!(many.lost[100].what, "另有400处图片、隐藏或划去的内容");
}

#[test]
fn a_page_cut_off_anywhere_is_read() {
    let page = write(&report("2021", &Purpose::Draft { mandatory: 1 })).unwrap();
    let mut largest = 0;
    for end in (0..page.len()).step_by(997) {
        let document = read(&page[..end], &Limits::default()).unwrap();
        largest = largest.max(document.blocks.len());
    }
    assert!(largest > 10);
}

proptest! {
    #[test]
    fn bytes_never_break_it(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let read = read(&bytes, &Limits::default());
        prop_assert!(read.is_ok());
    }

    #[test]
    fn tags_in_any_order_never_break_it(
        tags in prop::collection::vec(prop::sample::select(vec![
            "<table>", "</table>", "<tr>", "<td rowspan=0>", "<td colspan=3>", "</td>", "<caption>", "<p>", "</p>", "<b>",
            "</b>", "<template>", "</template>", "<select>", "<option selected>", "<svg>", "<math>", "<h1>", "<br>", "甲",
            "<frameset>", "<form>", "<input>", "<tbody>", "</tr>", "<a>", "<div>", "</div>", "<plaintext>", "<!--", "-->",
            "<script>", "</script>", "<s>", "<pre>", "<col>", "<html hidden>", "<body style='display:none'>", "&", "<",
        ]), 0..40),
    ) {
        let page = tags.concat();
        prop_assert!(read(page.as_bytes(), &Limits::default()).is_ok(), "{}", page);
    }
}
