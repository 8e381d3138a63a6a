//! Rules of a compiled form, and their sentences.

use super::source::SeveritySource;

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Code for people and programs, such as `T3-A`.
    pub code: String,
    /// The relation in a few words.
    pub title: String,
    /// How serious it is when it does not hold.
    pub severity: Severity,
    /// Whether it asks for something to be filled in at all.
    pub completeness: bool,
    /// Law, notice or printed remark that it follows from.
    pub basis: String,
    /// The sentence for people.
    pub message: Template,
    /// What to do about it.
    pub hint: String,
}

/// How serious it is when a rule does not hold; the two names that clerks know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 强制: must be mended.
    Mandatory,
    /// 核实: may stand with a reason.
    Verify,
}

impl Severity {
    /// The name that clerks know.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mandatory => "强制",
            Self::Verify => "核实",
        }
    }
}

impl From<SeveritySource> for Severity {
    fn from(source: SeveritySource) -> Self {
        match source {
            SeveritySource::Mandatory => Self::Mandatory,
            SeveritySource::Verify => Self::Verify,
        }
    }
}

/// A sentence with gaps, such as `{column}：左边 {left}，右边 {right}，差 {difference}。`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Gap(Gap),
}

/// What a gap in a sentence is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Left side of the comparison, in figures.
    Left,
    /// Right side of the comparison, in figures.
    Right,
    /// How far the two are apart, without sign.
    Difference,
    /// Name of the row of the cell.
    Row,
    /// Name of the column of the cell.
    Column,
    /// Name of the cell, the fact or the text.
    Place,
    /// How many cells are concerned.
    Count,
    /// Names of the columns of the cells concerned.
    Columns,
    /// What was entered.
    Entered,
    /// Why what was entered will not do.
    Reason,
}

const GAPS: [(&str, Gap); 10] = [
    ("left", Gap::Left),
    ("right", Gap::Right),
    ("difference", Gap::Difference),
    ("row", Gap::Row),
    ("column", Gap::Column),
    ("place", Gap::Place),
    ("count", Gap::Count),
    ("columns", Gap::Columns),
    ("entered", Gap::Entered),
    ("reason", Gap::Reason),
];

impl Template {
    /// Reads a sentence with gaps.
    ///
    /// # Errors
    /// The bytes of a gap that has no end or an unknown name.
    pub fn parse(text: &str) -> Result<Self, std::ops::Range<usize>> {
        let mut pieces = Vec::new();
        let mut rest = 0;
        while let Some(open) = text[rest..].find('{').map(|at| rest + at) {
            let close = text[open..].find('}').map(|at| open + at).ok_or(open..text.len())?;
            let name = &text[open + 1..close];
            let gap = GAPS.iter().find(|(known, _)| *known == name).ok_or(open..close + 1)?;
            pieces.push(Piece::Words(text[rest..open].to_owned()));
            pieces.push(Piece::Gap(gap.1));
            rest = close + 1;
        }
        pieces.push(Piece::Words(text[rest..].to_owned()));
        Ok(Self(pieces))
    }

    /// The sentence with its gaps filled.
    pub fn fill(&self, mut value: impl FnMut(Gap) -> String) -> String {
        self.0.iter().fold(String::new(), |mut sentence, piece| {
            match piece {
                Piece::Words(words) => sentence.push_str(words),
                Piece::Gap(gap) => sentence.push_str(&value(*gap)),
            }
            sentence
        })
    }

    /// The names of all gaps, for messages about a wrong one.
    pub fn gap_names() -> impl Iterator<Item = &'static str> {
        GAPS.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_and_unknown_ones_refused() {
        let template = Template::parse("{row}：{left}，差 {difference}。").unwrap();
        let filled = template.fill(|gap| format!("<{gap:?}>"));
        assert_eq!(filled, "<Row>：<Left>，差 <Difference>。");
        assert_eq!(Template::parse("共{lft}件"), Err(3..8));
        assert_eq!(Template::parse("共{left"), Err(3..8));
    }
}
