//! Figures in Chinese prose, read exactly: digits of either width, separators, Chinese numerals, 万 and 亿,
//! percentages, fractions.
//!
//! What only looks like a figure is left out: ordinals, years, dates and spans of time, numbers of documents and
//! clauses, headings, telephone numbers, names such as “三安全一稳定” and turns of speech such as 四个方面.

mod chinese;
mod scan;
mod unit;

use std::ops::Range;

pub use unit::Unit;

/// One figure in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// The figure with its 万 or percent sign but without its unit, in bytes of the text.
    pub range: Range<usize>,
    /// The end of the unit, in bytes of the text; that of the figure if it has none.
    pub end: usize,
    /// What it amounts to.
    pub value: Value,
    /// What sort of figure it is.
    pub kind: Kind,
    /// The unit that follows it.
    pub unit: Option<Unit>,
    /// Whether words such as 约 or 余 say that it is not exact.
    pub approx: bool,
    /// How it is written.
    pub style: Style,
}

/// What a figure amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A number; of a percentage, the number in front of the sign.
    Exact(Decimal),
    /// One number in parts of another: 三分之一.
    Fraction {
        /// The number of parts.
        over: i64,
        /// The parts that make one.
        under: i64,
    },
}

/// A decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// The number without its decimal point.
    pub mantissa: i64,
    /// How many of its digits stand behind the point.
    pub decimals: u8,
    /// What one in the last written digit stands for, in units of `mantissa`: 1, or 1000 for 3.6万.
    pub grain: i64,
}

/// What sort of figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A number of things, or of money.
    Count,
    /// A percentage.
    Percent,
    /// A fraction.
    Fraction,
}

/// How a figure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Digits, with what separates groups of three, if anything does.
    Digits {
        /// Whether they are full-width.
        full: bool,
        /// The separator of thousands.
        separator: Option<char>,
    },
    /// Chinese numerals: 一百二十.
    Chinese,
}

/// All figures of a text, in its order.
pub fn read(text: &str) -> Vec<Numeral> {
    scan::Scanner::new(text).all()
}

/// Writes a number from 0 in a style, as [`read`] would read it. None if the style can not say it.
pub fn write(number: i64, style: Style) -> Option<String> {
    if number < 0 {
        return None;
    }
    let Style::Digits { full, separator } = style else { return chinese::write(number) };
    let plain = number.to_string();
    let mut written = String::new();
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            written.extend(separator);
        }
        written.push(if full { widened(digit) } else { digit });
    }
    Some(written)
}

impl Numeral {
    /// The decimal number that it is; none for a fraction.
    pub const fn decimal(&self) -> Option<Decimal> {
        match self.value {
            Value::Exact(decimal) => Some(decimal),
            Value::Fraction { .. } => None,
        }
    }

    /// The whole number that it is; none if it has decimals or is a percentage or fraction.
    pub fn whole(&self) -> Option<i64> {
        let decimal = self.decimal()?;
        (self.kind == Kind::Count && decimal.decimals == 0).then_some(decimal.mantissa)
    }
}

impl Decimal {
    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { mantissa: number, decimals: 0, grain: 1 }
    }

    /// The number in units of so many decimals. None if it has more, or is too large.
    pub fn scaled(self, decimals: u8) -> Option<i64> {
        let more = decimals.checked_sub(self.decimals)?;
        self.mantissa.checked_mul(10_i64.checked_pow(u32::from(more))?)
    }
}

fn widened(digit: char) -> char {
    digit.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit)).unwrap_or(digit)
}

#[cfg(test)]
mod tests;
