//! Numbers of headings: their order and how they are written.

mod mark;

pub(super) use mark::{Level, Mark};

use super::chinese::{self, is_han};
use super::line::Line;
use super::{Piece, remark, replace};
use crate::prose::{Remark, Setting, Topic};

const HINT_ORDER: &str = "同级标题应从头连续编号；如少写了一段，请补上。";
const HINT_STYLE: &str = "标题依次写作：一、（一）1.（1）。";

/// How a paragraph begins, as far as it matters for the order of headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Opening {
    /// With the number of a heading.
    Number {
        /// The number.
        mark: Mark,
        /// Whether the heading is a sentence by itself.
        is_sentence: bool,
    },
    /// With words.
    Words {
        /// Whether a list may begin behind them.
        introduces: bool,
        /// Whether there are none.
        is_blank: bool,
    },
}

impl Default for Opening {
    fn default() -> Self {
        Self::Words { introduces: false, is_blank: true }
    }
}

impl Opening {
    /// The number of the heading, if it is one.
    pub(super) fn mark(&self) -> Option<&Mark> {
        match self {
            Self::Number { mark, .. } => Some(mark),
            Self::Words { .. } => None,
        }
    }
}

/// How a line begins.
pub(super) fn read(line: &Line) -> Opening {
    match Mark::of(line) {
        Some(mark) => Opening::Number { mark, is_sentence: line.text.trim_end().ends_with(['。', '；']) },
        None => Opening::Words { introduces: introduces(line.text), is_blank: line.text.trim().is_empty() },
    }
}

pub(super) fn check(setting: &Setting, paragraphs: &[Piece], remarks: &mut Vec<Remark>) {
    let section = setting.form.section_of_text(setting.text);
    let own = section.and_then(|section| chinese::read(&section.number));
    let mut marks = paragraphs.iter().filter_map(|(_, paragraph)| paragraph.opening.mark());
    let has_wide_details = marks.any(|mark| mark.level == Level::Detail && !mark.is_half && mark.number > 0);
    let mut order = Order { own, ..Order::default() };
    for (start, paragraph) in paragraphs {
        let (mark, is_sentence) = match &paragraph.opening {
            Opening::Number { mark, is_sentence } => (mark, *is_sentence),
            Opening::Words { introduces, is_blank } => {
                order.is_introduced |= introduces;
                order.is_adjacent &= is_blank;
                continue;
            }
        };
        let verdict = order.take(mark);
        order.is_adjacent = is_sentence;
        // Brackets around a digit may be half-width where all of them are.
        let is_half = mark.is_half && (mark.level != Level::Detail || has_wide_details);
        let (level, number) = verdict.becomes.unwrap_or((mark.level, mark.number));
        let separator = order.separator_of(mark, level);
        let is_mixed = verdict.problem.is_none() && separator != mark.separator && level == mark.level;
        let message = match (&verdict.problem, mark.is_dash, is_half, is_mixed) {
            (Some(problem), ..) => problem.clone(),
            (None, true, ..) => format!("标题序号“{}”写的是横线，应为“一”。", mark.written),
            (None, _, true, _) => format!("标题序号“{}”用了半角括号。", mark.written),
            (None, _, _, true) => format!("标题序号“{}”与前面同级的写法不一。", mark.written),
            _ => continue,
        };
        let hint = if verdict.problem.is_some() { HINT_ORDER } else { HINT_STYLE };
        let right = level.write(number, separator, mark.is_half && !is_half);
        let can_mend = verdict.problem.is_none() || verdict.becomes.is_some();
        let fix = (can_mend && right != mark.written).then(|| replace(mark.range.clone(), &right));
        remarks.push(remark(Topic::Heading, mark.range.clone(), message, hint, fix).moved_by(*start));
    }
}

/// What is known of the headings above.
#[derive(Default)]
struct Order {
    /// The section's own number, with which a text may begin.
    own: Option<u32>,
    /// Levels in the order in which they first appeared: the first are the parents of the later ones, whatever the
    /// usual order is.
    ranks: Vec<Level>,
    /// The last number of each level below the present parent.
    current: [Option<u32>; 4],
    /// The last number of each level below an earlier parent; numbers that run on are right as well.
    earlier: [Option<u32>; 4],
    /// What stands behind the digit in the first heading of the list.
    separators: [Option<char>; 4],
    /// Whether a paragraph without a number introduced a new list since the last heading.
    is_introduced: bool,
    /// Whether nothing stands behind the last heading, which is a sentence by itself.
    is_adjacent: bool,
}

/// What is to be said of a heading.
#[derive(Default)]
struct Verdict {
    problem: Option<String>,
    becomes: Option<(Level, u32)>,
}

impl Order {
    fn take(&mut self, mark: &Mark) -> Verdict {
        let verdict = self.judge(mark);
        let (level, number) = match verdict.becomes {
            // A heading of the wrong level counts on its right one, or all that follow would be wrong as well.
            Some((level, number)) if level != mark.level => (level, number),
            _ => (mark.level, mark.number),
        };
        let rank = self.ranks.iter().position(|known| *known == level).unwrap_or_else(|| {
            self.ranks.push(level);
            self.ranks.len() - 1
        });
        for deeper in self.ranks.iter().skip(rank + 1) {
            let index = *deeper as usize;
            self.earlier[index] = self.current[index].take().or(self.earlier[index]);
            self.separators[index] = None;
        }
        self.current[level as usize] = Some(number);
        if number == 1 && level == mark.level {
            self.separators[level as usize] = None;
        }
        self.is_introduced = false;
        verdict
    }

    fn judge(&self, mark: &Mark) -> Verdict {
        let Mark { level, number, .. } = *mark;
        let index = level as usize;
        let said = |problem: String, becomes| Verdict { problem: Some(problem), becomes };
        let Some(last) = self.current[index] else {
            let runs_on = number > 1 && self.earlier[index] == Some(number - 1);
            let is_own = level == Level::Part && self.own == Some(number);
            if number == 1 || runs_on || is_own {
                return Verdict::default();
            }
            if let Some(other) = level.twin()
                && number > 1
                && self.current[other as usize] == Some(number - 1)
            {
                let right = other.write(number, None, false);
                let before = other.write(number - 1, None, false);
                let problem = format!("“{}”前面是“{before}”，序号应为“{right}”。", mark.written);
                return said(problem, Some((other, number)));
            }
            let first = level.write(1, mark.separator, mark.is_half);
            return said(format!("“{}”前面没有“{first}”。", mark.written), None);
        };
        let next = last.saturating_add(1);
        if number == next || (number == 1 && self.is_introduced) {
            return Verdict::default();
        }
        let before = level.write(last, mark.separator, mark.is_half);
        let right = level.write(next, mark.separator, mark.is_half);
        let becomes = Some((level, next));
        if number == last {
            return said(format!("“{}”重复，序号应为“{right}”。", mark.written), becomes);
        }
        if number > next {
            return said(format!("“{before}”之后是“{}”，缺“{right}”。", mark.written), becomes);
        }
        if number > 1 {
            return said(format!("“{before}”之后是“{}”，序号应为“{right}”。", mark.written), becomes);
        }
        // Lists of digits begin anew below titles that have no number.
        if matches!(level, Level::Point | Level::Detail) && !self.is_adjacent {
            return Verdict::default();
        }
        said(format!("“{before}”之后又从“{}”开始。", mark.written), None)
    }

    /// What should stand behind the digit: what stands there in the heading before it.
    fn separator_of(&mut self, mark: &Mark, level: Level) -> Option<char> {
        if level != mark.level {
            return None;
        }
        let known = &mut self.separators[level as usize];
        if known.is_none() {
            *known = mark.separator;
        }
        *known
    }
}

/// Words of a sentence behind which a list begins.
const INTRODUCES: [&str; 4] = ["以下", "如下", "下一步", "今后"];
/// Words of such a sentence that stand in others as well, and what they stand with there.
const MAY_INTRODUCE: [&str; 6] = ["措施", "问题", "不足", "方面", "具体", "改进"];
const COUNTS: [&str; 5] = ["主要", "存在", "采取", "做好", "几"];

/// Whether a line without a number may introduce a new list.
fn introduces(line: &str) -> bool {
    let text = line.trim();
    if text.is_empty() {
        return false;
    }
    let last = text.trim_end_matches(['。', '；', '！', '？']);
    let sentence = last.rsplit(['。', '！', '？']).next().unwrap_or(last);
    let is_title = text.chars().take(31).count() <= 30 && !text.ends_with(['。', '；', '！', '？', '，']);
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    text.ends_with(['：', ':'])
        || is_title
        || has(&INTRODUCES)
        || (has(&MAY_INTRODUCE) && (has(&COUNTS) || counts(sentence)))
}

/// Whether a sentence says how many things follow: 三项, 两个.
fn counts(sentence: &str) -> bool {
    let chars: Vec<char> = sentence.chars().collect();
    chars.windows(2).any(|pair| {
        matches!(pair, [number, what] if (chinese::is_numeral(*number) || *number == '两') && "个项点方条".contains(*what))
    })
}

/// Whether what follows a number in brackets makes it a reference to an article instead of a heading.
fn is_reference(next: Option<char>) -> bool {
    next.is_some_and(|c| {
        matches!(c, '项' | '款' | '条' | '至' | '、' | '，' | '和' | '或' | '及' | '号' | '）' | ')')
    })
}

/// Whether a line can go on with this behind the number: words, not figures.
fn is_title(next: Option<char>) -> bool {
    next.is_none_or(|c| is_han(c) || !(c.is_numeric() || matches!(c, '%' | '％' | '.' | '，' | '。')))
}
