//! What lies on a page without being part of it: fields that were filled in, and remarks.

use lopdf::{Dictionary, Object, Stream};

use super::budget::Spent;
use super::page::{Matrix, State, UNIT, Walker, times};

/// Flags of what is not seen.
const HIDDEN: i64 = 2;
const NOT_VIEWED: i64 = 32;
/// How many fields above one another may say what it holds.
const DEEPEST: usize = 12;

impl<'a> Walker<'a> {
    /// Reads what lies on a page as it is printed. A text that is not printed, such as that behind a yellow slip, is
    /// counted.
    pub(super) fn remarks(&mut self, page: &'a Dictionary, state: &State) -> Result<(), Spent> {
        let all = page.get_deref(b"Annots", self.pdf).and_then(Object::as_array);
        for remark in all.map(Vec::as_slice).unwrap_or_default() {
            self.one(remark, state)?;
        }
        Ok(())
    }

    fn one(&mut self, remark: &'a Object, state: &State) -> Result<(), Spent> {
        self.budget.steps(1)?;
        let Some(remark) = self.pdf.dereference(remark).ok().and_then(|(_, remark)| remark.as_dict().ok())
        else {
            return Ok(());
        };
        let kind = remark.get_deref(b"Subtype", self.pdf).and_then(Object::as_name).unwrap_or_default();
        let flags = remark.get_deref(b"F", self.pdf).and_then(Object::as_i64).unwrap_or_default();
        // A slip that opens says what the remark says that it belongs to; a link only leads away.
        if matches!(kind, b"Popup" | b"Link") {
            return Ok(());
        }
        let before = self.current.glyphs.len();
        if flags & (HIDDEN | NOT_VIEWED) == 0
            && let Some(look) = self.look(remark)
        {
            let mut state = state.clone();
            state.place = times(self.place(remark, look), state.place);
            self.run(look, None, &state, 1)?;
        }
        let is_printed = self.current.glyphs.len() > before;
        let is_silent = match kind {
            b"Widget" | b"FreeText" => !is_printed && self.says(remark, &[b"V", b"Contents"]),
            _ => self.says(remark, &[b"Contents"]),
        };
        self.seen.remarks += usize::from(is_silent);
        Ok(())
    }

    /// What a remark looks like.
    fn look(&self, remark: &'a Dictionary) -> Option<&'a Stream> {
        let looks = remark.get_deref(b"AP", self.pdf).ok()?.as_dict().ok()?;
        match looks.get_deref(b"N", self.pdf).ok()? {
            Object::Stream(look) => Some(look),
            Object::Dictionary(states) => {
                let state = remark.get_deref(b"AS", self.pdf).ok()?.as_name().ok()?;
                states.get_deref(state, self.pdf).ok()?.as_stream().ok()
            }
            _ => None,
        }
    }

    /// How what it looks like is laid on the page: so that its box fills that of the remark.
    fn place(&self, remark: &Dictionary, look: &Stream) -> Matrix {
        let edges = |dictionary: &Dictionary, key: &[u8], place: Matrix| {
            dictionary.get_deref(key, self.pdf).ok().and_then(|edges| self.edges(edges, place))
        };
        let (from, to) = (edges(&look.dict, b"BBox", self.matrix_of(look)), edges(remark, b"Rect", UNIT));
        let (Some([left, low, right, high]), Some([to_left, to_low, to_right, to_high])) = (from, to) else {
            return UNIT;
        };
        let scale = |from: f64, to: f64| if from > 0.0 && to > 0.0 { to / from } else { 1.0 };
        let (wide, tall) = (scale(right - left, to_right - to_left), scale(high - low, to_high - to_low));
        [wide, 0.0, 0.0, tall, to_left - left * wide, to_low - low * tall]
    }

    /// Whether a remark, or the field that it belongs to, has a text.
    fn says(&self, remark: &'a Dictionary, keys: &[&[u8]]) -> bool {
        let mut node = remark;
        for _ in 0..DEEPEST {
            let text = |key: &&[u8]| match node.get_deref(key, self.pdf) {
                // UTF-16 begins with a mark.
                Ok(Object::String(text, _)) => {
                    text.iter().any(|byte| !matches!(byte, b' ' | 0 | 0xFE | 0xFF))
                }
                _ => false,
            };
            if keys.iter().any(text) {
                return true;
            }
            let Ok(parent) = node.get_deref(b"Parent", self.pdf).and_then(Object::as_dict) else { break };
            node = parent;
        }
        false
    }
}
