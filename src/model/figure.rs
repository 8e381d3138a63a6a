//! The content of one cell.

use super::number::{self, Precision, ReadError};

/// What stands in a cell. Blank, zero and unreadable input are three different things.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Figure {
    /// Nothing was entered.
    #[default]
    Blank,
    /// A number in units of the cell's [`Precision`]: 12 件 is 12, 7730.28 万元 at six decimals is 7 730 280 000.
    Number(i64),
    /// What was typed but can not be read as a number. It is kept, shown and marked, never thrown away.
    Unread(String),
}

impl Figure {
    /// Reads what was typed into a cell of the given precision; never fails.
    pub fn read(text: &str, precision: Precision) -> Self {
        Self::of(text, number::read(text, precision))
    }

    /// Reads what stands in a document; never fails. Sums are for typing: here they stay as they are.
    pub fn read_printed(text: &str, precision: Precision) -> Self {
        Self::of(text, number::read_printed(text, precision))
    }

    /// The number, if there is one.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Blank | Self::Unread(_) => None,
        }
    }

    /// Whether nothing was entered.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    fn of(text: &str, read: Result<i64, ReadError>) -> Self {
        match read {
            Ok(number) => Self::Number(number),
            Err(ReadError::Empty) => Self::Blank,
            Err(_) => Self::Unread(text.trim().to_owned()),
        }
    }

    /// The figure as a person types it: empty when blank, without thousands separators.
    pub fn as_typed(&self, precision: Precision) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Number(number) => number::print(*number, precision),
            Self::Unread(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_zero_and_unreadable_are_three_things() {
        assert_eq!(Figure::read("  ", Precision::WHOLE), Figure::Blank);
        assert_eq!(Figure::read("0", Precision::WHOLE), Figure::Number(0));
        assert_eq!(Figure::read("/", Precision::WHOLE), Figure::Unread("/".to_owned()));
    }

    #[test]
    fn what_is_printed_is_not_reckoned() {
        for text in ["3-5", "3+2", "2020-12-31", "0533-3241", "增3减2", "１－２"] {
            assert_eq!(
                Figure::read_printed(text, Precision::WHOLE),
                Figure::Unread(text.to_owned()),
                "{text}"
            );
        }
        for (text, number) in [("-3", -3), ("减4", -4), ("＋5", 5), (" 1,234 ", 1234)] {
            assert_eq!(Figure::read_printed(text, Precision::WHOLE), Figure::Number(number), "{text}");
        }
        assert_eq!(Figure::read_printed(" ", Precision::WHOLE), Figure::Blank);
    }

    #[test]
    fn what_is_typed_again_reads_the_same() {
        for text in ["", "0", "-4", "7730.28", "22（其中修订16件）"] {
            let figure = Figure::read(text, Precision::MONEY);
            assert_eq!(Figure::read(&figure.as_typed(Precision::MONEY), Precision::MONEY), figure, "{text}");
        }
    }
}
