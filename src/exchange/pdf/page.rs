//! The glyphs of a page, at their positions.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream};

use super::budget::{Budget, Spent, is_cut};
use super::cmap::CMap;
use super::font::{self, Font};
use super::words::{Operand, Words};
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

/// What is printed on a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its signs in the order in which they are printed.
    pub(super) glyphs: Vec<Glyph>,
    /// Places of its contents that could not be read.
    pub(super) damaged: usize,
}

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
    /// Texts of fields and remarks that are not printed as part of the page.
    pub(super) remarks: usize,
}

/// Goes through the contents of pages.
pub(super) struct Walker<'a> {
    pub(super) pdf: &'a Pdf,
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    /// The maps of fonts, of which many may share one; none where it can not be read.
    maps: HashMap<ObjectId, Option<Rc<CMap>>>,
    missing: Rc<Font>,
    pub(super) budget: Budget,
    /// What the current page has so far, and the edges of its paper.
    pub(super) current: Page,
    paper: Option<[f64; 4]>,
    /// What was met so far.
    pub(super) seen: Seen,
}

/// Signs that one page may have; the fullest ones have some thousands.
pub(super) const MOST_SIGNS: usize = 200_000;
/// The part of what may be unpacked that contents of pages may have, as signs take more room than they are written in.
pub(super) const PART_OF_UNPACKED: u64 = 4;
/// Bytes that a font counts for, and how much longer than its text a map is when it is read.
const FONT: usize = 4 << 10;
const MAP_GROWS: usize = 4;
/// How deep contents may call others, and how many states they may keep.
const DEEPEST: usize = 12;
const MOST_STATES: usize = 256;

/// Rows of a matrix that maps points: `[a b c d e f]` as in the file.
pub(super) type Matrix = [f64; 6];
pub(super) const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

#[derive(Clone)]
pub(super) struct State {
    pub(super) place: Matrix,
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
        let bytes = usize::try_from(limits.unpacked / PART_OF_UNPACKED).unwrap_or(usize::MAX);
        Self {
            pdf,
            fonts: HashMap::new(),
            maps: HashMap::new(),
            missing: Rc::new(Font::missing()),
            budget: Budget::new(bytes),
            current: Page::default(),
            paper: None,
            seen: Seen::default(),
        }
    }

    /// What is printed on a page.
    pub(super) fn page(&mut self, id: ObjectId) -> Result<Page, Spent> {
        self.current = Page::default();
        let Ok(page) = self.pdf.get_dictionary(id) else {
            return Ok(Page { damaged: 1, ..Page::default() });
        };
        let content = self.contents(page)?;
        let resources = self.inherited(page, b"Resources").and_then(|object| object.as_dict().ok());
        let turn =
            self.inherited(page, b"Rotate").and_then(|object| object.as_i64().ok()).unwrap_or_default();
        let place = match turn.rem_euclid(360) {
            90 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
            180 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
            270 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            _ => UNIT,
        };
        let paper = self.inherited(page, b"MediaBox").and_then(|edges| self.edges(edges, place));
        // Paper on which nothing could be read is a mistake of the program that wrote the file.
        self.paper = paper.filter(|[left, low, right, high]| right - left > 20.0 && high - low > 20.0);
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
        self.content(&content, resources, state.clone(), 0)?;
        self.remarks(page, &state)?;
        Ok(std::mem::take(&mut self.current))
    }

    /// The contents of a page, one behind the other.
    fn contents(&mut self, page: &'a Dictionary) -> Result<Vec<u8>, Spent> {
        let parts = match page.get_deref(b"Contents", self.pdf) {
            Ok(Object::Array(parts)) => parts.as_slice(),
            Ok(part) => std::slice::from_ref(part),
            Err(_) => {
                self.current.damaged += usize::from(page.has(b"Contents"));
                &[]
            }
        };
        let mut all = Vec::new();
        for part in parts {
            self.budget.steps(1)?;
            let stream = self.pdf.dereference(part).ok().and_then(|(_, part)| part.as_stream().ok());
            match stream {
                Some(stream) => all.extend(self.unpack(stream)?),
                None => self.current.damaged += 1,
            }
            all.push(b'\n');
        }
        Ok(all)
    }

    pub(super) fn content(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        mut state: State,
        depth: usize,
    ) -> Result<(), Spent> {
        let mut kept = Vec::new();
        let mut pen = Pen { sign: UNIT, line: UNIT };
        let mut words = Words::new(content);
        for operation in words.by_ref() {
            self.budget.steps(1 + operation.cost / 4)?;
            let operands = operation.operands.as_slice();
            let number = |index: usize| operands.get(index).and_then(Operand::number);
            let first = number(0).unwrap_or_default();
            match operation.word {
                b"q" if kept.len() < MOST_STATES => kept.push(state.clone()),
                b"Q" => state = kept.pop().unwrap_or(state),
                b"cm" => state.place = times(matrix(operands.iter().map(Operand::number)), state.place),
                b"BT" => pen = Pen { sign: UNIT, line: UNIT },
                b"Tf" => {
                    let name = operands.first().and_then(Operand::name);
                    state.font = name.map(|name| self.font(name, resources)).transpose()?.flatten();
                    state.size = number(1).unwrap_or_default();
                }
                b"Tc" => state.spacing = first,
                b"Tw" => state.word_spacing = first,
                b"Tz" => state.stretch = first / 100.0,
                b"TL" => state.leading = first,
                b"Ts" => state.rise = first,
                b"Tr" => state.mode = first as i64,
                b"Td" => pen.next_line(first, number(1).unwrap_or_default()),
                b"TD" => {
                    state.leading = -number(1).unwrap_or_default();
                    pen.next_line(first, number(1).unwrap_or_default());
                }
                b"Tm" => {
                    let place = matrix(operands.iter().map(Operand::number));
                    pen = Pen { sign: place, line: place };
                }
                b"T*" => pen.next_line(0.0, -state.leading),
                b"Tj" | b"TJ" => self.show(operands, &state, &mut pen)?,
                b"'" | b"\"" => {
                    if let (b"\"", Some(between)) = (operation.word, number(1)) {
                        (state.word_spacing, state.spacing) = (first, between);
                    }
                    pen.next_line(0.0, -state.leading);
                    let text = operands.get(operands.len().saturating_sub(1)..).unwrap_or_default();
                    self.show(text, &state, &mut pen)?;
                }
                b"Do" => self.call(operands, resources, &state, depth)?,
                b"BI" => self.seen.pictures += 1,
                _ => {}
            }
        }
        self.current.damaged += words.damaged;
        Ok(())
    }

    /// Prints texts, and moves by the numbers between them.
    fn show(&mut self, operands: &[Operand], state: &State, pen: &mut Pen) -> Result<(), Spent> {
        let missing = Rc::clone(&self.missing);
        let font = state.font.as_ref().unwrap_or(&missing);
        for operand in operands {
            match operand {
                Operand::List(inner) if !inner.iter().any(|operand| matches!(operand, Operand::List(_))) => {
                    self.show(inner, state, pen)?;
                }
                Operand::Text(text) => {
                    for sign in font.signs(text) {
                        self.budget.steps(1)?;
                        self.print(sign.text, sign.width, font.vertical, state, pen)?;
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
                    let back = other.number().unwrap_or_default() / 1000.0 * state.size;
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

    fn print(
        &mut self,
        text: Option<String>,
        width: f64,
        vertical: bool,
        state: &State,
        pen: &Pen,
    ) -> Result<(), Spent> {
        // In a line from top to bottom a sign hangs below its point, in the middle.
        let (left, low) = if vertical { (-width / 2.0, -0.88) } else { (0.0, 0.0) };
        let measure = [state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise];
        let place = times(times([1.0, 0.0, 0.0, 1.0, left, low], measure), times(pen.sign, state.place));
        let [right, slant, lean, up, x, y] = place;
        let size = lean.hypot(up);
        let end = x + width * right;
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            return Ok(());
        }
        let is_off = |[left, low, right, high]: [f64; 4]| {
            end < left - size || x > right + size || y < low - size || y > high + size
        };
        let is_nowhere = !place.iter().chain([&size, &end]).all(|value| value.is_finite());
        if is_nowhere || matches!(state.mode, 3 | 7) || size < 0.5 || self.paper.is_some_and(is_off) {
            self.seen.invisible += 1;
        } else if right <= 0.0 || slant.abs() > right / 4.0 || up <= 0.0 {
            self.seen.turned += 1;
        } else {
            self.seen.glyphs += 1;
            self.seen.unknown += usize::from(text.is_none());
            let text = text.unwrap_or_else(|| "\u{fffd}".to_owned());
            if self.current.glyphs.len() >= MOST_SIGNS {
                return Err(Spent::Signs);
            }
            self.current.glyphs.push(Glyph { x, end, y, size, text });
        }
        Ok(())
    }

    /// Runs another content in the place of a name.
    fn call(
        &mut self,
        operands: &[Operand],
        resources: Option<&'a Dictionary>,
        state: &State,
        depth: usize,
    ) -> Result<(), Spent> {
        let name = operands.first().and_then(Operand::name).unwrap_or_default();
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
            self.current.damaged += 1;
            return Ok(());
        }
        self.run(stream, resources, state, depth + 1)
    }

    /// Runs a content that stands for itself.
    pub(super) fn run(
        &mut self,
        stream: &'a Stream,
        resources: Option<&'a Dictionary>,
        state: &State,
        depth: usize,
    ) -> Result<(), Spent> {
        let content = self.unpack(stream)?;
        let own = stream.dict.get_deref(b"Resources", self.pdf).and_then(Object::as_dict).ok();
        let mut state = state.clone();
        state.place = times(self.matrix_of(stream), state.place);
        self.content(&content, own.or(resources), state, depth)
    }

    /// How a content that stands for itself is laid on the page.
    pub(super) fn matrix_of(&self, stream: &Stream) -> Matrix {
        let numbers = stream.dict.get_deref(b"Matrix", self.pdf).and_then(Object::as_array);
        matrix(
            numbers.map(Vec::as_slice).unwrap_or_default().iter().map(|number| font::value(number, self.pdf)),
        )
    }

    /// What a stream holds, as far as it can be read.
    fn unpack(&mut self, stream: &Stream) -> Result<Vec<u8>, Spent> {
        let content = self.budget.unpack(stream)?;
        let damaged = content.as_ref().is_none_or(|content| is_cut(stream, content));
        self.current.damaged += usize::from(damaged);
        Ok(content.unwrap_or_default())
    }

    fn font(&mut self, name: &[u8], resources: Option<&'a Dictionary>) -> Result<Option<Rc<Font>>, Spent> {
        let font = self.resource(resources, b"Font", name).and_then(|font| font.as_dict().ok());
        let Some(font) = font else { return Ok(None) };
        if let Some(known) = self.fonts.get(&std::ptr::from_ref(font)) {
            return Ok(Some(Rc::clone(known)));
        }
        self.budget.bytes(FONT)?;
        let map = self.map(font)?;
        let read = Rc::new(Font::read(font, map, self.pdf, &mut self.budget)?);
        self.fonts.insert(std::ptr::from_ref(font), Rc::clone(&read));
        Ok(Some(read))
    }

    /// The map of a font, which is read once for all that share it.
    fn map(&mut self, font: &'a Dictionary) -> Result<Option<Rc<CMap>>, Spent> {
        let (id, stream) = match font.get(b"ToUnicode").and_then(|map| self.pdf.dereference(map)) {
            Ok((Some(id), Object::Stream(stream))) => (id, stream),
            Ok((_, Object::Name(name)))
                if name.starts_with(b"Identity") && font::is_composite(font, self.pdf) =>
            {
                return Ok(Some(Rc::new(CMap::identity())));
            }
            _ => return Ok(None),
        };
        if let Some(known) = self.maps.get(&id) {
            return Ok(known.clone());
        }
        let mut map = None;
        if let Some(text) = self.budget.unpack(stream)? {
            self.budget.bytes(text.len().saturating_mul(MAP_GROWS))?;
            map = Some(Rc::new(CMap::read(&text)));
        }
        self.maps.insert(id, map.clone());
        Ok(map)
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

impl Walker<'_> {
    /// The edges of a box in the place of a page: left, low, right and high.
    pub(super) fn edges(&self, object: &Object, place: Matrix) -> Option<[f64; 4]> {
        let numbers: Vec<f64> =
            object.as_array().ok()?.iter().filter_map(|number| font::value(number, self.pdf)).collect();
        let [x, y, other_x, other_y] = *numbers.as_slice() else { return None };
        let corners = [[x, y], [other_x, y], [x, other_y], [other_x, other_y]];
        let corners = corners.map(|[x, y]| times([1.0, 0.0, 0.0, 1.0, x, y], place));
        let edges = corners.iter().fold(
            [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY],
            |[left, low, right, high], [_, _, _, _, x, y]| {
                [left.min(*x), low.min(*y), right.max(*x), high.max(*y)]
            },
        );
        edges.iter().all(|edge| edge.is_finite()).then_some(edges)
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
pub(super) fn times(m: Matrix, n: Matrix) -> Matrix {
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
fn matrix(numbers: impl Iterator<Item = Option<f64>>) -> Matrix {
    let numbers: Vec<f64> = numbers.map(Option::unwrap_or_default).take(UNIT.len() + 1).collect();
    numbers.try_into().unwrap_or(UNIT)
}
