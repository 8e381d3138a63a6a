//! What reaches the program from outside.

mod burst;
#[cfg(not(unix))]
mod console;
mod reader;
mod signals;

use crossterm::event as terminal;

use crate::tui::key::Key;

pub use burst::{Rule, coalesce};
pub use reader::Reader;
pub use signals::Signals;

/// One thing that happened outside. Quirks of terminals and systems end here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A key was pressed or repeats.
    Key(Key),
    /// Text was pasted; its lines end in `\n`. A short one may be the commit of an input method.
    Paste(String),
    /// The window has this many columns and rows now.
    Resize(u16, u16),
    /// The system asks for something.
    Signal(Signal),
    /// The left button was pressed on this cell, counted from 0.
    Click {
        /// Column from the left.
        column: u16,
        /// Row from the top.
        row: u16,
    },
    /// The wheel was turned by one notch over this cell, counted from 0.
    Wheel {
        /// Which way.
        turn: Turn,
        /// Column from the left.
        column: u16,
        /// Row from the top.
        row: u16,
    },
}

/// Which way the wheel was turned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// Towards the start of the text.
    Up,
    /// Towards the end of the text.
    Down,
}

/// What the system asks of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// The terminal is gone: keep what was typed and leave without a word.
    Hangup,
    /// End now, in good order.
    Terminate,
    /// Interrupt from outside; Ctrl-C in the window is an ordinary key.
    Interrupt,
    /// Stop until continued.
    Suspend,
    /// The program was stopped and runs again: take the terminal over once more and repaint all.
    Continue,
}

impl Event {
    /// The event of a terminal event, if it means anything here.
    pub fn from_terminal(event: terminal::Event) -> Option<Self> {
        match event {
            terminal::Event::Key(key) => Key::from_event(&key).map(Self::Key),
            terminal::Event::Paste(text) => Some(Self::Paste(unix_lines(&text))),
            terminal::Event::Resize(columns, rows) => Some(Self::Resize(columns, rows)),
            terminal::Event::Mouse(mouse) => Self::from_mouse(mouse),
            terminal::Event::FocusGained | terminal::Event::FocusLost => None,
        }
    }

    fn from_mouse(mouse: terminal::MouseEvent) -> Option<Self> {
        let terminal::MouseEvent { column, row, .. } = mouse;
        match mouse.kind {
            terminal::MouseEventKind::Down(terminal::MouseButton::Left) => Some(Self::Click { column, row }),
            terminal::MouseEventKind::ScrollUp => Some(Self::Wheel { turn: Turn::Up, column, row }),
            terminal::MouseEventKind::ScrollDown => Some(Self::Wheel { turn: Turn::Down, column, row }),
            _ => None,
        }
    }
}

/// Pasted text with every line end, `\r\n` or `\r`, as `\n`. Terminals send `\r` where the clipboard had `\n`.
pub(in crate::tui) fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

    use super::{Event, Turn, terminal};

    fn mouse(kind: MouseEventKind) -> Option<Event> {
        let event = MouseEvent { kind, column: 7, row: 3, modifiers: KeyModifiers::NONE };
        Event::from_terminal(terminal::Event::Mouse(event))
    }

    #[test]
    fn pasted_lines_end_in_line_feeds() {
        let paste = Event::from_terminal(terminal::Event::Paste("一\r\n二\r三\n四\r\r五".into()));
        assert_eq!(paste, Some(Event::Paste("一\n二\n三\n四\n\n五".into())));
    }

    #[test]
    fn of_the_mouse_only_left_press_and_wheel_count() {
        assert_eq!(mouse(MouseEventKind::Down(MouseButton::Left)), Some(Event::Click { column: 7, row: 3 }));
        assert_eq!(mouse(MouseEventKind::ScrollUp), Some(Event::Wheel { turn: Turn::Up, column: 7, row: 3 }));
        assert_eq!(mouse(MouseEventKind::Down(MouseButton::Right)), None);
        assert_eq!(mouse(MouseEventKind::Moved), None);
        assert_eq!(Event::from_terminal(terminal::Event::FocusGained), None);
    }
}
