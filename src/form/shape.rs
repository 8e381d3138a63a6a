//! What a form file may say and where one says something else: all places at once.
//!
//! serde stops at the first unknown field or wrong type. So the tree of the file is walked beside a description
//! of what is expected, and every mistake on the way is kept. Out of what is right the walk writes a readable
//! form, in which a stand-in takes the place of what is not; it is compiled to find the mistakes in the rest.

pub(super) mod known;

use std::ops::Range;

use super::caret::closest;
use super::error::{MAX_MISTAKES, Mistake, Spot};
use super::outline::{Field, Kind, Node, Outline, Position, Step};

/// What may stand at one place of a file.
#[derive(Debug)]
pub(super) enum Shape {
    /// A string.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// One of some bare words, or a word that holds something: `Choice([…])`.
    Word { words: &'static [&'static str], holder: Option<(&'static str, &'static Shape)> },
    /// Any number of the same in square brackets.
    List(&'static Shape),
    /// A fixed number of unnamed things in parentheses.
    Tuple(&'static [&'static Shape]),
    /// Named things in parentheses, with or without the name of the whole in front.
    Struct { name: &'static str, fields: &'static [Known] },
}

/// A field that a struct may have.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) need: Need,
    pub(super) shape: &'static Shape,
}

/// Whether a field may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It has to be there.
    Required,
    /// It has a value of its own where it is left out.
    Defaulted,
    /// It may be left out, and may say `None` or `Some(…)`.
    Optional,
}

/// What the walk found.
pub(super) struct Checked {
    /// All mistakes; at most [`MAX_MISTAKES`].
    pub(super) mistakes: Vec<Mistake>,
    /// The tree with misspelt fields under their right names and without those that do not belong there.
    pub(super) root: Node,
    /// A form that serde can read, with stand-ins for what is wrong.
    pub(super) readable: String,
    /// What is known of the places where something was lost.
    pub(super) lost: Lost,
}

/// The places of which the readable form does not say what the file meant.
#[derive(Debug, Default)]
pub(super) struct Lost {
    places: Vec<Vec<Step<'static>>>,
    /// Names of tables, rows, columns, facts or sections may be missing, so that nothing that refers to a name
    /// can be called wrong.
    pub(super) names: bool,
    /// Rules may be missing.
    pub(super) rules: bool,
    /// Claims may be missing.
    pub(super) claims: bool,
}

impl Lost {
    /// Whether a mistake at this place may come from something that was lost there, above or below.
    pub(super) fn touches(&self, spot: &Spot) -> bool {
        self.places.iter().any(|place| place.iter().zip(&spot.steps).all(|(left, right)| left == right))
    }
}

/// Walks a text that `ron` accepts.
pub(super) fn check(outline: &Outline<'_>) -> Checked {
    let mut walk =
        Walk { text: outline.text(), mistakes: Vec::new(), out: String::new(), lost: Lost::default() };
    let mut root = outline.root().clone();
    walk.value_or_stand_in(&known::FORM, Need::Required, &mut root, &Spot::default());
    Checked { mistakes: walk.mistakes, root, readable: walk.out, lost: walk.lost }
}

struct Walk<'t> {
    text: &'t str,
    mistakes: Vec<Mistake>,
    out: String,
    lost: Lost,
}

impl Walk<'_> {
    /// Writes a value; where it can not be read, what stands for it, if there has to be something.
    fn value_or_stand_in(&mut self, shape: &Shape, need: Need, node: &mut Node, spot: &Spot) -> bool {
        let start = self.out.len();
        if self.value(shape, need, node, spot) {
            return true;
        }
        self.out.truncate(start);
        self.lose(spot);
        if need == Need::Required {
            stand_in(shape, &mut self.out);
        }
        need == Need::Required
    }

    /// Writes a value and says whether it could be read. If not, the mistake has been noted.
    fn value(&mut self, shape: &Shape, need: Need, node: &mut Node, spot: &Spot) -> bool {
        if need == Need::Optional && node.slice(self.text) == "None" {
            self.out.push_str("None");
            return true;
        }
        if need != Need::Optional && self.is_wrapped(node) {
            self.mistake(node.span.clone(), "这里不用写 Some( )", "请直接写括号里的内容");
        }
        match shape {
            Shape::Text => self.scalar(node, node.kind == Kind::Text, "文字", "文字要放在英文双引号 \" 里"),
            Shape::Number => self.number(node),
            Shape::Flag => {
                let fits = matches!(node.slice(self.text), "true" | "false");
                self.scalar(node, fits, "true 或 false", "true 表示是，false 表示否，不加引号")
            }
            Shape::Word { words, holder } => self.word(words, *holder, node, spot),
            Shape::List(item) => self.list(item, node, spot),
            Shape::Tuple(parts) => self.tuple(parts, node, spot),
            Shape::Struct { name, fields } => self.fields(name, fields, node, spot),
        }
    }

    fn scalar(&mut self, node: &Node, fits: bool, expected: &str, hint: &str) -> bool {
        if fits {
            self.out.push_str(node.slice(self.text));
        } else {
            self.wrong_kind(node, expected, hint);
        }
        fits
    }

    fn number(&mut self, node: &Node) -> bool {
        let written = node.slice(self.text);
        let is_number = node.kind == Kind::Scalar && is_number(written);
        if is_number && ron::from_str::<i64>(written).is_err() {
            let whole =
                written.trim_start_matches(['+', '-']).chars().all(|c| c.is_ascii_digit() || c == '_');
            let message = if whole { "整数超出了允许的范围" } else { "这里只能是整数" };
            self.mistake(node.span.clone(), message, "请检查是否多写了数位或小数");
            return false;
        }
        let hint = if node.kind == Kind::Text { "数字不加引号" } else { "这里只写整数" };
        self.scalar(node, is_number, "整数", hint)
    }

    fn word(
        &mut self,
        words: &[&'static str],
        holder: Option<(&'static str, &'static Shape)>,
        node: &mut Node,
        spot: &Spot,
    ) -> bool {
        let written = node.slice(self.text).to_owned();
        let head = leading_word(&written);
        let all = || words.iter().copied().chain(holder.map(|(name, _)| name));
        let bare = node.kind == Kind::Scalar && head.len() == written.len() && !head.is_empty();
        if bare && words.contains(&head) {
            self.out.push_str(head);
            return true;
        }
        let holds = !head.is_empty() && !bare && matches!(node.kind, Kind::List(_) | Kind::Fields(_));
        if let (Some((name, content)), true) = (holder, holds)
            && (head == name || closest(head, all()) == Some(name))
            && let Kind::List(items) = &mut node.kind
            && let [item] = items.as_mut_slice()
        {
            if head != name {
                let span = node.span.start..node.span.start + head.len();
                let message = format!("没有名为“{}”的选项", shortened(head));
                self.mistake(span, message, format!("是否为“{name}”？"));
            }
            self.out.push_str(name);
            self.out.push('(');
            // What is held has no step of its own on the way.
            let fits = self.value(content, Need::Required, item, spot);
            self.out.push(')');
            return fits;
        }
        let content = node.decoded(self.text).unwrap_or_default();
        // What was most likely meant stands for it, so that one slip is one mistake.
        let meant = closest(if bare { head } else { &content }, words.iter().copied());
        if let Some(meant) = meant {
            self.out.push_str(meant);
        }
        if !bare && !holds {
            let hint = match all().find(|word| *word == content) {
                Some(word) => format!("请写 {word}，不加引号"),
                None => one_of(&content, all()),
            };
            self.wrong_kind(node, "一个选项", &hint);
        } else if holder.is_some_and(|(name, _)| name == head) {
            self.mistake(
                node.span.clone(),
                format!("“{head}”后面的写法不对"),
                format!("请写成 {head}([ … ])，把各项放在方括号里"),
            );
        } else if words.contains(&head) {
            self.mistake(node.span.clone(), format!("“{head}”后面不能有括号"), "请删去括号和其中的内容");
        } else {
            let shown = shortened(if head.is_empty() { &written } else { head });
            let end = node.span.start + if head.is_empty() { written.len() } else { head.len() };
            self.mistake(node.span.start..end, format!("没有名为“{shown}”的选项"), one_of(head, all()));
        }
        meant.is_some()
    }

    fn list(&mut self, item: &Shape, node: &mut Node, spot: &Spot) -> bool {
        let fits = node.slice(self.text).starts_with('[');
        let (Kind::List(items), true) = (&mut node.kind, fits) else {
            self.wrong_kind(node, "用 [ ] 括起来的一列内容", "没有内容时写 []");
            return false;
        };
        self.out.push('[');
        for (index, node) in items.iter_mut().enumerate() {
            self.value_or_stand_in(item, Need::Required, node, &spot.item(index));
            self.out.push(',');
        }
        self.out.push(']');
        true
    }

    fn tuple(&mut self, parts: &[&Shape], node: &mut Node, spot: &Spot) -> bool {
        let fits = node.slice(self.text).starts_with('(') && node.items().len() == parts.len();
        let (Kind::List(items), true) = (&mut node.kind, fits) else {
            self.wrong_kind(node, &format!("用 ( ) 括起来的 {} 项内容", parts.len()), "例如 (\"名称\", 1)");
            return false;
        };
        self.out.push('(');
        for (index, (part, node)) in parts.iter().zip(items).enumerate() {
            self.value_or_stand_in(part, Need::Required, node, &spot.item(index));
            self.out.push(',');
        }
        self.out.push(')');
        true
    }

    fn fields(&mut self, name: &str, known: &'static [Known], node: &mut Node, spot: &Spot) -> bool {
        let written = node.slice(self.text);
        let head = leading_word(written).to_owned();
        let fits = match node.kind {
            Kind::Fields(_) => !written.starts_with('{'),
            // Nothing in the parentheses.
            Kind::Scalar => written.starts_with('('),
            Kind::List(_) | Kind::Text => false,
        };
        if !fits {
            let hint = known.first().map_or(String::new(), |field| format!("写成 ({}: …, …)", field.name));
            self.wrong_kind(node, "用 ( ) 括起来、逐项写出名称的内容", &hint);
            return false;
        }
        if !head.is_empty() && head != name {
            let span = node.span.start..node.span.start + head.len();
            let hint = if spot.steps.is_empty() {
                "整个文件是 Form( … )"
            } else {
                "请直接从括号 ( 写起"
            };
            self.mistake(span, format!("这里不应有名称“{}”", shortened(&head)), hint);
        }
        let span = node.span.clone();
        let mut kept = match &mut node.kind {
            Kind::Fields(fields) => self.named(known, std::mem::take(fields), spot),
            _ => Vec::new(),
        };
        self.out.push('(');
        for (field, at) in &mut kept {
            let start = self.out.len();
            self.out.push_str(at.name);
            self.out.push(':');
            if self.value_or_stand_in(at.shape, at.need, &mut field.value, &spot.field(at.name)) {
                self.out.push(',');
            } else {
                self.out.truncate(start);
            }
        }
        self.missing(known, &kept, span, spot);
        self.out.push(')');
        if let Kind::Fields(fields) = &mut node.kind {
            fields.extend(kept.into_iter().map(|(field, _)| field));
        }
        true
    }

    /// The fields that belong here, each once. One with a name that is not known counts as the field that is
    /// not there and is most like it, so that one slip is one mistake.
    fn named(
        &mut self,
        known: &'static [Known],
        fields: Vec<Field>,
        spot: &Spot,
    ) -> Vec<(Field, &'static Known)> {
        let find = |name: &str| known.iter().find(|at| at.name == name);
        let mut absent: Vec<&'static str> = known.iter().map(|at| at.name).collect();
        absent.retain(|name| fields.iter().all(|field| field.name != *name));
        let mut kept: Vec<(Field, &'static Known)> = Vec::new();
        let mut unknown = false;
        for mut field in fields {
            let span = field.name_span.clone();
            if let Some(at) = find(&field.name) {
                match kept.iter().find(|(_, earlier)| earlier.name == at.name) {
                    // To count lines takes time, which a file of copies alone must not take.
                    Some((first, _)) if self.mistakes.len() < MAX_MISTAKES => {
                        let line = Position::at(self.text, first.name_span.start).line;
                        let message = format!("项目“{}”写了两次", at.name);
                        self.mistake(span, message, format!("第 {line} 行已写过，请删去其中一处"));
                    }
                    Some(_) => {}
                    None => kept.push((field, at)),
                }
                continue;
            }
            let message = format!("没有名为“{}”的项目", shortened(&field.name));
            let close = closest(&field.name, absent.iter().copied());
            if let Some(at) = close.and_then(find) {
                self.mistake(span, message, format!("是否为“{}”？", at.name));
                absent.retain(|name| *name != at.name);
                at.name.clone_into(&mut field.name);
                kept.push((field, at));
            } else {
                self.mistake(span, message, one_of(&field.name, known.iter().map(|at| at.name)));
                unknown = true;
            }
        }
        if unknown {
            self.lose_unknown(&absent, spot);
        }
        kept
    }

    fn missing(
        &mut self,
        known: &'static [Known],
        kept: &[(Field, &'static Known)],
        span: Range<usize>,
        spot: &Spot,
    ) {
        let there = |at: &Known| kept.iter().any(|(_, other)| other.name == at.name);
        let mut names = Vec::new();
        for at in known.iter().filter(|at| at.need == Need::Required && !there(at)) {
            names.push(format!("“{}”", at.name));
            self.out.push_str(at.name);
            self.out.push(':');
            stand_in(at.shape, &mut self.out);
            self.out.push(',');
            self.lose(&spot.field(at.name));
        }
        if !names.is_empty() {
            self.mistake(span, format!("缺少项目{}", names.join("、")), "请在这对括号里补上");
        }
    }

    fn wrong_kind(&mut self, node: &Node, expected: &str, hint: &str) {
        let written = node.slice(self.text);
        let found = match node.kind {
            Kind::Text => "文字".to_owned(),
            Kind::List(_) => "一列内容".to_owned(),
            Kind::Fields(_) => "带名称的内容".to_owned(),
            Kind::Scalar if is_number(written) => format!("数字 {}", shortened(written)),
            Kind::Scalar => format!("“{}”", shortened(written)),
        };
        self.mistake(node.span.clone(), format!("这里应当是{expected}，却是{found}"), hint);
    }

    fn mistake(&mut self, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        if self.mistakes.len() < MAX_MISTAKES {
            self.mistakes.push(Mistake { span, message: message.into(), hint: hint.into() });
        }
    }

    /// Notes that the readable form does not say what the file meant at this place.
    fn lose(&mut self, spot: &Spot) {
        let is = |step: Option<&Step<'_>>, names: &[&str]| matches!(step, Some(Step::Field(name)) if names.contains(&name.as_ref()));
        let only_shown = is(spot.steps.last(), &known::ONLY_SHOWN);
        if is(spot.steps.first(), &["rules"]) {
            // Deeper down, left and right are the two sides of a blank.
            self.lost.rules |= spot.steps.len() != 3 || !only_shown;
        } else if is(spot.steps.first(), &["claims"]) {
            self.lost.claims = true;
        } else {
            self.lost.names |= !only_shown;
        }
        if self.lost.places.len() < MAX_MISTAKES {
            self.lost.places.push(spot.steps.clone());
        }
    }

    /// Notes that a struct has a field that nobody knows, which may have been meant for one that is absent.
    fn lose_unknown(&mut self, absent: &[&str], spot: &Spot) {
        let absent = |name: &str| absent.contains(&name);
        let leaf_or_group = absent("id") && (absent("rows") || absent("columns"));
        if leaf_or_group || absent("table") {
            self.lost.names = true;
        }
        // A step that leads nowhere: what is said of the struct as a whole may be due to it, the rest not.
        let mut place = spot.steps.clone();
        place.push(Step::from(""));
        if self.lost.places.len() < MAX_MISTAKES {
            self.lost.places.push(place);
        }
    }

    /// Whether the value is written as `Some(value)`; the outline shows only what is inside.
    fn is_wrapped(&self, node: &Node) -> bool {
        let before = self.text.get(..node.span.start).unwrap_or_default().trim_end();
        let name = before.strip_suffix('(').map(str::trim_end).and_then(|before| before.strip_suffix("Some"));
        name.is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    }
}

/// Something that serde can read in place of what it can not.
fn stand_in(shape: &Shape, out: &mut String) {
    match shape {
        Shape::Text => out.push_str("\"\""),
        Shape::Number => out.push('0'),
        Shape::Flag => out.push_str("false"),
        Shape::Word { words, .. } => out.push_str(words.last().copied().unwrap_or_default()),
        Shape::List(_) => out.push_str("[]"),
        Shape::Tuple(parts) => {
            out.push('(');
            for part in *parts {
                stand_in(part, out);
                out.push(',');
            }
            out.push(')');
        }
        Shape::Struct { fields, .. } => {
            out.push('(');
            for field in fields.iter().filter(|field| field.need == Need::Required) {
                out.push_str(field.name);
                out.push(':');
                stand_in(field.shape, out);
                out.push(',');
            }
            out.push(')');
        }
    }
}

/// The likeliest name, or all that there are.
fn one_of<'a>(found: &str, all: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(name) = closest(found, all.clone()) {
        return format!("是否为“{name}”？");
    }
    let names: Vec<_> = all.map(|name| format!("“{name}”")).collect();
    format!("可以用的有{}", names.join("、"))
}

fn leading_word(written: &str) -> &str {
    let end = written.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(written.len());
    written.get(..end).unwrap_or_default()
}

fn is_number(written: &str) -> bool {
    written.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit())
}

fn shortened(written: &str) -> String {
    const MOST: usize = 24;
    match written.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", written.get(..end).unwrap_or_default()),
        None => written.to_owned(),
    }
}

#[cfg(test)]
mod tests;
