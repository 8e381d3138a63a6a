//! Numbers that Word makes itself: 「一、」 in front of a heading is often not in the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::counting::Way;
use crate::exchange::error::ImportError;
use crate::exchange::ooxml::{Element, Node, Ns, Xml};

/// Lists have nine levels.
const LEVELS: usize = 9;

/// The numbered lists of a file, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The kinds of lists; several lists of a kind count on together.
    kinds: BTreeMap<i64, Levels>,
    lists: BTreeMap<i64, List>,
    counted: BTreeMap<i64, [Option<i64>; LEVELS]>,
    begun: BTreeSet<i64>,
}

type Levels = BTreeMap<i64, Level>;

#[derive(Debug, Default)]
struct List {
    kind: i64,
    /// The style of lists that has its levels from here, and the one that has them for this.
    describes: Option<String>,
    takes: Option<String>,
    /// Levels that begin anew at a number in this list.
    starts: BTreeMap<i64, i64>,
    /// Levels that this list writes in its own way.
    levels: Levels,
}

#[derive(Debug, Default, Clone)]
struct Level {
    start: i64,
    format: String,
    /// The words of the number; `%1` stands for the count of the first level.
    text: String,
    /// Whether all counts are written in digits.
    digits: bool,
}

impl Numbering {
    /// Reads the part.
    ///
    /// # Errors
    /// If it is no sound XML.
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, ImportError> {
        let mut numbering = Self::default();
        // Kinds that a style of lists describes, and kinds that take theirs from such a style.
        let mut described: BTreeMap<String, i64> = BTreeMap::new();
        let mut taken: Vec<(i64, String)> = Vec::new();
        loop {
            match xml.next()? {
                Node::Open(element) if element.ns == Ns::Word => match element.local() {
                    "abstractNum" => {
                        let id = named(&element, "abstractNumId");
                        let kind = List::read(&mut xml)?;
                        numbering.kinds.insert(id, kind.levels);
                        described.extend(kind.describes.map(|style| (style, id)));
                        taken.extend(kind.takes.map(|style| (id, style)));
                    }
                    "num" => {
                        let id = named(&element, "numId");
                        let list = List::read(&mut xml)?;
                        numbering.lists.insert(id, list);
                    }
                    _ => {}
                },
                Node::End => {
                    for (id, style) in taken {
                        let levels = described.get(&style).and_then(|id| numbering.kinds.get(id));
                        if let Some(levels) = levels.cloned() {
                            numbering.kinds.insert(id, levels);
                        }
                    }
                    return Ok(numbering);
                }
                Node::Open(_) | Node::Close | Node::Text(_) => {}
            }
        }
    }

    /// Counts on, and gives what stands in front of the paragraph. None if it can not be told.
    pub(super) fn next(&mut self, list_id: i64, level: i64) -> Option<String> {
        let index = usize::try_from(level).ok().filter(|index| *index < LEVELS)?;
        let list = self.lists.get(&list_id)?;
        let levels = self.kinds.get(&list.kind)?;
        let of = |level: i64| list.levels.get(&level).or_else(|| levels.get(&level));
        let own = of(level)?;
        let counts = self.counted.entry(list.kind).or_default();
        if self.begun.insert(list_id) {
            for (level, start) in &list.starts {
                if let Some(count) = usize::try_from(*level).ok().and_then(|index| counts.get_mut(index)) {
                    *count = start.checked_sub(1);
                }
            }
        }
        for (at, count) in counts.iter_mut().enumerate() {
            match at.cmp(&index) {
                std::cmp::Ordering::Less => {
                    count.get_or_insert_with(|| of(at as i64).map_or(1, |level| level.start));
                }
                std::cmp::Ordering::Equal => {
                    *count = Some(count.map_or(own.start, |count| count.saturating_add(1)));
                }
                std::cmp::Ordering::Greater => *count = None,
            }
        }
        if own.format == "bullet" {
            return Some(String::new());
        }
        let mut label = String::new();
        let mut pieces = own.text.split('%');
        label.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let Some(at) = piece.chars().next().and_then(|c| c.to_digit(10)).filter(|at| *at > 0) else {
                label.push('%');
                label.push_str(piece);
                continue;
            };
            let at = at as usize - 1;
            let count = counts.get(at).copied().flatten().unwrap_or(1);
            let format = of(at as i64).map_or("decimal", |level| level.format.as_str());
            match format {
                _ if own.digits => label.push_str(&count.to_string()),
                "none" => {}
                _ => label.push_str(&way(format)?.write(count)?),
            }
            label.push_str(piece.get(1..).unwrap_or_default());
        }
        Some(label)
    }
}

impl List {
    /// A kind of list or a list, from behind its start to its end.
    fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let mut list = Self::default();
        let (mut inside, mut at) = (0_usize, 0);
        loop {
            match xml.next()? {
                Node::Open(element) => {
                    inside += 1;
                    match element.local() {
                        "abstractNumId" => list.kind = element.number().unwrap_or(0),
                        "styleLink" => list.describes = element.val(),
                        "numStyleLink" => list.takes = element.val(),
                        "lvlOverride" => at = named(&element, "ilvl"),
                        "startOverride" => {
                            list.starts.insert(at, element.number().unwrap_or(1));
                        }
                        "lvl" => {
                            at = named(&element, "ilvl");
                            list.levels
                                .insert(at, Level { format: "decimal".to_owned(), ..Level::default() });
                        }
                        of_level => {
                            if let Some(level) = list.levels.get_mut(&at) {
                                level.learn(of_level, &element);
                            }
                        }
                    }
                }
                Node::Close if inside == 0 => return Ok(list),
                Node::Close => inside -= 1,
                Node::End => return Ok(list),
                Node::Text(_) => {}
            }
        }
    }
}

impl Level {
    fn learn(&mut self, what: &str, element: &Element<'_>) {
        match what {
            "start" => self.start = element.number().unwrap_or(1),
            "numFmt" => self.format = element.val().unwrap_or_default(),
            "lvlText" => self.text = element.val().unwrap_or_default(),
            "isLgl" => self.digits = element.is_on(),
            _ => {}
        }
    }
}

/// A way of a list; none for those that Chinese reports do not use.
fn way(format: &str) -> Option<Way> {
    Some(match format {
        "decimal" => Way::Decimal,
        "decimalZero" => Way::TwoDigits,
        "decimalFullWidth" | "decimalFullWidth2" => Way::FullWidth,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Way::Circled,
        "decimalEnclosedParen" => Way::Bracketed,
        "decimalEnclosedFullstop" => Way::Stopped,
        "ideographEnclosedCircle" => Way::CircledChinese,
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => Way::Chinese,
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => Way::ChineseDigits,
        "chineseLegalSimplified" => Way::Formal,
        "ideographTraditional" => Way::Stems,
        "ideographZodiac" => Way::Branches,
        "upperLetter" => Way::UpperLetters,
        "lowerLetter" => Way::LowerLetters,
        "upperRoman" => Way::UpperRoman,
        "lowerRoman" => Way::LowerRoman,
        _ => return None,
    })
}

fn named(element: &Element<'_>, attribute: &str) -> i64 {
    element.attribute(attribute).and_then(|id| id.trim().parse().ok()).unwrap_or(0)
}
