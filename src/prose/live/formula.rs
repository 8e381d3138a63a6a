//! What stands between the braces, and what it amounts to.
//!
//! ```text
//! formula = sum [ "%" [ "." digit ] ] | "growth(" sum ")" [ "%" [ "." digit ] ]
//! sum     = product { ("+" | "-") product }
//! product = cell { "/" cell }
//! cell    = path | "last_year." path | "(" sum ")"
//! ```
//! Signs of full width count as their half-width form. All arithmetic is exact; only what is shown is rounded, half
//! away from zero.

use std::ops::Range;

use super::super::{Form, Values};
use super::ratio::Ratio;
use crate::model::{CellId, Place, excerpt, visible};

/// Decimals of a quotient that has no end.
const QUOTIENT_DECIMALS: u32 = 2;

/// What a live figure stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    pub(super) body: Node,
    pub(super) shape: Shape,
}

/// How the value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As a number.
    Plain,
    /// A percentage with so many decimals.
    Percent(u32),
    /// The growth against last year, as a percentage.
    Growth(u32),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Cell { cell: CellId, decimals: u8, last_year: bool },
    Join(Sign, Box<Node>, Box<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
    Over,
}

/// Why what stands between the braces is no formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LiveError {
    /// There is no `}}` before the end of the paragraph.
    #[error("缺少后面的两个花括号 }}}}")]
    Unclosed,
    /// There is nothing between the braces, or between two signs.
    #[error("{}应写一格的路径", before(.next))]
    Missing {
        /// What stands where a cell should; empty at the end.
        next: String,
    },
    /// No cell has this path.
    #[error("没有“{}”这一格", shown(.path))]
    Unknown {
        /// What was written.
        path: String,
        /// Where, in bytes of the text.
        range: Range<usize>,
    },
    /// The path names something that is not a figure.
    #[error("“{}”不是表内的数", shown(.path))]
    NotAFigure {
        /// The path.
        path: String,
    },
    /// Something is left over where the figure should end.
    #[error("不明白“{}”", shown(.rest))]
    Unexpected {
        /// What stands there.
        rest: String,
    },
    /// An opening bracket has no closing one.
    #[error("括号没有成对")]
    Bracket,
    /// Last year of last year is not at hand.
    #[error("增长率里不能再写上年的格")]
    LastYearTwice,
    /// Too many brackets inside each other.
    #[error("括号套得太多")]
    TooDeep,
    /// Too much between the braces.
    #[error("花括号里写得太长")]
    TooLong,
}

impl LiveError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unclosed => "请补上两个右花括号，或删去左花括号。",
            Self::Unknown { .. } | Self::NotAFigure { .. } => {
                "请删去后重新录入两个左花括号，从列表里选一格。"
            }
            _ => "请写成“{{格}}”“{{格 + 格}}”“{{格 / 格 %}}”或“{{growth(格)}}”。",
        }
    }
}

/// Why a formula has no value at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueError {
    /// The cell is not filled in, or is no number.
    Blank(CellId),
    /// Last year's figure of the cell is not at hand.
    NoLastYear(CellId),
    /// A division by 0.
    DivisionByZero,
    /// The growth of something that was 0.
    NothingToGrowFrom,
    /// The numbers are too large.
    TooLarge,
}

impl ValueError {
    /// The reason for people, without a full stop.
    pub fn message(self, form: &Form) -> String {
        let name = |cell| form.name(Place::Cell(cell));
        match self {
            Self::Blank(cell) => format!("“{}”还没有填，或不是数字", name(cell)),
            Self::NoLastYear(cell) => format!("没有“{}”的上年数", name(cell)),
            Self::DivisionByZero => "除数为 0".to_owned(),
            Self::NothingToGrowFrom => "上年为 0，算不出增长率".to_owned(),
            Self::TooLarge => "数值过大".to_owned(),
        }
    }

    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Blank(_) => "请填写这一格。",
            Self::NoLastYear(_) => "请打开有上年数的报告，或改写为普通数字。",
            Self::DivisionByZero | Self::NothingToGrowFrom => "请改写这一句，不用百分比。",
            Self::TooLarge => "请检查是否多打了数字。",
        }
    }

    /// Two or three characters that stand for the value which is not there.
    pub fn word(self) -> &'static str {
        match self {
            Self::Blank(_) => "未填",
            Self::NoLastYear(_) => "缺上年",
            Self::DivisionByZero | Self::NothingToGrowFrom | Self::TooLarge => "不可算",
        }
    }
}

impl Formula {
    /// What it amounts to, as shown.
    ///
    /// # Errors
    /// When a figure is not there, or the arithmetic can not be done.
    pub fn value(&self, values: &dyn Values) -> Result<String, ValueError> {
        let value = self.body.value(values, false)?;
        match self.shape {
            Shape::Plain => value.exactly().or_else(|| value.rounded(QUOTIENT_DECIMALS)),
            Shape::Percent(decimals) => value.percentage(decimals),
            Shape::Growth(decimals) => {
                let before = self.body.value(values, true)?;
                let growth = value.minus(before).ok_or(ValueError::TooLarge)?;
                if before.is_zero() {
                    return Err(ValueError::NothingToGrowFrom);
                }
                growth.over(before).and_then(|ratio| ratio.percentage(decimals))
            }
        }
        .ok_or(ValueError::TooLarge)
    }

    /// What people call it: the formula with labels in the place of paths.
    pub fn name(&self, form: &Form) -> String {
        let body = self.body.name(form);
        match self.shape {
            Shape::Plain => body,
            Shape::Percent(_) => format!("{body}（百分比）"),
            Shape::Growth(_) => format!("{body}（比上年增长）"),
        }
    }

    /// The cells that take part, each once, in the order in which they are written.
    pub fn cells(&self) -> Vec<CellId> {
        let mut cells = Vec::new();
        self.body.collect(&mut cells);
        cells
    }
}

impl Node {
    fn value(&self, values: &dyn Values, of_last_year: bool) -> Result<Ratio, ValueError> {
        match self {
            Self::Cell { cell, decimals, last_year } => {
                let found = if of_last_year || *last_year {
                    values.last_year(*cell).ok_or(ValueError::NoLastYear(*cell))?
                } else {
                    values.cell(*cell).ok_or(ValueError::Blank(*cell))?
                };
                let below = 10_i128.checked_pow((*decimals).into()).ok_or(ValueError::TooLarge)?;
                Ratio::new(found.into(), below).ok_or(ValueError::TooLarge)
            }
            Self::Join(sign, left, right) => {
                let (left, right) = (left.value(values, of_last_year)?, right.value(values, of_last_year)?);
                let joined = match sign {
                    Sign::Plus => left.plus(right),
                    Sign::Minus => left.minus(right),
                    Sign::Over if right.is_zero() => return Err(ValueError::DivisionByZero),
                    Sign::Over => left.over(right),
                };
                joined.ok_or(ValueError::TooLarge)
            }
        }
    }

    fn name(&self, form: &Form) -> String {
        match self {
            Self::Cell { cell, last_year, .. } => {
                let name = form.name(Place::Cell(*cell));
                if *last_year { format!("上年{name}") } else { name }
            }
            Self::Join(sign, left, right) => {
                let bracketed = |node: &Self, needed: bool| {
                    let name = node.name(form);
                    if needed { format!("({name})") } else { name }
                };
                let is_sum = |node: &Self| matches!(node, Self::Join(Sign::Plus | Sign::Minus, ..));
                let is_join = |node: &Self| matches!(node, Self::Join(..));
                let over = *sign == Sign::Over;
                let before = bracketed(left, over && is_sum(left));
                let after = bracketed(right, if over { is_join(right) } else { is_sum(right) });
                let sign = match sign {
                    Sign::Plus => '+',
                    Sign::Minus => '-',
                    Sign::Over => '/',
                };
                format!("{before} {sign} {after}")
            }
        }
    }

    fn collect(&self, cells: &mut Vec<CellId>) {
        match self {
            Self::Cell { cell, .. } if cells.contains(cell) => {}
            Self::Cell { cell, .. } => cells.push(*cell),
            Self::Join(_, left, right) => {
                left.collect(cells);
                right.collect(cells);
            }
        }
    }

    pub(super) fn has_last_year(&self) -> bool {
        match self {
            Self::Cell { last_year, .. } => *last_year,
            Self::Join(_, left, right) => left.has_last_year() || right.has_last_year(),
        }
    }
}

fn before(next: &str) -> String {
    if next.is_empty() { String::new() } else { format!("“{}”之前", shown(next)) }
}

fn shown(text: &str) -> String {
    visible(&excerpt(text, 40)).into_owned()
}
