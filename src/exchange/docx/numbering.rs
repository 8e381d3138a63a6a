//! Numbers that Word makes itself: 「一、」 in front of a heading is often not in the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::error::ImportError;
use crate::exchange::ooxml::{Element, Node, Ns, Xml};
use crate::prose::numerals;

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
        loop {
            match xml.next()? {
                Node::Open(element) if element.ns == Ns::Word => match element.local() {
                    "abstractNum" => {
                        let id = named(&element, "abstractNumId");
                        let kind = List::read(&mut xml)?;
                        numbering.kinds.insert(id, kind.levels);
                    }
                    "num" => {
                        let id = named(&element, "numId");
                        let list = List::read(&mut xml)?;
                        numbering.lists.insert(id, list);
                    }
                    _ => {}
                },
                Node::End => return Ok(numbering),
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
            label.push_str(&written(count, if own.digits { "decimal" } else { format })?);
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

/// A count in the way of a list. None for ways that Chinese reports do not use.
fn written(count: i64, format: &str) -> Option<String> {
    let nth = |first: char, last: char| {
        let letter = u32::try_from(count.checked_sub(1)?).ok()?.checked_add(first as u32)?;
        char::from_u32(letter).filter(|letter| *letter <= last).map(String::from)
    };
    let chinese = || numerals::write(count, numerals::Style::Chinese);
    match format {
        "decimal" => Some(count.to_string()),
        "decimalZero" => Some(format!("{count:02}")),
        "decimalFullWidth" | "decimalFullWidth2" => {
            numerals::write(count, numerals::Style::Digits { full: true, separator: None })
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth('①', '⑳'),
        "decimalEnclosedParen" => nth('⑴', '⒇'),
        "decimalEnclosedFullstop" => nth('⒈', '⒛'),
        "ideographEnclosedCircle" => nth('㊀', '㊉'),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            Some(count.to_string().chars().map(|digit| spelled(digit, "〇一二三四五六七八九")).collect())
        }
        "chineseLegalSimplified" => Some(chinese()?.chars().map(formal).collect()),
        "ideographTraditional" => usize::try_from(count - 1)
            .ok()
            .and_then(|at| "甲乙丙丁戊己庚辛壬癸".chars().nth(at))
            .map(String::from),
        "upperLetter" => nth('A', 'Z'),
        "lowerLetter" => nth('a', 'z'),
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).map(|number| number.to_lowercase()),
        "none" => Some(String::new()),
        _ => None,
    }
}

fn spelled(digit: char, digits: &str) -> char {
    digit.to_digit(10).and_then(|digit| digits.chars().nth(digit as usize)).unwrap_or(digit)
}

fn formal(numeral: char) -> char {
    let plain = "一二三四五六七八九十百千";
    plain
        .chars()
        .position(|c| c == numeral)
        .and_then(|at| "壹贰叁肆伍陆柒捌玖拾佰仟".chars().nth(at))
        .unwrap_or(numeral)
}

fn roman(count: i64) -> Option<String> {
    let mut rest = usize::try_from(count).ok().filter(|count| (1..4000).contains(count))?;
    let mut number = String::new();
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    for (size, sign) in signs {
        number.push_str(&sign.repeat(rest / size));
        rest %= size;
    }
    Some(number)
}

fn named(element: &Element<'_>, attribute: &str) -> i64 {
    element.attribute(attribute).and_then(|id| id.trim().parse().ok()).unwrap_or(0)
}
