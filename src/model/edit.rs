//! The one noun for change. Typing, undo, the journal, repairs and imports are all edits.

use std::collections::BTreeMap;

use super::{CellId, FactId, Figure, Place, Question, Report, TextId};

/// A change that can be undone: applying it gives the edit that takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Puts a figure into a cell.
    Figure {
        /// Which cell.
        cell: CellId,
        /// What stands there afterwards.
        to: Figure,
    },
    /// States a total beside the computed one.
    Stated {
        /// Which total.
        cell: CellId,
        /// What is stated afterwards; blank takes the statement back.
        to: Figure,
    },
    /// Fills in a fact of the cover.
    Fact {
        /// Which fact.
        fact: FactId,
        /// What it says afterwards.
        to: String,
    },
    /// Replaces a piece of a prose text.
    Text {
        /// Which text.
        text: TextId,
        /// Where, as a byte offset.
        at: usize,
        /// What stands there before; the edit is refused if it does not.
        removed: String,
        /// What stands there afterwards.
        inserted: String,
    },
    /// Remarks something beside the figure of a cell.
    Note {
        /// Which cell.
        cell: CellId,
        /// What is remarked afterwards; empty takes the remark away.
        to: String,
    },
    /// Gives the reason why something that looks wrong is right.
    Explain {
        /// What the reason answers.
        question: Question,
        /// The reason afterwards; empty takes it back.
        to: String,
    },
    /// Several edits as one, in this order; all or none of them happen.
    Many(Vec<Edit>),
}

/// Why an edit does not fit the report. The report is then as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The report has no such cell, text or fact.
    #[error("报告中没有这一项：{place:?}")]
    NoSuchPlace {
        /// What was asked for.
        place: Place,
    },
    /// The text to be replaced does not stand where the edit says.
    #[error("文字与修改记录不一致（第{at}字节处）")]
    TextDiffers {
        /// Which text.
        text: TextId,
        /// Where, as a byte offset.
        at: usize,
    },
}

impl Report {
    /// Makes the change and returns its inverse.
    ///
    /// # Errors
    /// If the edit does not fit this report, which is then unchanged.
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Figure { cell, to } => {
                let slot = self.figures.get_mut(cell.index()).ok_or(no_cell(*cell))?;
                Ok(Edit::Figure { cell: *cell, to: std::mem::replace(slot, to.clone()) })
            }
            Edit::Stated { cell, to } => {
                let slot = self.stated.get_mut(cell.index()).ok_or(no_cell(*cell))?;
                Ok(Edit::Stated { cell: *cell, to: std::mem::replace(slot, to.clone()) })
            }
            Edit::Fact { fact, to } => {
                let slot = self
                    .facts
                    .get_mut(fact.index())
                    .ok_or(EditError::NoSuchPlace { place: Place::Fact(*fact) })?;
                Ok(Edit::Fact { fact: *fact, to: std::mem::replace(slot, to.clone()) })
            }
            Edit::Text { text, at, removed, inserted } => self.splice(*text, *at, removed, inserted),
            Edit::Note { cell, to } => {
                if cell.index() >= self.figures.len() {
                    return Err(no_cell(*cell));
                }
                Ok(Edit::Note { cell: *cell, to: put(&mut self.notes, cell, to) })
            }
            Edit::Explain { question, to } => {
                Ok(Edit::Explain { question: question.clone(), to: put(&mut self.explained, question, to) })
            }
            Edit::Many(edits) => self.apply_all(edits),
        }
    }

    fn splice(&mut self, text: TextId, at: usize, removed: &str, inserted: &str) -> Result<Edit, EditError> {
        let content =
            self.texts.get_mut(text.index()).ok_or(EditError::NoSuchPlace { place: Place::Text(text) })?;
        let end = at.checked_add(removed.len()).ok_or(EditError::TextDiffers { text, at })?;
        if content.get(at..end) != Some(removed) {
            return Err(EditError::TextDiffers { text, at });
        }
        content.replace_range(at..end, inserted);
        Ok(Edit::Text { text, at, removed: inserted.to_owned(), inserted: removed.to_owned() })
    }

    fn apply_all(&mut self, edits: &[Edit]) -> Result<Edit, EditError> {
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    for inverse in inverses.iter().rev() {
                        // An inverse always fits the state that its edit left behind.
                        let undone = self.apply(inverse);
                        debug_assert!(undone.is_ok(), "an inverse must fit");
                    }
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::Many(inverses))
    }
}

impl Edit {
    /// What the reasons answer that the edit gives or takes back.
    pub fn questions(&self) -> Vec<&Question> {
        match self {
            Self::Explain { question, .. } => vec![question],
            Self::Many(edits) => edits.iter().flat_map(Self::questions).collect(),
            Self::Figure { .. }
            | Self::Stated { .. }
            | Self::Fact { .. }
            | Self::Text { .. }
            | Self::Note { .. } => Vec::new(),
        }
    }

    /// The first place that the edit changes, to which the screen moves after redo; none if it changes nothing.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Figure { cell, .. } | Self::Stated { cell, .. } | Self::Note { cell, .. } => {
                Some(Place::Cell(*cell))
            }
            Self::Explain { .. } => None,
            Self::Fact { fact, .. } => Some(Place::Fact(*fact)),
            Self::Text { text, .. } => Some(Place::Text(*text)),
            Self::Many(edits) => edits.iter().find_map(Self::place),
        }
    }

    /// The last place that the edit changes. An inverse runs backwards, so that after undo this is where the
    /// change had begun.
    pub fn last_place(&self) -> Option<Place> {
        match self {
            Self::Many(edits) => edits.iter().rev().find_map(Self::last_place),
            one => one.place(),
        }
    }

    /// Whether applying it would leave this report as it is.
    pub fn changes_nothing(&self, report: &Report) -> bool {
        match self {
            Self::Figure { cell, to } => report.figure(*cell) == to,
            Self::Stated { cell, to } => report.stated(*cell) == to,
            Self::Fact { fact, to } => report.fact(*fact) == to,
            Self::Text { removed, inserted, .. } => removed == inserted,
            Self::Note { cell, to } => report.note(*cell) == to,
            Self::Explain { question, to } => report.explanation(question) == to,
            Self::Many(edits) => edits.iter().all(|edit| edit.changes_nothing(report)),
        }
    }

    /// One edit that does `self` and then `next`. Runs of typing melt into a single edit, so that a step of
    /// undo stays as small as what it takes back.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        match (self, next) {
            (Self::Figure { cell, .. }, Self::Figure { cell: again, to }) if cell == again => {
                Self::Figure { cell, to }
            }
            (Self::Stated { cell, .. }, Self::Stated { cell: again, to }) if cell == again => {
                Self::Stated { cell, to }
            }
            (Self::Fact { fact, .. }, Self::Fact { fact: again, to }) if fact == again => {
                Self::Fact { fact, to }
            }
            (Self::Note { cell, .. }, Self::Note { cell: again, to }) if cell == again => {
                Self::Note { cell, to }
            }
            (Self::Explain { question, .. }, Self::Explain { question: again, to }) if question == again => {
                Self::Explain { question, to }
            }
            (first @ Self::Text { .. }, second @ Self::Text { .. }) => melt_texts(first, second),
            (Self::Many(mut edits), next) => {
                match edits.pop() {
                    None => return next,
                    Some(last) => match last.then(next) {
                        Self::Many(more) => edits.extend(more),
                        one => edits.push(one),
                    },
                }
                Self::Many(edits)
            }
            (first, Self::Many(edits)) => {
                let mut all = vec![first];
                all.extend(edits);
                Self::Many(all)
            }
            (first, second) => Self::Many(vec![first, second]),
        }
    }
}

/// Puts words under a key, none where they are empty, and gives those that were there.
fn put<K: Ord + Clone>(words: &mut BTreeMap<K, String>, key: &K, to: &str) -> String {
    let before = if to.is_empty() { words.remove(key) } else { words.insert(key.clone(), to.to_owned()) };
    before.unwrap_or_default()
}

/// Joins two replacements in the same text if the second touches the end or the start of the first, or lies
/// within what the first inserted.
fn melt_texts(first: Edit, second: Edit) -> Edit {
    if let (
        Edit::Text { text, at, removed, inserted },
        Edit::Text { text: again, at: then_at, removed: then_removed, inserted: then_inserted },
    ) = (&first, &second)
        && text == again
    {
        // The second removes only text behind the first's insertion, or only text right in front of it.
        let end = at + inserted.len();
        if *then_at == end {
            return Edit::Text {
                text: *text,
                at: *at,
                removed: format!("{removed}{then_removed}"),
                inserted: format!("{inserted}{then_inserted}"),
            };
        }
        if then_at + then_removed.len() == *at {
            return Edit::Text {
                text: *text,
                at: *then_at,
                removed: format!("{then_removed}{removed}"),
                inserted: format!("{then_inserted}{inserted}"),
            };
        }
        if *then_at >= *at && then_at + then_removed.len() <= end {
            let mut joined = inserted.clone();
            let from = then_at - at;
            joined.replace_range(from..from + then_removed.len(), then_inserted);
            return Edit::Text { text: *text, at: *at, removed: removed.clone(), inserted: joined };
        }
    }
    Edit::Many(vec![first, second])
}

fn no_cell(cell: CellId) -> EditError {
    EditError::NoSuchPlace { place: Place::Cell(cell) }
}

#[cfg(test)]
mod tests;
