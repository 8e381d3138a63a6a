//! Files that are made to fill the memory or to take for ever, and files with damaged places.

use super::*;

/// A file of objects as they are written, the catalog first and the pages second. Places of objects that are named
/// twice are given by their numbers.
fn file(objects: &[String], again: &[usize]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    places.extend(again.iter().map(|number| places[number - 1]).collect::<Vec<_>>());
    let start = bytes.len();
    let size = places.len() + 1;
    let entries = each(0..places.len(), |index| format!("{:010} 00000 n \n", places[index]));
    let table = format!("xref\n0 {size}\n0000000000 65535 f \n{entries}");
    bytes.extend(format!("{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").bytes());
    bytes
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<<{dictionary}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// A page with this content and, from the sixth on, these objects. F1 is a font whose codes are the characters.
fn page(content: &str, entries: &str, more: &[String]) -> Vec<String> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R{entries}>>"),
        stream("", content),
        format!("<</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[{DESCENDANT}]>>"),
    ];
    objects.extend_from_slice(more);
    objects
}

const DESCENDANT: &str = "<</Type/Font/Subtype/CIDFontType2/DW 1000>>";
const FONT: &str = "/Resources<</Font<</F1 5 0 R>>>>";

/// A text at a height.
fn at(y: i32, text: &str) -> String {
    let codes = hexadecimal(text.encode_utf16().map(usize::from));
    format!("BT /F1 10 Tf 1 0 0 1 50 {y} Tm <{codes}> Tj ET\n")
}

fn each(numbers: std::ops::Range<usize>, text: impl Fn(usize) -> String) -> String {
    numbers.map(text).collect::<Vec<_>>().concat()
}

fn read_all(objects: &[String]) -> Result<(Vec<String>, Vec<String>), String> {
    let document = read(&file(objects, &[]), &Limits::default()).map_err(|error| error.to_string())?;
    let texts = lines(&document).into_iter().map(|(_, text)| text.trim().to_owned()).collect();
    Ok((texts, document.lost.into_iter().map(|lost| lost.what).collect()))
}

fn refusal(objects: &[String]) -> String {
    read_all(objects).unwrap_err()
}

#[test]
fn what_stands_behind_a_damaged_place_is_read() {
    let content = format!("{}>> ] \n{}", at(700, "一"), at(600, "二"));
    let (texts, lost) = read_all(&page(&content, FONT, &[])).unwrap();
    assert_eq!(texts, ["一", "二"]);
    assert_eq!(lost, ["第1页中损坏的内容（共2处，其后的文字可能不全）"]);
    // Streams that can not be unpacked, that are cut, and that are not there.
    for (other, number) in [
        (stream("/Filter/Other", "x"), 6),
        (stream("/Filter/FlateDecode", "x\u{1}\u{2}"), 6),
        (stream("", "% nothing"), 7),
    ] {
        let mut objects = page(&at(700, "一"), FONT, &[other]);
        objects[2] = objects[2].replace("4 0 R", &format!("[4 0 R {number} 0 R]"));
        let (texts, lost) = read_all(&objects).unwrap();
        assert_eq!((texts.len(), lost.len()), (1, 1), "{number}");
        assert!(lost[0].starts_with("第1页中损坏的内容（共1处"), "{lost:?}");
    }
}

#[test]
fn a_text_without_a_font_is_unknown() {
    let known = at(700, &"一".repeat(50)) + &at(680, &"一".repeat(50));
    let content = format!("{known}{}", at(600, "二").replace("F1", "F9"));
    let (texts, lost) = read_all(&page(&content, FONT, &[])).unwrap();
    assert_eq!(texts[2], "\u{fffd}\u{fffd}");
    assert!(lost[0].starts_with("认不出的字"), "{lost:?}");
    let without = page(&at(700, "一"), "/Resources<<>>", &[]);
    assert!(refusal(&without).starts_with("是没有写明文字编码的 PDF，读不了。"));
}

#[test]
fn fields_and_remarks_are_read_as_they_are_printed() {
    let look = stream(
        "/Subtype/Form/BBox[0 0 300 20]/Matrix[1 0 0 1 5 5]/Resources<</Font<</F1 5 0 R>>>>",
        &at(2, "填"),
    );
    let remarks = [
        "<</Subtype/Widget/V(x)/Rect[50 620 350 640]/F 4/AP<</N 6 0 R>>>>",
        "<</Subtype/FreeText/Contents(x)/Rect[50 580 350 600]/AP<</N<</On 6 0 R/Off 9 0 R>>>>/AS/On>>",
        // None of these is seen.
        "<</Subtype/FreeText/Contents(x)/Rect[50 580 350 600]>>",
        "<</Subtype/Widget/Parent<</V(x)>>/F 2/Rect[50 480 350 500]/AP<</N 6 0 R>>>>",
        "<</Subtype/Text/Contents<feff4e00>/Rect[50 480 350 500]>>",
        // These say nothing.
        "<</Subtype/Widget/V()/Rect[50 480 350 500]>>",
        "<</Subtype/Popup/Contents(x)/Rect[50 480 350 500]>>",
    ];
    let entries = format!("{FONT}/Annots[{}]", remarks.concat());
    let content = at(630, "一");
    let (texts, lost) = read_all(&page(&content, &entries, &[look])).unwrap();
    // The box of the look, moved by its matrix, lies on that of the remark.
    assert_eq!(texts, ["一", "填", "填"]);
    assert_eq!(lost, ["批注或表单中没有印在页面上的文字（共3个）"]);
}

#[test]
fn a_mark_behind_a_figure_is_no_figure() {
    let mark = "BT /F1 7 Tf 1 0 0 1 70.2 703.3 Tm <0031> Tj ET";
    let (texts, _) = read_all(&page(&format!("{}{mark}", at(700, "８２")), FONT, &[])).unwrap();
    assert_eq!(texts, ["８２[1]"]);
}

#[test]
fn a_map_may_be_a_name() {
    let font = format!(
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode/Identity-H/DescendantFonts[{DESCENDANT}]>>"
    );
    let mut objects = page(&at(700, "一"), FONT, &[]);
    objects[4] = font;
    assert_eq!(read_all(&objects).unwrap().0, ["一"]);
}

#[test]
fn widths_that_overlap_cost_nothing() {
    let wide = "0 65535 1 ".repeat(20_000);
    let descendant = format!("<</Type/Font/Subtype/CIDFontType2/DW 1000/W[{wide} 0 65535 1000]>>");
    let mut objects = page(&at(700, "一二"), FONT, &[]);
    objects[4] = format!(
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode/Identity-H/DescendantFonts[{descendant}]>>"
    );
    assert_eq!(read_all(&objects).unwrap().0, ["一二"]);
}

#[test]
fn fonts_share_their_map_and_are_counted() {
    let entries = each(0..20_000, |code| format!("<{code:04X}><4E00>"));
    let map = stream("", &format!("1 beginbfchar {entries} endbfchar"));
    let font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[]>>";
    let fonts = |count: usize| -> (String, String) {
        let names = each(0..count, |font| format!("/G{font} {} 0 R", font + 7));
        let used = each(0..count, |font| format!("/G{font} 1 Tf "));
        (format!("/Resources<</Font<</F1 5 0 R{names}>>>>"), used)
    };
    let objects = |count: usize| {
        let (entries, used) = fonts(count);
        let mut more = vec![map.clone()];
        more.extend(vec![font.to_owned(); count]);
        page(&format!("{used}{}", at(700, "一")), &entries, &more)
    };
    assert_eq!(read_all(&objects(500)).unwrap().0, ["一"], "a map each would have been a hundred megabytes");
    assert!(refusal(&objects(9000)).starts_with("各页解开后的内容超过上限（32MB）"));
    // A map that can not be read by us is not read by the parser either, which would write it out.
    let wide = "1 beginbfrange <00000000> <00FFFFFF> <0041> endbfrange\n".repeat(50);
    let simple = "<</Type/Font/Subtype/TrueType/Encoding/Identity-H/ToUnicode 6 0 R>>".to_owned();
    let mut more = page(&at(700, "一"), FONT, &[stream("/Filter/Other", &wide)]);
    more[4] = simple;
    assert!(refusal(&more).starts_with("是没有写明文字编码的"));
}

#[test]
fn a_sign_stands_for_a_few_characters() {
    let map = stream("", &format!("1 beginbfchar <4e00> <{}> endbfchar", "4e00".repeat(100_000)));
    let mut objects = page(&at(700, &"一".repeat(1000)), FONT, &[map]);
    objects[4] = format!(
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[{DESCENDANT}]>>"
    );
    assert!(refusal(&objects).starts_with("是没有写明文字编码的"), "not a hundred million characters");
}

#[test]
fn a_page_without_end_is_refused() {
    let signs = format!("BT /F1 10 Tf {} ET", "1 0 0 1 50 50 Tm <4e004e014e024e034e04> Tj ".repeat(45_000));
    assert!(refusal(&page(&signs, FONT, &[])).starts_with("一页上的字超过上限（20万个）"));
    // Operands that no word has are not kept.
    let many = format!("BT /F1 10 Tf [{}] TJ ET {}", "1 ".repeat(300_000), at(700, "一"));
    let (texts, lost) = read_all(&page(&many, FONT, &[])).unwrap();
    assert_eq!((texts.len(), lost.len()), (1, 1));
}

#[test]
fn signs_outside_of_all_measure_are_not_printed() {
    let zeros = "0".repeat(400);
    let content = format!(
        "{}BT /F1 1{zeros} Tf 1 0 0 1 50 50 Tm <4e00> Tj /F1 10 Tf 1{zeros} 0 0 1 50 50 Tm <4e00> Tj \
         1 0 0 1 1{} 50 Tm <4e00> Tj 1 0 0 1 50 -100 Tm <4e00> Tj 1 0 0 1 50 1{zeros} Tm <4e00> Tj ET",
        at(700, "一"),
        "0".repeat(300),
    );
    let (texts, lost) = read_all(&page(&content, FONT, &[])).unwrap();
    assert_eq!((texts, lost), (vec!["一".to_owned()], vec!["印出来看不见的字（共5个）".to_owned()]));
}

#[test]
fn pages_that_lead_back_and_pages_without_end() {
    let mut objects = page(&at(700, "一"), FONT, &[]);
    objects[1] = "<</Type/Pages/Kids[3 0 R 2 0 R 2 0 R 3 0 R]/Count 1>>".to_owned();
    let (texts, _) = read_all(&objects).unwrap();
    assert!((1..=objects.len()).contains(&texts.len()));
    objects[1] = format!("<</Type/Pages/Kids[{}]/Count 1>>", "3 0 R ".repeat(4000));
    objects.extend(vec!["1".to_owned(); 4000]);
    assert!(refusal(&objects).starts_with("页数超过上限（2000页）"));
}

#[test]
fn streams_of_objects_can_not_multiply_what_they_hold() {
    let holding = |list: &str, members: &str| {
        let entries = format!("/Type/ObjStm/N 1/First {}", list.len());
        page(&at(700, "一"), FONT, &[stream(&entries, &format!("{list}{members}"))])
    };
    // Two thousand times the same list of ten thousand numbers.
    let list = each(100..2100, |id| format!("{id} 0 "));
    let numbers = format!("[{}]", "1 ".repeat(10_000));
    assert_eq!(read_all(&holding(&list, &numbers)).unwrap().0, ["一"]);
    let many = format!("[{}]", "1 ".repeat(900_000));
    let objects = holding("7 0 ", &many);
    let entries = vec![objects[5].clone(); 4];
    assert!(refusal(&page(&at(700, "一"), FONT, &entries)).starts_with("部件的个数超过上限（300万个）"));
    let large = holding("7 0 ", &" ".repeat(3 << 20));
    assert!(refusal(&large).starts_with("一个部件解开后的内容超过上限（2MB）"));
    let within = holding("8 0 ", "<</Type/ObjStm/N 1/First 4/Length 10>>stream\n1 0 [1 2 3]\nendstream");
    assert_eq!(read_all(&within).unwrap().0, ["一"], "a stream in a stream is none");
}

#[test]
fn an_object_that_is_named_often_counts_each_time() {
    let objects = page(&at(700, "一"), FONT, &[format!("[{}]", "1 ".repeat(100_000))]);
    let refused = read(&file(&objects, &[6; 100]), &Limits::default()).unwrap_err().to_string();
    assert!(refused.starts_with("部件的个数超过上限"), "{refused}");
    let plain = page(&at(700, "一"), FONT, &[format!("[{}]", "1 ".repeat(5 << 20))]);
    assert!(refusal(&plain).starts_with("没有压缩的内容超过上限（8MB）"));
}

#[test]
fn tables_of_objects_that_lead_back() {
    let bytes = file(&page(&at(700, "一"), FONT, &[]), &[]);
    let start = bytes.windows(5).rposition(|window| window == b"xref\n").unwrap();
    for previous in [start, 9, 0, bytes.len() * 2] {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let text = text.replace("/Root", &format!("/Prev {previous}/XRefStm {start}/Root"));
        assert_eq!(read(text.as_bytes(), &Limits::default()).unwrap().blocks.len(), 1, "{previous}");
    }
}

#[test]
fn predictors_do_no_harm() {
    let mut pdf = Pdf::load_mem(&table().make()).unwrap();
    let page = pdf.page_iter().next().unwrap();
    for (columns, colours) in [(i64::MAX, 3), (1 << 40, 1), (30_000_000, 1), (1, 1 << 31)] {
        let settings = dictionary! { "Predictor" => 12, "Columns" => columns, "Colors" => colours };
        let mut stream = Stream::new(lopdf::Dictionary::new(), vec![2; 1000]);
        stream.compress().unwrap();
        stream.dict.set("DecodeParms", settings);
        let content = pdf.add_object(stream);
        pdf.get_dictionary_mut(page).unwrap().set("Contents", vec![content.into(); 3]);
        let mut bytes = Vec::new();
        pdf.save_to(&mut bytes).unwrap();
        match read(&bytes, &Limits::default()) {
            Ok(document) => assert!(document.lost[0].what.contains("损坏"), "{:?}", document.lost),
            Err(refused) => assert!(refused.to_string().starts_with("各页解开后的内容超过上限"), "{refused}"),
        }
    }
}
