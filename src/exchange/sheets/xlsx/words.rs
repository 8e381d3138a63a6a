//! The words of a cell, of which some may be raised or crossed out.

use super::unescaped;
use crate::exchange::ImportError;
use crate::exchange::sheets::book::Source;
use crate::exchange::sheets::reading::Reading;
use crate::exchange::sheets::xml::{self, Piece, Xml};

/// The words of a cell or of a string that cells refer to.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    as_written: Reading,
    /// The same where the font of the cell is crossed out: only what has a font of its own is left.
    in_struck: Reading,
}

impl Words {
    /// Reads up to the end of an element.
    pub(super) fn read(xml: &mut Xml, end: &str, source: &Source) -> Result<Self, ImportError> {
        let mut words = Self::default();
        runs(xml, end, source, |run, look| {
            words.as_written.add(run, look.struck.unwrap_or(false), look.moved);
            words.in_struck.add(run, look.struck.unwrap_or(true), look.moved);
        })?;
        Ok(words)
    }

    /// What is left in a cell whose font is crossed out or not.
    pub(super) fn within(&self, struck: bool) -> Reading {
        if struck { self.in_struck.clone() } else { self.as_written.clone() }
    }
}

/// All words up to the end of an element, however they look; readings above the characters are left out.
pub(super) fn plain_text(xml: &mut Xml, end: &str, source: &Source) -> Result<String, ImportError> {
    let mut text = String::new();
    runs(xml, end, source, |run, _| text.push_str(run))?;
    Ok(text)
}

/// How a run of words looks.
#[derive(Clone, Copy, Default)]
struct Look {
    /// Whether it is crossed out; none where its cell says so.
    struck: Option<bool>,
    /// Whether it is raised or lowered.
    moved: bool,
}

fn runs(
    xml: &mut Xml,
    end: &str,
    source: &Source,
    mut each: impl FnMut(&str, Look),
) -> Result<(), ImportError> {
    let (mut run, mut inside, mut reading) = (String::new(), false, 0_usize);
    let mut look = Look::default();
    while let Some(piece) = xml.next(source)? {
        match piece {
            Piece::Start(start) => match start.local_name().as_ref() {
                "rPh" => reading += 1,
                "r" => look = Look::default(),
                "rPr" => look.struck = Some(false),
                "strike" => look.struck = Some(xml::is_on(&start)),
                "vertAlign" => {
                    look.moved = xml::attribute(&start, "val").is_some_and(|value| value != "baseline");
                }
                "t" => inside = true,
                _ => {}
            },
            Piece::End(name) if name == "rPh" => reading = reading.saturating_sub(1),
            Piece::End(name) if name == "t" => {
                inside = false;
                each(&unescaped(&run), look);
                run.clear();
            }
            Piece::End(name) if name == end => break,
            Piece::Text(more) if inside && reading == 0 => run.push_str(&more),
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(())
}
