//! What a person and the system do, written as text: readable as a seed, and easy to make something else of.
//!
//! Characters are typed as they are. In angle brackets stand keys by their name (`<ctrl-z>`), sizes of the window
//! (`<80x24>`), pasted text (`<"1\t2>`, without escapes), clicks and the wheel (`<@3,4>` `<+3,4>` `<-3,4>`), and what
//! happens to the program: `<!crash>` ends it and opens its file again, `<!heal>` has what was not saved brought back
//! too, `<!full>` fills the disk, `<!room>` frees it, `<!stop>` and `<!go>` suspend it and have it go on.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use gouji::tui::event::{Event, Signal, Turn};
use gouji::tui::key::{Key, KeyError};

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the running program.
    Event(Event),
    /// The program ends without warning and is started again.
    Crash,
    /// The same, and what was not saved is brought back.
    Heal,
    /// The disk is full, or is no longer.
    Full(bool),
}

/// The most cells of a window; no screen has more, and memory is not what is looked at here.
const MAX_CELLS: u32 = 100_000;

/// The steps of a script; nothing is a mistake in it.
pub fn steps(script: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((step, after)) = named.and_then(|(name, after)| Some((step(name)?, after))) {
            steps.push(step);
            rest = after;
            continue;
        }
        let typed = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        steps.extend(Key::from_event(&typed).map(|key| Step::Event(Event::Key(key))));
        rest = &rest[c.len_utf8()..];
    }
    steps
}

fn step(name: &str) -> Option<Step> {
    match name {
        "!crash" => return Some(Step::Crash),
        "!heal" => return Some(Step::Heal),
        "!full" => return Some(Step::Full(true)),
        "!room" => return Some(Step::Full(false)),
        "!stop" => return Some(Step::Event(Event::Signal(Signal::Suspend))),
        "!go" => return Some(Step::Event(Event::Signal(Signal::Continue))),
        _ => {}
    }
    if let Some(text) = name.strip_prefix('"') {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        return Some(Step::Event(Event::Paste(text)));
    }
    if let Some(at) = name.strip_prefix('@') {
        let (column, row) = pair(at, ',')?;
        return Some(Step::Event(Event::Click { column, row }));
    }
    for (sign, turn) in [('+', Turn::Down), ('-', Turn::Up)] {
        if let Some((column, row)) = name.strip_prefix(sign).and_then(|at| pair(at, ',')) {
            return Some(Step::Event(Event::Wheel { turn, column, row }));
        }
    }
    if let Some((width, height)) = pair(name, 'x') {
        let fits = u32::from(width) * u32::from(height) <= MAX_CELLS;
        return fits.then_some(Step::Event(Event::Resize(width, height)));
    }
    match name.parse::<Key>() {
        Ok(key) => Some(Step::Event(Event::Key(key))),
        Err(KeyError::SameAs { instead, .. }) => Some(Step::Event(Event::Key(instead.parse().ok()?))),
        Err(KeyError::Unknown(_)) => None,
    }
}

fn pair(text: &str, between: char) -> Option<(u16, u16)> {
    let (first, second) = text.split_once(between)?;
    Some((first.parse().ok()?, second.parse().ok()?))
}
