//! Word files as the standard wants them (ECMA-376 part 1, 17: WordprocessingML). Word refuses what is out of order,
//! while LibreOffice opens it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::Arc;

use gouji::exchange::compose::{Purpose, page};
use gouji::exchange::docx;
use gouji::form::Catalogue;
use gouji::model::Report;
use gouji::session::Session;
use gouji::store::draft;
use quick_xml::events::Event;

/// An element with what is in it.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
}

/// The children that an element may have, in the order of its `xsd:sequence`.
const SEQUENCES: [(&str, &str); 10] = [
    (
        "w:pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
         suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd \
         snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment \
         textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    (
        "w:rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish \
         webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang \
         eastAsianLayout specVanish oMath",
    ),
    (
        "w:tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd \
         tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    ),
    (
        "w:tcPr",
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    ),
    (
        "w:sectPr",
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols \
         formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    ),
    (
        "w:style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal \
         personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    ("w:tblBorders", "top left start bottom right end insideH insideV"),
    ("w:tcBorders", "top left start bottom right end insideH insideV tl2br tr2bl"),
    ("w:tblCellMar", "top left start bottom right end"),
    ("w:tbl", "bookmarkStart bookmarkEnd tblPr tblGrid tr"),
];

#[test]
fn children_stand_in_the_order_of_the_standard() {
    let mut seen = BTreeSet::new();
    for (name, parts) in files() {
        for (part, root) in &parts {
            each(root, &mut |node| {
                let Some((_, order)) = SEQUENCES.iter().find(|(name, _)| *name == node.name) else { return };
                seen.insert(node.name.clone());
                let order: Vec<&str> = order.split_whitespace().collect();
                let places: Vec<usize> = node
                    .children
                    .iter()
                    .map(|child| {
                        let child = child.name.trim_start_matches("w:");
                        let place = order.iter().position(|known| *known == child);
                        place.unwrap_or_else(|| panic!("{name} {part}: {child} in {}", node.name))
                    })
                    .collect();
                assert!(places.is_sorted(), "{name} {part}: {} {:?}", node.name, node.children);
            });
        }
    }
    for name in ["w:pPr", "w:rPr", "w:tblPr", "w:tcPr", "w:sectPr", "w:style", "w:tbl"] {
        assert!(seen.contains(name), "{name}");
    }
}

#[test]
fn tables_are_grids_without_holes() {
    for (name, parts) in files() {
        let mut tables = 0;
        each(&parts["word/document.xml"], &mut |table| {
            if table.name != "w:tbl" {
                return;
            }
            tables += 1;
            let columns = table.child("w:tblGrid").map_or(0, |grid| grid.children.len());
            let mut open = vec![false; columns];
            for row in table.children.iter().filter(|child| child.name == "w:tr") {
                let mut at = 0;
                for cell in row.children.iter().filter(|child| child.name == "w:tc") {
                    assert_eq!(cell.children.last().map(|last| last.name.as_str()), Some("w:p"), "{name}");
                    let properties = cell.child("w:tcPr").unwrap();
                    let span = properties.child("w:gridSpan").map_or(1, |span| span.value().parse().unwrap());
                    // Without a value it goes on with the cell above.
                    let merge = properties.child("w:vMerge").map(Node::value);
                    let continues = merge.is_some_and(|merge| merge != "restart");
                    assert!(!continues || open[at], "{name}: nothing above to go on with");
                    open[at..at + span].fill(merge.is_some());
                    at += span;
                }
                assert_eq!(at, columns, "{name}: a row is as wide as the grid");
            }
        });
        assert_eq!(tables, 3, "{name}");
    }
}

#[test]
fn what_is_referred_to_is_there() {
    for (name, parts) in files() {
        let mut styles = BTreeSet::new();
        each(&parts["word/styles.xml"], &mut |node| {
            if node.name == "w:style" {
                assert!(styles.insert(node.attributes["w:styleId"].clone()), "{name}: a style twice");
            }
        });
        for (part, root) in &parts {
            each(root, &mut |node| {
                let refers = matches!(
                    node.name.as_str(),
                    "w:pStyle" | "w:rStyle" | "w:tblStyle" | "w:basedOn" | "w:next" | "w:link"
                );
                assert!(!refers || styles.contains(node.value()), "{name} {part}: style {}", node.value());
                if node.name == "Relationship" {
                    let target = &node.attributes["Target"];
                    let folder = if part.starts_with("word/") { "word/" } else { "" };
                    let known = parts.contains_key(&format!("{folder}{target}"));
                    assert!(known, "{name} {part}: {target}");
                }
            });
        }
        let types = &parts["[Content_Types].xml"];
        for part in parts.keys().filter(|part| *part != "[Content_Types].xml") {
            let is_known = types.children.iter().any(|entry| match entry.name.as_str() {
                "Override" => entry.attributes["PartName"] == format!("/{part}"),
                _ => part.ends_with(&format!(".{}", entry.attributes["Extension"])),
            });
            assert!(is_known, "{name}: {part} has no type");
        }
    }
}

impl Node {
    fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    fn value(&self) -> &str {
        self.attributes.get("w:val").map_or("", String::as_str)
    }
}

fn each<'n>(node: &'n Node, visit: &mut impl FnMut(&'n Node)) {
    visit(node);
    node.children.iter().for_each(|child| each(child, visit));
}

/// Files of every purpose: their names and parts.
fn files() -> Vec<(String, BTreeMap<String, Node>)> {
    let sample = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
        let text = std::fs::read_to_string(path).unwrap();
        let (draft, _) = draft::read(name, &text, &Catalogue::default()).unwrap();
        Session::open(draft.form, draft.report)
    };
    let blank = |form: &str| {
        let form = Catalogue::default().by_id(form).unwrap();
        Session::open_unsaved(Arc::clone(&form), Report::new(form.shape()))
    };
    let all = [
        ("终稿", sample("hangzhou-type-2025.ron"), Purpose::Final),
        ("草稿", sample("yiyuan-2020.ron"), Purpose::Draft { mandatory: 3 }),
        ("空表2019", blank("2019"), Purpose::Blank),
        ("空表2021", blank("2021"), Purpose::Blank),
    ];
    let parts = all.map(|(name, session, purpose)| {
        (name.to_owned(), parts(&docx::write(&page(&session, &purpose)).unwrap()))
    });
    parts.into()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Node> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), tree(&text))
        })
        .collect()
}

fn tree(text: &str) -> Node {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        let event = reader.read_event().unwrap();
        let closes = !matches!(event, Event::Start(_));
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
                });
                let name = start.name().as_ref().to_owned();
                open.push(Node { name, attributes: attributes.collect(), children: Vec::new() });
            }
            Event::End(_) => {}
            Event::Eof => break,
            _ => continue,
        }
        if closes {
            let node = open.pop().unwrap();
            open.last_mut().unwrap().children.push(node);
        }
    }
    assert_eq!(open.len(), 1, "all is closed");
    open.remove(0).children.remove(0)
}
