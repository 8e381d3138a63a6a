//! What people wrote beside cells (批注), and other things that lie on a sheet.
//!
//! Three records make a comment: an object with its number, the text of the object, and, behind all objects, which
//! cell the object of that number belongs to.

use std::collections::HashMap;

use super::{CONTINUE, Records, strings, u16_at};
use crate::exchange::ImportError;
use crate::exchange::sheets::book::{Sheet, Source};
use crate::exchange::sheets::remark::without_frame;
use crate::model::excerpt;

/// The objects of a sheet so far.
#[derive(Default)]
pub(super) struct Objects {
    /// The number of the newest object, if it is a comment.
    newest: Option<u16>,
    texts: HashMap<u16, String>,
}

/// A comment among the kinds of objects.
const COMMENT: u16 = 0x19;
/// The arrow of a list to choose from; it shows nothing that is not in the cells.
const ARROW: u16 = 0x14;
/// The box with words.
const TEXT_BOX: u16 = 0x06;

impl Objects {
    /// Takes in an object. Those that are no comment are told, but a box with words only with its words.
    pub(super) fn begin(&mut self, data: &[u8], sheet: &Sheet, source: &mut Source) {
        let kind = u16_at(data, 4);
        self.newest = u16_at(data, 6).filter(|_| kind == Some(COMMENT));
        if !matches!(kind, Some(COMMENT | ARROW | TEXT_BOX)) {
            source.lose(sheet.at(0, 0), "图片、图表或控件");
        }
    }

    /// Takes in the text of the newest object, which is in the records that continue this one.
    ///
    /// # Errors
    /// More text than the bounds allow.
    pub(super) fn text(
        &mut self,
        data: &[u8],
        records: &mut Records,
        (sheet, source): (&Sheet, &mut Source),
    ) -> Result<(), ImportError> {
        let mut left = usize::from(u16_at(data, 10).unwrap_or(0));
        let mut text = String::new();
        while left > 0
            && let Some([flags, rest @ ..]) = records.next_if(CONTINUE)
        {
            let piece = strings::characters(rest, left, *flags);
            let units = piece.encode_utf16().count();
            text.push_str(&piece);
            left = if units == 0 { 0 } else { left.saturating_sub(units) };
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        source.text(text.len())?;
        match self.newest.take() {
            Some(number) => {
                self.texts.insert(number, text);
            }
            None if text.trim().is_empty() => {}
            None => {
                let what = format!("图形里的文字“{}”", excerpt(text.trim(), 60));
                source.lose(sheet.at(0, 0), &what);
            }
        }
        Ok(())
    }

    /// Puts the text of an object beside its cell.
    ///
    /// # Errors
    /// More cells or text than the bounds allow.
    pub(super) fn note(
        &mut self,
        data: &[u8],
        sheet: &mut Sheet,
        source: &mut Source,
    ) -> Result<(), ImportError> {
        let (Some(row), Some(column), Some(number)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 6))
        else {
            return Ok(());
        };
        let Some(said) = self.texts.remove(&number) else { return Ok(()) };
        let author = strings::long(data.get(8..).unwrap_or_default());
        source.remark(sheet, (row.into(), column.into()), &without_frame(&said, &author))
    }
}
