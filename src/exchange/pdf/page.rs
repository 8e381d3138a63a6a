//! The glyphs of a page, at their positions.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::Content;
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream};

use super::font::Font;
use crate::exchange::limits::Limits;

/// One sign as it is printed. Measures are in points, heights grow upward.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Where it begins, from the left.
    pub(super) x: f64,
    /// Where the next one would begin.
    pub(super) end: f64,
    /// The height of the line it stands on.
    pub(super) y: f64,
    /// How large it is.
    pub(super) size: f64,
    /// What it is.
    pub(super) text: String,
}

/// The file asks for more work than any honest one.
#[derive(Debug)]
pub(super) struct Spent;

/// What was met on all pages so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Signs that are printed upright, the unknown ones included.
    pub(super) glyphs: usize,
    /// Signs of which the file does not say what they are.
    pub(super) unknown: usize,
    /// Signs that are not printed upright; they are left out.
    pub(super) turned: usize,
    /// Signs that are not printed at all; they are left out.
    pub(super) invisible: usize,
    /// Pictures.
    pub(super) pictures: usize,
}

/// Goes through the contents of pages.
pub(super) struct Walker<'a> {
    pdf: &'a Pdf,
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    /// Bytes of contents, and steps, that may still be taken.
    bytes: usize,
    steps: usize,
    /// What was met so far.
    pub(super) seen: Seen,
}

/// Steps and signs that one file may have; the longest reports have some ten thousands.
const MOST_STEPS: usize = 4_000_000;
/// How deep contents may call others, and how many states they may keep.
const DEEPEST: usize = 12;
const MOST_STATES: usize = 256;

/// Rows of a matrix that maps points: `[a b c d e f]` as in the file.
type Matrix = [f64; 6];
const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

/// Where the next sign goes, and where its line began.
struct Pen {
    sign: Matrix,
    line: Matrix,
}

impl<'a> Walker<'a> {
    pub(super) fn new(pdf: &'a Pdf, limits: &Limits) -> Self {
        let bytes = usize::try_from(limits.unpacked / 4).unwrap_or(usize::MAX);
        Self { pdf, fonts: HashMap::new(), bytes, steps: MOST_STEPS, seen: Seen::default() }
    }

    /// The signs of a page in the order in which they are printed.
    pub(super) fn page(&mut self, id: ObjectId) -> Result<Vec<Glyph>, Spent> {
        let mut glyphs = Vec::new();
        let Ok(page) = self.pdf.get_dictionary(id) else { return Ok(glyphs) };
        let content = self.pdf.get_page_content_with_limit(id, self.bytes).map_err(|_| Spent)?;
        let resources = self.inherited(page, b"Resources").and_then(|object| object.as_dict().ok());
        let turn =
            self.inherited(page, b"Rotate").and_then(|object| object.as_i64().ok()).unwrap_or_default();
        let place = match turn.rem_euclid(360) {
            90 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
            180 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
            270 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            _ => UNIT,
        };
        let state = State {
            place,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        self.content(&content, resources, state, 0, &mut glyphs)?;
        Ok(glyphs)
    }

    fn content(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        mut state: State,
        depth: usize,
        glyphs: &mut Vec<Glyph>,
    ) -> Result<(), Spent> {
        self.bytes = self.bytes.checked_sub(content.len()).ok_or(Spent)?;
        let mut kept = Vec::new();
        let mut pen = Pen { sign: UNIT, line: UNIT };
        for operation in Content::decode_iter(content).map_while(Result::ok) {
            self.steps = self.steps.checked_sub(1).ok_or(Spent)?;
            let operands = operation.operands.as_slice();
            let number =
                |index: usize| operands.get(index).and_then(|object| object.as_float().ok()).map(f64::from);
            let first = number(0).unwrap_or_default();
            match operation.operator.as_str() {
                "q" if kept.len() < MOST_STATES => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => state.place = times(matrix(operands), state.place),
                "BT" => pen = Pen { sign: UNIT, line: UNIT },
                "Tf" => {
                    state.font = operands.first().and_then(|name| self.font(name, resources));
                    state.size = number(1).unwrap_or_default();
                }
                "Tc" => state.spacing = first,
                "Tw" => state.word_spacing = first,
                "Tz" => state.stretch = first / 100.0,
                "TL" => state.leading = first,
                "Ts" => state.rise = first,
                "Tr" => state.mode = first as i64,
                "Td" => pen.next_line(first, number(1).unwrap_or_default()),
                "TD" => {
                    state.leading = -number(1).unwrap_or_default();
                    pen.next_line(first, number(1).unwrap_or_default());
                }
                "Tm" => pen = Pen { sign: matrix(operands), line: matrix(operands) },
                "T*" => pen.next_line(0.0, -state.leading),
                "Tj" | "TJ" => self.show(operands, &state, &mut pen, glyphs)?,
                "'" | "\"" => {
                    if let ("\"", Some(between)) = (operation.operator.as_str(), number(1)) {
                        (state.word_spacing, state.spacing) = (first, between);
                    }
                    pen.next_line(0.0, -state.leading);
                    self.show(
                        operands.get(operands.len().saturating_sub(1)..).unwrap_or_default(),
                        &state,
                        &mut pen,
                        glyphs,
                    )?;
                }
                "Do" => self.call(operands, resources, &state, depth, glyphs)?,
                "BI" => self.seen.pictures += 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// Prints texts, and moves by the numbers between them.
    fn show(
        &mut self,
        objects: &[Object],
        state: &State,
        pen: &mut Pen,
        glyphs: &mut Vec<Glyph>,
    ) -> Result<(), Spent> {
        let Some(font) = &state.font else { return Ok(()) };
        for object in objects {
            match object {
                Object::Array(inner) if inner.iter().all(|object| object.as_array().is_err()) => {
                    self.show(inner, state, pen, glyphs)?;
                }
                Object::String(text, _) => {
                    for sign in font.signs(text) {
                        self.steps = self.steps.checked_sub(1).ok_or(Spent)?;
                        self.print(sign.text, sign.width, state, pen, glyphs);
                        let word = if sign.is_blank { state.word_spacing } else { 0.0 };
                        let between = state.spacing + word;
                        if font.vertical {
                            pen.go(0.0, between - state.size);
                        } else {
                            pen.go((sign.width * state.size + between) * state.stretch, 0.0);
                        }
                    }
                }
                other => {
                    let back = f64::from(other.as_float().unwrap_or_default()) / 1000.0 * state.size;
                    if font.vertical {
                        pen.go(0.0, -back);
                    } else {
                        pen.go(-back * state.stretch, 0.0);
                    }
                }
            }
        }
        Ok(())
    }

    fn print(&mut self, text: Option<String>, width: f64, state: &State, pen: &Pen, glyphs: &mut Vec<Glyph>) {
        let vertical = state.font.as_ref().is_some_and(|font| font.vertical);
        // In a line from top to bottom a sign hangs below its point, in the middle.
        let (left, low) = if vertical { (-width / 2.0, -0.88) } else { (0.0, 0.0) };
        let measure = [state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise];
        let place = times(times([1.0, 0.0, 0.0, 1.0, left, low], measure), times(pen.sign, state.place));
        let [right, slant, lean, up, x, y] = place;
        let size = lean.hypot(up);
        let blank = text.as_ref().is_some_and(|text| text.trim().is_empty());
        if blank || !place.iter().all(|value| value.is_finite()) {
            return;
        }
        if matches!(state.mode, 3 | 7) || size < 0.5 {
            self.seen.invisible += 1;
        } else if right <= 0.0 || slant.abs() > right / 4.0 || up <= 0.0 {
            self.seen.turned += 1;
        } else {
            self.seen.glyphs += 1;
            self.seen.unknown += usize::from(text.is_none());
            let text = text.unwrap_or_else(|| "\u{fffd}".to_owned());
            glyphs.push(Glyph { x, end: x + width * right, y, size, text });
        }
    }

    /// Runs another content in the place of a name.
    fn call(
        &mut self,
        operands: &[Object],
        resources: Option<&'a Dictionary>,
        state: &State,
        depth: usize,
        glyphs: &mut Vec<Glyph>,
    ) -> Result<(), Spent> {
        let name = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
        let Some(stream) =
            self.resource(resources, b"XObject", name).and_then(|object| object.as_stream().ok())
        else {
            return Ok(());
        };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
            self.seen.pictures += 1;
            return Ok(());
        }
        if depth >= DEEPEST {
            return Ok(());
        }
        let content = self.unpack(stream)?;
        let own = stream.dict.get_deref(b"Resources", self.pdf).and_then(Object::as_dict).ok();
        let mut state = state.clone();
        if let Ok(numbers) = stream.dict.get_deref(b"Matrix", self.pdf).and_then(Object::as_array) {
            state.place = times(matrix(numbers), state.place);
        }
        self.content(&content, own.or(resources), state, depth + 1, glyphs)
    }

    fn unpack(&self, stream: &Stream) -> Result<Vec<u8>, Spent> {
        match stream.get_plain_content_with_limit(self.bytes) {
            Ok(content) => Ok(content),
            Err(lopdf::Error::Decompress(_)) => Err(Spent),
            Err(_) => Ok(Vec::new()),
        }
    }

    fn font(&mut self, name: &Object, resources: Option<&'a Dictionary>) -> Option<Rc<Font>> {
        let font = self.resource(resources, b"Font", name.as_name().ok()?)?.as_dict().ok()?;
        let pdf = self.pdf;
        let read = || Rc::new(Font::read(font, pdf));
        Some(Rc::clone(self.fonts.entry(std::ptr::from_ref(font)).or_insert_with(read)))
    }

    fn resource(&self, resources: Option<&'a Dictionary>, kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        resources?.get_deref(kind, self.pdf).ok()?.as_dict().ok()?.get_deref(name, self.pdf).ok()
    }

    /// What a page says itself or takes from the pages above it.
    fn inherited(&self, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        let mut node = page;
        for _ in 0..DEEPEST {
            if let Ok(object) = node.get_deref(key, self.pdf) {
                return Some(object);
            }
            node = node.get_deref(b"Parent", self.pdf).ok()?.as_dict().ok()?;
        }
        None
    }
}

impl Pen {
    fn go(&mut self, x: f64, y: f64) {
        self.sign = times([1.0, 0.0, 0.0, 1.0, x, y], self.sign);
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.sign = self.line;
    }
}

/// First `m`, then `n`.
fn times(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

/// Six numbers as a matrix; the one that changes nothing if they are not six.
fn matrix(objects: &[Object]) -> Matrix {
    let mut matrix = UNIT;
    if objects.len() == matrix.len() {
        for (value, object) in matrix.iter_mut().zip(objects) {
            *value = f64::from(object.as_float().unwrap_or_default());
        }
    }
    matrix
}
