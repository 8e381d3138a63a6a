use proptest::prelude::*;
use ron::ser::{PrettyConfig, to_string_pretty};
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct, SerializeTupleStruct, Serializer};

use super::*;

const FORM: &str = r##"#![enable(implicit_some)]
// 年报 "x" (不是值)
Form(
    id: "2021", /* 块 /* 嵌套 */ ] */
    r#type: r#"原"样"#,
    列: ["a", 'b', b"c", b'\'', '\u{4e00}'],
    total: Some("sum(requests.granted..other.$c)"),
    none: None,
    unit: (),
    point: (1, -2.50),
    cells: { "甲": 1, 乙: Sum(2), 3: { } , "a\"b": 0x1F },
    place: Cell ( row: 3, col: 4, ),
)
// end
"##;

fn written<'t>(outline: &Outline<'t>, path: &[Step<'_>]) -> &'t str {
    outline.find(path).map_or("nothing", |node| node.slice(outline.text()))
}

#[test]
fn every_value_of_a_form_is_found_where_it_stands() {
    let outline = Outline::scan(FORM);
    let at = |path: &[Step<'_>]| written(&outline, path);
    assert_eq!(at(&["id".into()]), "\"2021\"");
    assert_eq!(at(&["type".into()]), "r#\"原\"样\"#");
    assert_eq!(at(&["列".into(), 1.into()]), "'b'");
    assert_eq!(at(&["列".into(), 2.into()]), "b\"c\"");
    assert_eq!(at(&["列".into(), 3.into()]), "b'\\''");
    assert_eq!(at(&["列".into(), 4.into()]), "'\\u{4e00}'");
    assert_eq!(at(&["列".into(), 5.into()]), "nothing");
    assert_eq!(at(&["total".into()]), "\"sum(requests.granted..other.$c)\"");
    assert_eq!(at(&["none".into()]), "None");
    assert_eq!(at(&["unit".into()]), "()");
    assert_eq!(at(&["point".into(), 1.into()]), "-2.50");
    assert_eq!(at(&["cells".into(), "乙".into()]), "Sum(2)");
    assert_eq!(at(&["cells".into(), "乙".into(), 0.into()]), "2");
    assert_eq!(at(&["cells".into(), "3".into()]), "{ }");
    assert_eq!(at(&["cells".into(), "a\"b".into()]), "0x1F");
    assert_eq!(at(&["place".into(), "col".into()]), "4");
    assert_eq!(at(&["place".into()]), "Cell ( row: 3, col: 4, )");
    assert_eq!(at(&[]), FORM[FORM.find("Form").unwrap()..=FORM.rfind(')').unwrap()].to_owned());
}

#[test]
fn names_keep_their_own_place() {
    let outline = Outline::scan(FORM);
    let root = outline.root();
    let raw = root.field("type").unwrap();
    assert_eq!(&FORM[raw.name_span.clone()], "r#type");
    let key = root.field("cells").unwrap().value.field("甲").unwrap();
    assert_eq!(&FORM[key.name_span.clone()], "\"甲\"");
    let names: Vec<_> = root.fields().iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["id", "type", "列", "total", "none", "unit", "point", "cells", "place"]);
}

#[test]
fn positions_count_lines_and_characters_from_one() {
    let text = "（a:\n 甲乙 1";
    assert_eq!(Position::at(text, 0), Position { line: 1, column: 1 });
    assert_eq!(Position::at(text, 3), Position { line: 1, column: 2 });
    assert_eq!(Position::at(text, 2), Position { line: 1, column: 1 }, "inside a character");
    assert_eq!(Position::at(text, text.len() - 1), Position { line: 2, column: 5 });
    assert_eq!(Position::at(text, 999), Position { line: 2, column: 6 });
    assert_eq!(Position { line: 2, column: 99 }.offset(text), text.len());
    assert_eq!(Position { line: 1, column: 99 }.offset(text), 5);
    assert_eq!(Position { line: 9, column: 1 }.offset(text), text.len());
}

#[test]
fn duplicates_are_listed_with_the_first_of_their_name() {
    let text = r#"(a: 1, b: { "k": 1, k: 2, "k": 3 }, a: [(c: 1, c: 2)])"#;
    let outline = Outline::scan(text);
    let pairs: Vec<_> = outline
        .duplicate_fields()
        .into_iter()
        .map(|(first, second)| (first.value.slice(text), second.value.slice(text)))
        .collect();
    assert_eq!(pairs, [("1", "2"), ("1", "3"), ("1", "[(c: 1, c: 2)]"), ("1", "2")]);
    assert_eq!(
        outline.root().field("a").map(|field| field.value.items().len()),
        Some(1),
        "the last one counts"
    );
}

#[test]
fn offsets_inside_strings_lead_back_to_the_file() {
    for (literal, part) in [
        (r#""abc甲d""#, "甲"),
        (r#""\n\u{4e00}\x41甲d""#, "甲"),
        (r#""\xe4\xb8\x80甲d""#, "甲"),
        ("\"a\\\n   甲d\"", "甲"),
        (r###"r##"a"#甲d"##"###, "甲"),
    ] {
        let text = format!("( t: {literal} )");
        let outline = Outline::scan(&text);
        let node = outline.find(&["t".into()]).unwrap();
        let decoded = node.decoded(&text).unwrap();
        assert_eq!(decoded, ron::from_str::<String>(literal).unwrap());
        let offset = decoded.find(part).unwrap();
        assert_eq!(node.file_offset(&text, offset), text.find(part).unwrap(), "{literal}");
        assert_eq!(node.file_offset(&text, offset + 3), text.find(part).unwrap() + 3, "{literal}");
        let beyond = node.file_offset(&text, 999);
        assert!(text[beyond..].starts_with('"'), "{literal}");
    }
    let outline = Outline::scan("(n: 12)");
    let number = outline.find(&["n".into()]).unwrap();
    assert_eq!((number.decoded("(n: 12)"), number.file_offset("(n: 12)", 1)), (None, 4));
}

#[test]
fn depth_is_bounded_and_siblings_are_still_found() {
    for (open, close) in [("[", "]"), ("(", ")"), ("{1:", "}"), ("Some(", ")"), ("A(a:", ")")] {
        let text = format!("(deep: {}\"x)]}}\"{}, next: 7)", open.repeat(50_000), close.repeat(50_000));
        let outline = Outline::scan(&text);
        assert_eq!(written(&outline, &["next".into()]), "7", "{open}");
    }
    for unclosed in
        ["[", "(", "{", "/*", "r#\"", "\"\\", "b'", "'\\", "r######", "{1:", ":", ",", "#![", "Some("]
    {
        let text = unclosed.repeat(50_000);
        let outline = Outline::scan(&text);
        assert!(outline.root().span.end <= text.len());
    }
}

/// Any value that RON can write.
#[derive(Debug, Clone)]
enum Tree {
    Int(i64),
    Bool(bool),
    Char(char),
    Text(String),
    Unit,
    Variant(&'static str),
    Option(Option<Box<Tree>>),
    List(Vec<Tree>),
    Tuple(&'static str, Vec<Tree>),
    Struct(&'static str, Vec<(&'static str, Tree)>),
    Map(Vec<(String, Tree)>),
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Int(n) => serializer.serialize_i64(*n),
            Self::Bool(b) => serializer.serialize_bool(*b),
            Self::Char(c) => serializer.serialize_char(*c),
            Self::Text(s) => serializer.serialize_str(s),
            Self::Unit => serializer.serialize_unit(),
            Self::Variant(name) => serializer.serialize_unit_variant("E", 0, name),
            Self::Option(None) => serializer.serialize_none(),
            Self::Option(Some(inner)) => serializer.serialize_some(inner),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Tuple(name, items) => {
                let mut tuple = serializer.serialize_tuple_struct(name, items.len())?;
                items.iter().try_for_each(|item| tuple.serialize_field(item))?;
                tuple.end()
            }
            Self::Struct(name, fields) => {
                let mut parts = serializer.serialize_struct(name, fields.len())?;
                fields.iter().try_for_each(|(name, value)| parts.serialize_field(name, value))?;
                parts.end()
            }
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "r", "br", "总计", "Some_", "type", "x.y-z", "_", "Draft"])
}

fn tree() -> impl Strategy<Value = Tree> {
    let text = prop_oneof![".*", "[\"\\\\#/*(){}\\[\\]:,甲\n]*"];
    let leaf = prop_oneof![
        any::<i64>().prop_map(Tree::Int),
        any::<bool>().prop_map(Tree::Bool),
        any::<char>().prop_map(Tree::Char),
        text.clone().prop_map(Tree::Text),
        Just(Tree::Unit),
        name().prop_map(Tree::Variant),
        Just(Tree::Option(None)),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let some = |value| Tree::Option(Some(Box::new(value)));
        prop_oneof![
            inner.clone().prop_map(some),
            prop::collection::vec(inner.clone(), 0..5).prop_map(Tree::List),
            (name(), prop::collection::vec(inner.clone(), 2..5)).prop_map(|(n, v)| Tree::Tuple(n, v)),
            (name(), prop::collection::vec((name(), inner.clone()), 1..5))
                .prop_map(|(n, v)| Tree::Struct(n, v)),
            prop::collection::vec((text.clone(), inner), 0..5).prop_map(Tree::Map),
        ]
    })
}

/// Each leaf stands, alone, at the place that the outline gives.
fn assert_same(tree: &Tree, node: &Node, text: &str) {
    let slice = node.slice(text);
    match tree {
        Tree::Int(n) => assert_eq!(ron::from_str::<i64>(slice).as_ref(), Ok(n)),
        Tree::Bool(b) => assert_eq!(ron::from_str::<bool>(slice).as_ref(), Ok(b)),
        Tree::Char(c) => assert_eq!(ron::from_str::<char>(slice).as_ref(), Ok(c)),
        Tree::Text(s) => {
            assert_eq!(node.decoded(text).as_ref(), Some(s));
            for (offset, c) in s.char_indices() {
                let rest = &text[node.file_offset(text, offset)..node.span.end];
                assert!(rest.starts_with(c) || rest.starts_with('\\'), "{c:?} in {slice}");
            }
        }
        Tree::Unit => assert_eq!(slice, "()"),
        Tree::Variant(name) => assert_eq!(slice.trim_start_matches("r#"), *name),
        Tree::Option(None) => assert_eq!(slice, "None"),
        Tree::Option(Some(inner)) => assert_same(inner, node, text),
        Tree::List(items) | Tree::Tuple(_, items) => {
            assert_eq!(node.items().len(), items.len(), "{slice}");
            items.iter().zip(node.items()).for_each(|(item, node)| assert_same(item, node, text));
        }
        Tree::Struct(_, fields) => {
            assert_eq!(node.fields().len(), fields.len(), "{slice}");
            for ((name, value), field) in fields.iter().zip(node.fields()) {
                assert_eq!(field.name, *name);
                assert_same(value, &field.value, text);
            }
        }
        Tree::Map(entries) => {
            assert_eq!(node.fields().len(), entries.len(), "{slice}");
            for ((key, value), field) in entries.iter().zip(node.fields()) {
                assert_eq!(&field.name, key);
                assert_same(value, &field.value, text);
            }
        }
    }
}

proptest! {
    #[test]
    fn what_ron_writes_is_found_again(tree in tree(), style in 0..64_u8) {
        let on = |bit: u8| style & (1 << bit) != 0;
        let config = PrettyConfig::new()
            .struct_names(on(0))
            .separate_tuple_members(on(1))
            .enumerate_arrays(on(2))
            .escape_strings(on(3))
            .compact_arrays(on(4))
            .depth_limit(if on(5) { 2 } else { 99 });
        let text = to_string_pretty(&tree, config).unwrap();
        let outline = Outline::scan(&text);
        assert_same(&tree, outline.root(), &text);
    }

    #[test]
    fn no_text_makes_it_panic(text in prop_oneof![
        ".*",
        "[rb#\"'\\\\/*(){}\\[\\]:,甲ux \n!0-]{0,60}",
    ]) {
        let outline = Outline::scan(&text);
        let mut nodes = vec![outline.root()];
        while let Some(node) = nodes.pop() {
            prop_assert!(text.get(node.span.clone()).is_some());
            let _ = (node.decoded(&text), outline.position(node.span.start));
            for offset in 0..8 {
                prop_assert!(text.is_char_boundary(node.file_offset(&text, offset)));
            }
            nodes.extend(node.items());
            nodes.extend(node.fields().iter().map(|field| &field.value));
        }
        outline.duplicate_fields();
    }

    #[test]
    fn places_lead_there_and_back(text in "[a甲\n\r]*", offset in 0..80_usize) {
        let offset = floor_boundary(&text, offset);
        prop_assert_eq!(Position::at(&text, offset).offset(&text), offset);
    }
}
