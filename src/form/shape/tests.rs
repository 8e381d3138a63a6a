use std::collections::HashSet;

use proptest::prelude::*;
use ron::Error;

use super::known::FORM;
use super::*;
use crate::assets;
use crate::form::Form;
use crate::form::source::FormSource;

fn bundled() -> &'static str {
    assets::FORMS.iter().find(|(name, _)| name.contains("2021")).expect("the form of 2021").1
}

fn read(text: &str) -> Result<FormSource, Error> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).map_err(|error| error.code)
}

/// One thing done wrongly, or left out, in an otherwise complete form.
#[derive(Clone, Copy, PartialEq)]
enum Twist {
    None,
    /// A field that no struct has, in this struct.
    Stranger(usize),
    /// This field of this struct left out.
    LeftOut(usize, usize),
    /// A word that does not exist, in place of this one.
    OtherWord(usize),
}

/// Writes a form with every field of every struct, and counts structs and words.
struct Writer {
    twist: Twist,
    out: String,
    structs: usize,
    words: usize,
    /// The shape that the twist hit.
    hit: Option<&'static Shape>,
}

impl Writer {
    fn form(twist: Twist) -> Self {
        let mut writer = Self { twist, out: String::new(), structs: 0, words: 0, hit: None };
        writer.write(&FORM, &mut Vec::new());
        writer
    }

    fn write(&mut self, shape: &'static Shape, above: &mut Vec<*const Shape>) {
        match shape {
            Shape::Text => self.out.push_str("\"x\""),
            Shape::Number => self.out.push('7'),
            Shape::Flag => self.out.push_str("true"),
            Shape::Word { words, holder } => {
                let number = self.words;
                self.words += 1;
                if self.twist == Twist::OtherWord(number) {
                    self.hit = Some(shape);
                    self.out.push_str("Stranger");
                } else if let Some((name, content)) = holder {
                    self.out.push_str(name);
                    self.out.push('(');
                    self.write(content, above);
                    self.out.push(')');
                } else {
                    self.out.push_str(words[0]);
                }
            }
            Shape::List(item) => {
                self.out.push('[');
                // One level of a list within itself is enough.
                if !above.contains(&std::ptr::from_ref(*item)) {
                    self.write(item, above);
                }
                self.out.push(']');
            }
            Shape::Tuple(parts) => {
                self.out.push('(');
                for part in *parts {
                    self.write(part, above);
                    self.out.push(',');
                }
                self.out.push(')');
            }
            Shape::Struct { fields, .. } => {
                let number = self.structs;
                self.structs += 1;
                above.push(std::ptr::from_ref(shape));
                self.out.push('(');
                for (index, field) in fields.iter().enumerate() {
                    if self.twist == Twist::LeftOut(number, index) {
                        self.hit = Some(shape);
                        continue;
                    }
                    self.out.push_str(field.name);
                    self.out.push(':');
                    self.write(field.shape, above);
                    self.out.push(',');
                }
                if self.twist == Twist::Stranger(number) {
                    self.hit = Some(shape);
                    self.out.push_str("stranger: 1");
                }
                self.out.push(')');
                above.pop();
            }
        }
    }
}

#[test]
fn every_listed_field_is_read_by_serde() {
    let whole = Writer::form(Twist::None);
    assert!(read(&whole.out).is_ok(), "{:?}", read(&whole.out));
    assert!(check(&Outline::scan(&whole.out)).mistakes.is_empty());
    assert!(whole.structs >= 12 && whole.words >= 5);
}

#[test]
fn every_field_of_the_structs_is_listed() {
    let count = Writer::form(Twist::None).structs;
    for number in 0..count {
        let twisted = Writer::form(Twist::Stranger(number));
        let Some(Shape::Struct { fields, name }) = twisted.hit else { panic!("struct {number}") };
        let Err(Error::NoSuchStructField { expected, .. }) = read(&twisted.out) else {
            panic!("{name}: {:?}", read(&twisted.out))
        };
        let listed: Vec<_> = fields.iter().map(|field| field.name).collect();
        assert_eq!(listed, expected, "{name}");
        let mistakes = check(&Outline::scan(&twisted.out)).mistakes;
        assert_eq!(mistakes.len(), 1, "{name}");
        assert!(twisted.out[mistakes[0].span.clone()].starts_with("stranger"), "{name}");
    }
}

#[test]
fn what_may_be_left_out_agrees_with_serde() {
    let count = Writer::form(Twist::None).structs;
    for number in 0..count {
        for index in 0.. {
            let twisted = Writer::form(Twist::LeftOut(number, index));
            let Some(Shape::Struct { fields, name }) = twisted.hit else { break };
            let field = &fields[index];
            let result = read(&twisted.out);
            let mistakes = check(&Outline::scan(&twisted.out)).mistakes;
            if field.need == Need::Required {
                let Err(Error::MissingStructField { field: missing, .. }) = &result else {
                    panic!("{name}.{}: {result:?}", field.name)
                };
                assert_eq!(*missing, field.name, "{name}");
                assert_eq!(mistakes.len(), 1, "{name}.{}", field.name);
            } else {
                assert!(result.is_ok() && mistakes.is_empty(), "{name}.{}: {result:?}", field.name);
            }
            let none = Writer::form(Twist::None).out.replacen(
                "balance:(rule:\"x\",left:\"x\",right:\"x\",)",
                "balance:None",
                1,
            );
            assert!(read(&none).is_ok() && check(&Outline::scan(&none)).mistakes.is_empty());
        }
    }
}

#[test]
fn every_word_is_listed() {
    let count = Writer::form(Twist::None).words;
    let mut seen = HashSet::new();
    for number in 0..count {
        let twisted = Writer::form(Twist::OtherWord(number));
        let Some(Shape::Word { words, holder }) = twisted.hit else { panic!("word {number}") };
        let Err(Error::NoSuchEnumVariant { expected, .. }) = read(&twisted.out) else {
            panic!("{words:?}: {:?}", read(&twisted.out))
        };
        let listed: Vec<_> = words.iter().copied().chain(holder.map(|(name, _)| name)).collect();
        assert_eq!(listed, expected);
        assert_eq!(check(&Outline::scan(&twisted.out)).mistakes.len(), 1);
        seen.insert(expected);
    }
    assert_eq!(seen.len(), 6, "facts, columns, texts, tables, severities, blanks");
}

/// What stands at some place of the form is made into something else.
fn damaged(kind: u8, at: prop::sample::Index, other: prop::sample::Index) -> String {
    let text = bundled();
    let outline = Outline::scan(text);
    let (mut fields, mut values) = (Vec::new(), Vec::new());
    gather(outline.root(), &mut fields, &mut values);
    let field = at.get(&fields);
    let (name, whole) = (&field.0, &field.1);
    let value = at.get(&values);
    let replace = |span: &Range<usize>, by: &str| format!("{}{by}{}", &text[..span.start], &text[span.end..]);
    match kind {
        // The comma stays or goes.
        0 => replace(whole, ""),
        1 => replace(&(whole.start..(whole.end + 1).min(text.len())), ""),
        2 => replace(whole, &format!("{0}, {0}", &text[whole.clone()])),
        3 => replace(value, &text[other.get(&values).clone()]),
        4 => replace(whole, &text[other.get(&fields).1.clone()]),
        5 => replace(
            value,
            other.get::<&str>(&["12", "\"x\"", "[]", "()", "Some(1)", "None", "{}", "随便", "-1.5", "'a'"]),
        ),
        6 => replace(name, other.get::<&str>(&["lable", "idd", "x", "r#id", "chekc", "\"id\"", "级别"])),
        7 => replace(value, ""),
        8 => replace(value, &format!("Some({})", &text[value.clone()])),
        _ => {
            let mut end = other.index(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text[..end].to_owned()
        }
    }
}

fn gather(node: &Node, fields: &mut Vec<(Range<usize>, Range<usize>)>, values: &mut Vec<Range<usize>>) {
    values.push(node.span.clone());
    for field in node.fields() {
        fields.push((field.name_span.clone(), field.name_span.start..field.value.span.end));
        gather(&field.value, fields, values);
    }
    for item in node.items() {
        gather(item, fields, values);
    }
}

fn is_for_clerks(block: &str) -> bool {
    let first = block.lines().next().unwrap_or_default();
    first.starts_with("f.ron 第 ") && first.split_once('：').is_some_and(|(_, message)| has_chinese(message))
}

fn has_chinese(words: &str) -> bool {
    words.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_damaged_form_is_read_or_explained(
        kind in 0_u8..10,
        at in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
    ) {
        let text = damaged(kind, at, other);
        if let Err(errors) = Form::read("f.ron", &text) {
            prop_assert!(!errors.blocks.is_empty());
            for block in &errors.blocks {
                prop_assert!(is_for_clerks(block), "{}", block);
            }
        }
    }

    /// The walk finds something wrong exactly where serde does, and what it makes of it can be read.
    #[test]
    fn the_walk_agrees_with_serde(
        kind in 2_u8..9,
        at in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
    ) {
        let text = damaged(kind, at, other);
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        if options.from_str::<serde::de::IgnoredAny>(&text).is_err() {
            return Ok(());
        }
        let checked = check(&Outline::scan(&text));
        let result = read(&text);
        prop_assert_eq!(checked.mistakes.is_empty(), result.is_ok(), "{:?} {:?}", checked.mistakes, result.err());
        let readable = read(&checked.readable);
        prop_assert!(readable.is_ok(), "{:?}", readable.err());
    }
}
