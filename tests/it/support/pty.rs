//! The real program on a pseudo terminal: keys go in, and what a user would see comes out.
//!
//! Nothing here sleeps. Everything waits for output of the program, up to a limit.

use std::fmt::Debug;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use gouji::store::atomic;
use gouji::store::files::DiskFiles;
use portable_pty::{
    ChildKiller, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};
use tempfile::TempDir;
use vt100::{Callbacks, MouseProtocolMode, Parser, Screen};

const PROGRAM: &str = env!("CARGO_BIN_EXE_gouji");

/// How long the program may take for anything; far more than it needs, since machines that test are busy.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// After so long without output a frame is complete.
const PAUSE: Duration = Duration::from_millis(50);

/// A folder in which the program is started, with a home of its own.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("home")).unwrap();
        Self(folder)
    }

    /// A desk with a copy of a draft of the repository, and the name of the copy.
    pub(crate) fn with(draft: &str) -> (Self, String) {
        let desk = Self::new();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(draft);
        let name = source.file_name().unwrap().to_str().unwrap().to_owned();
        std::fs::copy(&source, desk.path(&name)).unwrap();
        (desk, name)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file as another program would.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        atomic::save(&DiskFiles, &self.path(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs a command that must end well, and gives what it prints.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        let output = Command::new(PROGRAM).args(args).current_dir(self.0.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The screen program with these arguments, yet to be started.
    pub(crate) fn screen<'a>(&'a self, args: &[&'a str]) -> Launch<'a> {
        let answers = Answers { wide: false, held: false, ready: Vec::new() };
        Launch {
            desk: self,
            words: vec![PROGRAM.to_owned()],
            args: args.to_vec(),
            script: None,
            columns: 80,
            rows: 24,
            env: Vec::new(),
            answers,
        }
    }
}

/// How the program is to be started.
pub(crate) struct Launch<'a> {
    desk: &'a Desk,
    /// The program, and what stands before the arguments.
    words: Vec<String>,
    args: Vec<&'a str>,
    script: Option<&'a str>,
    columns: u16,
    rows: u16,
    env: Vec<(&'a str, &'a str)>,
    answers: Answers,
}

impl<'a> Launch<'a> {
    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Another program instead, with words of its own before the arguments.
    #[allow(dead_code, reason = "the tests of panics start themselves")]
    pub(crate) fn with_program(mut self, words: Vec<String>) -> Self {
        self.words = words;
        self
    }

    /// Started by a shell with job control, to which the program with its arguments is `"$0" "$@"`.
    pub(crate) fn under(mut self, script: &'a str) -> Self {
        self.script = Some(script);
        self
    }

    pub(crate) fn env(mut self, name: &'a str, value: &'a str) -> Self {
        self.env.push((name, value));
        self
    }

    /// The terminal says that characters of ambiguous width take two columns.
    pub(crate) fn wide(mut self) -> Self {
        self.answers.wide = true;
        self
    }

    /// The terminal answers only when told to, with [`Pty::type_ahead`].
    pub(crate) fn slow_to_answer(mut self) -> Self {
        self.answers.held = true;
        self
    }

    pub(crate) fn start(self) -> Pty {
        let pair = native_pty_system().openpty(size(self.columns, self.rows)).unwrap();
        let modes = pair.master.get_termios();
        let shell = self.script.map_or(Vec::new(), |script| vec!["/bin/sh", "-m", "-c", script]);
        let words = self.words.iter().map(String::as_str);
        let all: Vec<&str> = shell.into_iter().chain(words).chain(self.args).collect();
        let mut command = CommandBuilder::new(all[0]);
        command.args(&all[1..]);
        command.cwd(self.desk.0.path());
        command.env_clear();
        command.env("TERM", "xterm-256color");
        let home = self.desk.path("home");
        command.env("HOME", &home);
        for kind in ["CONFIG", "STATE", "DATA", "CACHE"] {
            command.env(format!("XDG_{kind}_HOME"), home.join(kind.to_lowercase()));
        }
        for (name, value) in self.env {
            command.env(name, value);
        }
        let mut child = pair.slave.spawn_command(command).unwrap();
        let id = child.process_id().unwrap();
        let killer = child.clone_killer();
        let mut output = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (tell, heard) = channel();
        let ended = Sender::clone(&tell);
        let closing = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&closing);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if closed.load(Ordering::SeqCst) || tell.send(Heard::Bytes(bytes[..count].to_vec())).is_err()
                {
                    return;
                }
            }
            // Nobody may be listening any more.
            let _ = tell.send(Heard::Closed);
        });
        thread::spawn(move || ended.send(Heard::Ended(child.wait().unwrap())));
        Pty {
            parser: Parser::new_with_callbacks(self.rows, self.columns, 0, self.answers),
            heard,
            killer,
            id,
            written: Vec::new(),
            modes: Box::new(move |master| assert_same(&master.get_termios(), &modes)),
            writer: Some(writer),
            slave: Some(pair.slave),
            master: Some(pair.master),
            closing,
        }
    }
}

/// Sends a signal to a process.
pub(crate) fn signal(id: u32, name: &str) {
    let status = Command::new("kill").args(["-s", name, &id.to_string()]).status().unwrap();
    assert!(status.success());
}

/// The modes of a terminal have a type of a crate that is not ours to name.
fn assert_same<T: PartialEq + Debug>(now: &T, before: &T) {
    assert_eq!(now, before, "the modes of the terminal");
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// What the threads tell that listen to the program.
enum Heard {
    Bytes(Vec<u8>),
    Ended(ExitStatus),
    Closed,
}

/// What a terminal says when it is asked.
struct Answers {
    wide: bool,
    held: bool,
    ready: Vec<u8>,
}

impl Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        mark: Option<u8>,
        _: Option<u8>,
        numbers: &[&[u16]],
        kind: char,
    ) {
        match (mark, kind, numbers.first()) {
            (None, 'n', Some([6])) => {
                // The glyph that is tried out takes one column here and two on a wide terminal.
                let (row, column) = screen.cursor_position();
                let column = column + 1 + u16::from(self.wide);
                self.ready.extend(format!("\x1b[{};{column}R", row + 1).bytes());
            }
            (None, 'c', _) => self.ready.extend(b"\x1b[?62;22c"),
            other => panic!("escape {other:?} means nothing to this terminal"),
        }
    }
}

/// The program while it runs, and the terminal around it.
pub(crate) struct Pty {
    parser: Parser<Answers>,
    heard: Receiver<Heard>,
    killer: Box<dyn ChildKiller + Send + Sync>,
    id: u32,
    written: Vec<u8>,
    /// Asserts that the terminal has the modes from before the start.
    modes: Box<ModeCheck>,
    /// None, as the master, once the window is closed.
    writer: Option<Box<dyn Write + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    /// Set when the window is closed by the next output.
    closing: Arc<AtomicBool>,
}

type ModeCheck = dyn Fn(&dyn MasterPty);

/// A program does not outlive a test that fails.
impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.killer.kill();
    }
}

impl Pty {
    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// All bytes that the program has written.
    pub(crate) fn written(&self) -> &[u8] {
        &self.written
    }

    /// Sends keys as the bytes that terminals send for them, in one write.
    pub(crate) fn send(&mut self, keys: &str) -> &mut Self {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
        self
    }

    /// Sends text as a terminal does that marks pastes.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        assert!(self.parser.screen().bracketed_paste(), "pastes are not asked to be marked");
        self.send(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Sends keys while the program still waits to be answered by the terminal, in one write with the answer.
    #[track_caller]
    pub(crate) fn type_ahead(&mut self, keys: &str) -> &mut Self {
        let deadline = Instant::now() + LIMIT;
        while self.parser.callbacks().ready.is_empty() {
            self.listen(deadline).unwrap_or_else(|why| panic!("the program asks nothing: {why}"));
        }
        let answers = self.parser.callbacks_mut();
        answers.held = false;
        let answer = String::from_utf8(std::mem::take(&mut answers.ready)).unwrap();
        self.send(&(keys.to_owned() + &answer))
    }

    /// Changes the size of the window.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.parser.screen_mut().set_size(rows, columns);
        self.master.as_ref().unwrap().resize(size(columns, rows)).unwrap();
        self
    }

    pub(crate) fn signal(&mut self, name: &str) -> &mut Self {
        signal(self.id, name);
        self
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, wanted: impl Fn(Sight) -> bool) -> &mut Self {
        let deadline = Instant::now() + LIMIT;
        while !wanted(Sight(self.parser.screen())) {
            if let Err(why) = self.listen(deadline) {
                panic!("{why} before {what}:\n{}", self.parser.screen().contents());
            }
        }
        self
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub(crate) fn wait_text(&mut self, text: &str) -> &mut Self {
        self.wait(text, |sight| sight.shows(text))
    }

    /// Waits until figures stand where they should: label of the row, label of the column, figure.
    #[track_caller]
    pub(crate) fn wait_figures(&mut self, figures: &[(&str, &str, &str)]) -> &mut Self {
        self.wait(&format!("{figures:?}"), |sight| {
            figures.iter().all(|(row, column, figure)| sight.figure(row, column).as_deref() == Some(*figure))
        })
    }

    /// Waits until nothing comes any more, so that the last frame is complete.
    #[track_caller]
    pub(crate) fn settle(&mut self) -> &mut Self {
        while self.hears_within(PAUSE) {}
        self
    }

    /// Whether the program writes anything in this time.
    #[track_caller]
    pub(crate) fn hears_within(&mut self, time: Duration) -> bool {
        match self.heard.recv_timeout(time) {
            Ok(Heard::Bytes(bytes)) => self.take(&bytes),
            Ok(Heard::Ended(_) | Heard::Closed) => panic!("the program has ended"),
            Err(_) => return false,
        }
        true
    }

    /// What is on the screen now.
    pub(crate) fn sight(&self) -> Sight<'_> {
        Sight(self.parser.screen())
    }

    /// Waits until the program is no more, however it ended.
    pub(crate) fn is_gone(&mut self) {
        let deadline = Instant::now() + LIMIT;
        while !matches!(
            self.heard.recv_timeout(deadline.saturating_duration_since(Instant::now())),
            Ok(Heard::Ended(_))
        ) {
            assert!(Instant::now() < deadline, "the program does not end");
        }
    }

    /// Waits until the program has ended by itself and has given the terminal back; gives its exit code.
    #[track_caller]
    pub(crate) fn ends(&mut self) -> u32 {
        let deadline = Instant::now() + LIMIT;
        let mut code = None;
        loop {
            match self.heard.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Heard::Bytes(bytes)) => self.take(&bytes),
                Ok(Heard::Ended(status)) => {
                    assert_eq!(status.signal(), None);
                    code = Some(status.exit_code());
                    (self.modes)(self.master.as_deref().unwrap());
                    // With our hold on it gone, the reader comes to the end of what was written.
                    self.slave = None;
                }
                Ok(Heard::Closed) => break,
                Err(why) => panic!("the program does not end, {why}:\n{}", self.parser.screen().contents()),
            }
        }
        self.has_own_screen();
        code.unwrap()
    }

    /// Asserts that the terminal is as it was before the program started, while that stands still.
    #[track_caller]
    pub(crate) fn is_given_back(&self) {
        (self.modes)(self.master.as_deref().unwrap());
        self.has_own_screen();
    }

    #[track_caller]
    fn has_own_screen(&self) {
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
    }

    /// Closes the window. The terminal shows what is typed, by which the last hold on it is given up.
    pub(crate) fn close(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        self.send(" ");
        (self.writer, self.master) = (None, None);
    }

    /// Sends keys and closes the window at the first answer to them. Waits until the process that was started has
    /// ended, and gives its exit code; a signal that it did not take is an exit code of its own.
    pub(crate) fn closes_amid(&mut self, keys: &str) -> u32 {
        self.closing.store(true, Ordering::SeqCst);
        self.send(keys);
        (self.writer, self.master) = (None, None);
        let deadline = Instant::now() + LIMIT;
        loop {
            match self.heard.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Heard::Ended(status)) => {
                    assert_eq!(status.signal(), None);
                    return status.exit_code();
                }
                Ok(Heard::Bytes(_) | Heard::Closed) => {}
                Err(why) => panic!("the program does not end, {why}"),
            }
        }
    }

    fn listen(&mut self, deadline: Instant) -> Result<(), &'static str> {
        match self.heard.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Heard::Bytes(bytes)) => self.take(&bytes),
            Ok(Heard::Ended(_) | Heard::Closed) => return Err("the program has ended"),
            Err(_) => return Err("the time was over"),
        }
        Ok(())
    }

    fn take(&mut self, bytes: &[u8]) {
        self.written.extend_from_slice(bytes);
        self.parser.process(bytes);
        let answers = self.parser.callbacks_mut();
        if !answers.held && !answers.ready.is_empty() {
            let answer = std::mem::take(&mut answers.ready);
            self.writer.as_mut().unwrap().write_all(&answer).unwrap();
        }
    }
}

/// What is on a screen, read as a person does: by rows, and by the columns of a table.
#[derive(Clone, Copy)]
pub(crate) struct Sight<'a>(&'a Screen);

impl Sight<'_> {
    /// A row as text; the first is 0.
    pub(crate) fn line(self, row: u16) -> String {
        self.pieces(row).map(|(_, text)| text).collect::<String>().trim_end().to_owned()
    }

    pub(crate) fn shows(self, text: &str) -> bool {
        (0..self.0.size().0).any(|row| self.line(row).contains(text))
    }

    /// Column and row of the cursor, if it is shown.
    pub(crate) fn cursor(self) -> Option<(u16, u16)> {
        let (row, column) = self.0.cursor_position();
        (!self.0.hide_cursor()).then_some((column, row))
    }

    /// In columns.
    pub(crate) fn width(self) -> u16 {
        self.0.size().1
    }

    pub(crate) fn is_alternate(self) -> bool {
        self.0.alternate_screen()
    }

    /// The figure in the row and the column with these labels, without the marks in front of it.
    pub(crate) fn figure(self, row: &str, column: &str) -> Option<String> {
        let (y, edge) = self.place(row, column)?;
        let mut figure = String::new();
        for x in (0..=edge).rev() {
            match self.0.cell(y, x)?.contents() {
                "" | " " => break,
                piece => figure.insert_str(0, piece),
            }
        }
        Some(figure.trim_start_matches(['>', '!']).to_owned())
    }

    /// Column and row behind a figure, where its next digit would go.
    pub(crate) fn behind(self, row: &str, column: &str) -> Option<(u16, u16)> {
        self.place(row, column).map(|(y, edge)| (edge + 1, y))
    }

    /// Whether the last digit of a figure is drawn reversed, as under the cursor.
    pub(crate) fn is_reversed(self, row: &str, column: &str) -> bool {
        self.place(row, column).and_then(|(y, x)| self.0.cell(y, x)).is_some_and(vt100::Cell::inverse)
    }

    /// Row of the screen, and the column where the figure ends: where the label of the column does.
    fn place(self, row: &str, column: &str) -> Option<(u16, u16)> {
        let rows = 0..self.0.size().0;
        let head =
            rows.clone().find(|y| ["自然人", "总计"].iter().all(|label| self.line(*y).contains(label)))?;
        let (first, _) = self.span(head, "自然人")?;
        let (_, edge) = self.span(head, column)?;
        let y =
            rows.filter(|y| *y > head).find(|y| self.span(*y, row).is_some_and(|(_, end)| end < first))?;
        Some((y, edge))
    }

    /// The first and the last column of a text in a row.
    fn span(self, row: u16, text: &str) -> Option<(u16, u16)> {
        let mut line = String::new();
        let mut columns = Vec::new();
        for (column, piece) in self.pieces(row) {
            columns.extend(piece.bytes().map(|_| column));
            line.push_str(&piece);
        }
        let start = line.find(text)?;
        let (first, last) = (columns[start], columns[start + text.len() - 1]);
        Some((first, last + u16::from(self.0.cell(row, last)?.is_wide())))
    }

    /// The columns of a row where something begins, and what.
    fn pieces(self, row: u16) -> impl Iterator<Item = (u16, String)> {
        let cells = (0..self.0.size().1).filter_map(move |column| Some((column, self.0.cell(row, column)?)));
        cells.filter(|(_, cell)| !cell.is_wide_continuation()).map(|(column, cell)| {
            let text = if cell.has_contents() { cell.contents() } else { " " };
            (column, text.to_owned())
        })
    }
}
