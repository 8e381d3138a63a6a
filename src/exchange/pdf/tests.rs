use std::fmt::Write as _;
use std::path::Path;

use lopdf::{Document as Pdf, Object, Stream, dictionary};
use proptest::prelude::*;

use super::*;

mod hostile;

/// A text at a place of a page.
struct Print(f64, f64, &'static str);

/// A PDF as WPS makes them: composite fonts of which only a map tells what the glyphs are.
struct Maker {
    pages: Vec<String>,
    map: String,
    compress: bool,
    turn: i64,
}

impl Maker {
    fn new(pages: &[&[Print]]) -> Self {
        let mut known: Vec<char> = Vec::new();
        let mut code = |c: char| {
            let index = known.iter().position(|other| *other == c).unwrap_or_else(|| {
                known.push(c);
                known.len() - 1
            });
            index + 1
        };
        let pages = pages
            .iter()
            .map(|prints| {
                prints.iter().fold(String::new(), |mut content, Print(x, y, text)| {
                    let codes = hexadecimal(text.chars().map(&mut code));
                    let _ = writeln!(content, "BT /F1 10 Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET");
                    content
                })
            })
            .collect();
        let map = known.iter().zip(1..).fold(String::new(), |mut map, (c, code)| {
            let units = hexadecimal(c.encode_utf16(&mut [0; 2]).iter().map(|unit| usize::from(*unit)));
            let _ = writeln!(map, "1 beginbfchar <{code:04X}> <{units}> endbfchar");
            map
        });
        Self { pages, map, compress: true, turn: 0 }
    }

    fn make(&self) -> Vec<u8> {
        let mut pdf = Pdf::with_version("1.7");
        let map = pdf.add_object(self.stream(self.map.as_bytes()));
        let descendant = pdf.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "DW" => 1000,
        });
        let font = pdf.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+SimSun", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()], "ToUnicode" => map,
        });
        let parent = pdf.new_object_id();
        let mut kids = Vec::new();
        for page in &self.pages {
            let content = pdf.add_object(self.stream(page.as_bytes()));
            kids.push(Object::from(pdf.add_object(dictionary! {
                "Type" => "Page", "Parent" => parent, "Contents" => content, "Rotate" => self.turn,
            })));
        }
        let count = kids.len() as i64;
        let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
        pdf.set_object(
            parent,
            dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources },
        );
        let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
        pdf.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        pdf.save_to(&mut bytes).unwrap();
        bytes
    }

    fn stream(&self, content: &[u8]) -> Stream {
        let mut stream = Stream::new(lopdf::Dictionary::new(), content.to_vec());
        if self.compress {
            stream.compress().unwrap();
        }
        stream
    }
}

fn hexadecimal(codes: impl Iterator<Item = usize>) -> String {
    codes.fold(String::new(), |mut text, code| {
        let _ = write!(text, "{code:04X}");
        text
    })
}

fn table() -> Maker {
    Maker::new(&[
        &[
            Print(20.0, 700.0, "信息内容"),
            Print(120.0, 700.0, "现行有效件数"),
            Print(20.0, 680.0, "规章"),
            Print(150.0, 681.0, "5"),
        ],
        &[Print(20.0, 700.0, "行政许可"), Print(150.0, 700.0, "550")],
    ])
}

fn lines(document: &Document) -> Vec<(String, &str)> {
    document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph { text, at, .. } => (at.to_string(), text.as_str()),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn message(bytes: &[u8]) -> String {
    read(bytes, &Limits::default()).unwrap_err().to_string()
}

#[test]
fn pages_become_lines_with_columns() {
    let expected = [
        ("第1页第1行".to_owned(), "信息内容            现行有效件数"),
        ("第1页第2行".to_owned(), "规章                      5"),
        ("第2页第1行".to_owned(), "行政许可                  550"),
    ];
    let mut maker = table();
    let document = read(&maker.make(), &Limits::default()).unwrap();
    assert_eq!(lines(&document), expected);
    assert!(document.lost.is_empty());
    maker.compress = false;
    assert_eq!(read(&maker.make(), &Limits::default()).unwrap(), document);
}

#[test]
fn a_turned_page_is_read_as_it_is_seen() {
    let mut maker = Maker::new(&[&[]]);
    maker.pages = vec!["BT /F1 10 Tf 0 1 -1 0 300 100 Tm <00010002> Tj ET".to_owned()];
    maker.map = "1 beginbfrange <0001> <0002> <0031> endbfrange".to_owned();
    maker.turn = 90;
    assert_eq!(lines(&read(&maker.make(), &Limits::default()).unwrap())[0].1, "12");
    maker.turn = 0;
    assert!(message(&maker.make()).contains("图片"), "only turned signs");
}

#[test]
fn what_can_not_be_trusted_is_refused() {
    let mut maker = table();
    maker.map = String::new();
    let unknown = message(&maker.make());
    assert!(
        unknown.starts_with("是没有写明文字编码的 PDF，读不了。") && unknown.contains("另存为 docx"),
        "{unknown}"
    );
    let mut scan = table();
    scan.pages = vec!["q 1 0 0 1 0 0 cm Q".to_owned()];
    let scanned = message(&scan.make());
    assert!(scanned.contains("扫描") && scanned.contains("pdftotext -layout"), "{scanned}");
    // Recognised text behind a scan is printed invisibly.
    scan.pages = vec!["BT 3 Tr /F1 10 Tf 1 0 0 1 10 10 Tm <00010002> Tj ET".to_owned()];
    assert!(message(&scan.make()).contains("扫描"));
    scan.pages = Vec::new();
    assert!(message(&scan.make()).contains("里面没有页"));
}

#[test]
fn only_a_password_for_opening_keeps_a_file_closed() {
    let with_password = |password: &str| {
        let mut pdf = Pdf::load_mem(&table().make()).unwrap();
        let id = Object::string_literal("0123456789abcdef");
        pdf.trailer.set("ID", vec![id.clone(), id]);
        let state = lopdf::EncryptionState::try_from(lopdf::EncryptionVersion::V2 {
            document: &pdf,
            owner_password: "owner",
            user_password: password,
            key_length: 128,
            permissions: lopdf::Permissions::PRINTABLE,
        })
        .unwrap();
        pdf.encrypt(&state).unwrap();
        let mut bytes = Vec::new();
        pdf.save_to(&mut bytes).unwrap();
        bytes
    };
    assert!(message(&with_password("secret")).contains("设有密码"));
    let open = read(&with_password(""), &Limits::default()).unwrap();
    assert_eq!(open, read(&table().make(), &Limits::default()).unwrap());
}

#[test]
fn a_few_unknown_signs_are_shown_as_such() {
    let mut maker = table();
    let many: String = "0001".repeat(120);
    maker.pages = vec![format!("BT /F1 10 Tf 1 0 0 1 10 10 Tm <{many}> Tj <0FFF> Tj ET")];
    let document = read(&maker.make(), &Limits::default()).unwrap();
    assert!(lines(&document)[0].1.ends_with("信\u{fffd}"));
    assert_eq!(document.lost.len(), 1);
    assert!(document.lost[0].what.contains("共1个"));
}

#[test]
fn bombs_are_refused() {
    let mut maker = table();
    maker.pages = vec!["q Q ".repeat(1 << 20)];
    let limits = Limits { unpacked: 8 << 20, ..Limits::default() };
    let refused = read(&maker.make(), &limits).unwrap_err().to_string();
    assert!(refused.starts_with("各页解开后的内容超过上限（2MB）"), "{refused}");
    let mut map = table();
    map.map.push_str(&"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange\n".repeat(100));
    assert!(read(&map.make(), &Limits::default()).is_ok(), "such a range costs nothing");
    let small = Limits { unpacked: 800, ..Limits::default() };
    let refused = read(&table().make(), &small).unwrap_err().to_string();
    assert!(refused.starts_with("解开后的内容超过上限"), "{refused}");
    let small = Limits { file: 100, ..Limits::default() };
    assert!(read(&table().make(), &small).unwrap_err().to_string().starts_with("文件长度超过上限"));
}

#[test]
fn a_content_that_calls_itself_ends() {
    let mut pdf = Pdf::load_mem(&table().make()).unwrap();
    let form = pdf.new_object_id();
    let resources = dictionary! { "XObject" => dictionary! { "X" => form } };
    let dictionary =
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources.clone() };
    pdf.set_object(form, Stream::new(dictionary, b"/X Do /X Do /X Do /X Do".to_vec()));
    let page = pdf.page_iter().next().unwrap();
    let content = pdf.add_object(Stream::new(lopdf::Dictionary::new(), b"/X Do".to_vec()));
    let page = pdf.get_dictionary_mut(page).unwrap();
    page.set("Contents", content);
    page.set("Resources", resources);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    assert!(read(&bytes, &limits).unwrap_err().to_string().contains("解开后的内容超过上限"));
}

#[test]
fn deep_nesting_and_rubbish_do_no_harm() {
    for inside in ["[".repeat(100_000), "<<".repeat(100_000), "(".repeat(100_000)] {
        let file =
            format!("%PDF-1.7\n1 0 obj\n{inside}\nendobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF");
        assert!(message(file.as_bytes()).contains("PDF"));
        let mut maker = table();
        maker.pages = vec![inside];
        assert!(read(&maker.make(), &Limits::default()).is_err());
    }
    assert!(message(b"%PDF-1.7").contains("不是完好的PDF文件"));
}

#[test]
fn every_cut_of_a_file_is_refused_or_read() {
    let bytes = table().make();
    let mut refused = 0;
    for end in (0..bytes.len()).step_by(7) {
        refused += usize::from(read(&bytes[..end], &Limits::default()).is_err());
    }
    assert!(refused > bytes.len() / 14, "{refused}");
}

/// Real reports, where the machine has them: the figures of every row in the order in which they are printed.
#[test]
fn real_reports_give_their_figures_in_order() {
    let Some(folder) = std::env::var_os("GOUJI_REPORTS") else {
        println!("skipped: GOUJI_REPORTS names no folder with real reports");
        return;
    };
    for year in ["2023", "2024"] {
        let name = |ending: &str| Path::new(&folder).join(format!("{year}_淮安市洪泽区{ending}"));
        let document = read(&std::fs::read(name(".pdf")).unwrap(), &Limits::default()).unwrap();
        let printed = std::fs::read_to_string(name("_2021fmt.txt")).unwrap();
        let rows = |lines: Vec<&str>| -> Vec<String> {
            let figures = |line: &&str| {
                let figures: Vec<_> =
                    line.split_whitespace().filter(|word| word.parse::<f64>().is_ok()).collect();
                figures.join(" ")
            };
            lines.iter().map(figures).filter(|row| row.split(' ').count() > 2).collect()
        };
        let ours = rows(lines(&document).into_iter().map(|(_, text)| text).collect());
        assert_eq!(ours, rows(printed.lines().collect()), "{year}");
        assert!(ours.len() > 25, "{year}: {} rows", ours.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn changed_bytes_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), compress in any::<bool>()) {
        let mut maker = table();
        maker.compress = compress;
        let mut bytes = maker.make();
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(document) = read(&bytes, &Limits::default()) {
            prop_assert!(document.blocks.len() < 1000);
        }
    }

    #[test]
    fn random_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let file = [b"%PDF-1.4\n", bytes.as_slice()].concat();
        prop_assert!(read(&file, &Limits::default()).is_err());
    }
}
