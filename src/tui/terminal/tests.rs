//! The guard, the reader and the signals together, in a child of the test program on a real pty.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{env, thread};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::Terminal;
use crate::tui::event::{Event, Reader, Rule, Signal, Signals};
use crate::tui::key::{Key, KeyCode};

const ROLE: &str = "GOUJI_TEST_TERMINAL";
const LIMIT: Duration = Duration::from_secs(20);

#[test]
fn the_terminal_is_taken_over_and_given_back() {
    let Some(mut pty) = Pty::parent("the_terminal_is_taken_over_and_given_back") else {
        return child();
    };
    let ready = pty.wait("READY wide=true");
    assert!(ready.screen().alternate_screen());
    assert!(ready.screen().bracketed_paste());

    pty.send("\x1b[200~甲\r\n乙\x1b[201~".as_bytes());
    pty.wait(r#"Paste("甲\n乙")"#);
    pty.send(b"7\r");
    pty.wait("Enter");
    pty.send("数据".as_bytes());
    pty.wait("据");

    // Nothing of what is typed ahead may be lost, or be left lying until the next key.
    pty.send(&b"8".repeat(3000));
    pty.wait("eights 3000");

    pty.resize(100, 30);
    pty.wait("Resize(100, 30)");

    pty.kill("TERM");
    let left = pty.wait("LEFT Terminate");
    assert!(!left.screen().alternate_screen());
    assert!(!left.screen().bracketed_paste());
    assert!(!left.screen().hide_cursor());
    assert!(pty.child.0.wait().unwrap().success());
}

#[test]
fn keys_that_look_like_something_else_arrive_at_once() {
    let Some(mut pty) = Pty::parent("keys_that_look_like_something_else_arrive_at_once") else {
        return child();
    };
    pty.wait("READY");
    pty.send(b"\x1b[1;2R");
    pty.wait("Key(Key { code: F(3), ctrl: false, alt: false, shift: true })");
    pty.send(b"\x1b");
    pty.wait("Key(Key { code: Esc, ctrl: false, alt: false, shift: false })");
    pty.send(b"\x1b[1;3A");
    pty.wait("Key(Key { code: Up, ctrl: false, alt: true, shift: false })");
    pty.send(format!("\x1b[200~{}\x1b[201~", "表\r".repeat(50_000)).as_bytes());
    pty.wait("200000 bytes, 50000 lines");
    pty.kill("HUP");
    pty.wait("LEFT Hangup");
    assert!(pty.child.0.wait().unwrap().success());
}

#[test]
fn a_terminal_that_does_not_say_where_its_cursor_is_counts_as_wide() {
    let Some(mut pty) = Pty::parent("a_terminal_that_does_not_say_where_its_cursor_is_counts_as_wide") else {
        return child();
    };
    pty.cursor = b"x\x1b[?6c";
    pty.wait("READY wide=true");
    pty.wait("Char('x')");
    pty.kill("INT");
    pty.wait("Signal(Interrupt)");
}

#[test]
fn a_narrow_terminal_is_found_out() {
    let Some(mut pty) = Pty::parent("a_narrow_terminal_is_found_out") else {
        return child();
    };
    pty.cursor = b"\x1b[1;2R\x1b[?62c";
    pty.wait("READY wide=false");
    pty.send(b"\x1b[1;2R");
    pty.wait("Key(Key { code: F(3), ctrl: false, alt: false, shift: true })");
}

#[test]
fn a_panic_speaks_on_the_restored_screen() {
    let Some(mut pty) = Pty::parent("a_panic_speaks_on_the_restored_screen") else {
        return child();
    };
    pty.wait("READY");
    pty.send(b"!");
    let broken = pty.wait("asked to break");
    assert!(!broken.screen().alternate_screen());
    assert!(broken.screen().contents().contains("asked to break"), "the message must stay in sight");
    assert!(!pty.child.0.wait().unwrap().success());
}

#[test]
fn a_stopped_program_gives_the_terminal_to_the_shell_and_takes_it_again() {
    let name = "a_stopped_program_gives_the_terminal_to_the_shell_and_takes_it_again";
    let Some(mut pty) = Pty::under(name, "\"$0\" \"$@\"; echo AT THE SHELL; fg") else {
        return child();
    };
    pty.wait("READY");
    pty.send(b"\x1b\x1a");
    let shell = pty.wait("AT THE SHELL");
    assert!(!shell.screen().alternate_screen());
    let back = pty.wait("BACK Ok(())");
    assert!(back.screen().alternate_screen());
    assert!(back.screen().bracketed_paste());
    pty.send(b"1");
    pty.wait("Char('1')");
    pty.send(b"q");
    pty.wait("LEFT Interrupt");
    assert!(pty.child.0.wait().unwrap().success());
}

#[test]
fn without_a_shell_there_is_no_stop() {
    let Some(mut pty) = Pty::parent("without_a_shell_there_is_no_stop") else {
        return child();
    };
    pty.wait("READY");
    pty.send(b"\x1b\x1a");
    let back = pty.wait("BACK Err(NoShell)");
    assert!(back.screen().alternate_screen());
}

#[test]
fn a_lost_terminal_is_a_hangup_and_not_an_endless_loop() {
    let Some(mut pty) = Pty::parent("a_lost_terminal_is_a_hangup_and_not_an_endless_loop") else {
        return child();
    };
    pty.wait("READY");
    // The thread that reads has our last hold on the pty; with nobody to send to it ends at the next output.
    let Pty { child, master, mut writer, output, note, .. } = pty;
    drop(output);
    writer.write_all(b"x").unwrap();
    drop((master, writer));
    let (ended, end) = channel();
    thread::spawn(move || {
        let mut child = child;
        let _ = ended.send(child.0.wait());
    });
    assert!(end.recv_timeout(LIMIT).is_ok(), "the child must end by itself");
    assert_eq!(std::fs::read_to_string(note.path()).unwrap(), "Hangup");
}

/// Shows each event as text and leaves at a signal that means the end.
fn child() {
    let mut terminal = Terminal::enter(false).unwrap();
    let signals = Signals::listen().unwrap();
    let rule = if terminal.marks_pastes() { Rule::Block } else { Rule::Burst };
    let mut reader = Reader::new(signals, rule);
    let wide = terminal.probe_width(&mut reader);
    terminal.write(format!("READY wide={wide}\r\n").as_bytes()).unwrap();
    let mut eights = 0;
    let reason = 'events: loop {
        for event in reader.read(None) {
            match event {
                Event::Signal(signal @ (Signal::Terminate | Signal::Hangup)) => break 'events signal,
                Event::Key(Key { code: KeyCode::Char('!'), .. }) => panic!("asked to break"),
                Event::Key(Key { code: KeyCode::Char('q'), .. }) => break 'events Signal::Interrupt,
                Event::Key(Key { code: KeyCode::Char('z'), ctrl: true, alt: true, .. }) => {
                    let outcome = terminal.suspend();
                    terminal.write(format!("BACK {outcome:?}\r\n").as_bytes()).unwrap();
                }
                Event::Key(Key { code: KeyCode::Char('8'), .. }) => {
                    eights += 1;
                    if eights % 1000 == 0 {
                        terminal.write(format!("eights {eights}\r\n").as_bytes()).unwrap();
                    }
                }
                Event::Paste(text) if text.len() > 1000 => {
                    let told = format!("{} bytes, {} lines\r\n", text.len(), text.lines().count());
                    terminal.write(told.as_bytes()).unwrap();
                }
                // A lost terminal takes no more text; the reader will say so.
                other => drop(terminal.write(format!("{other:?}\r\n").as_bytes())),
            }
        }
    };
    drop(terminal);
    let mut note = std::fs::OpenOptions::new().write(true).open(env::var(ROLE).unwrap()).unwrap();
    note.write_all(format!("{reason:?}").as_bytes()).unwrap();
    let _ = write!(std::io::stdout(), "LEFT {reason:?}\r\n");
}

/// The parent's end of the pty.
struct Pty {
    child: Ended,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    note: tempfile::NamedTempFile,
    /// What the terminal says when it is asked where its cursor is.
    cursor: &'static [u8],
}

/// A child that does not outlive a test that fails.
struct Ended(Box<dyn Child + Send + Sync>);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

impl Pty {
    /// Starts this test once more on a pty; nothing if we are that child.
    fn parent(test: &str) -> Option<Self> {
        Self::under(test, "exec \"$0\" \"$@\"")
    }

    /// The same with a shell between that has job control and starts the child as `"$0" "$@"`.
    fn under(test: &str, script: &str) -> Option<Self> {
        if env::var_os(ROLE).is_some() {
            return None;
        }
        let note = tempfile::NamedTempFile::new().unwrap();
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new("sh");
        command.args(["-m", "-c", script]);
        command.arg(env::current_exe().unwrap());
        command.args([&format!("tui::terminal::tests::{test}"), "--exact", "--nocapture"]);
        command.env(ROLE, note.path());
        command.env("TERM", "xterm-256color");
        let child = Ended(pair.slave.spawn_command(command).unwrap());
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Some(Self {
            child,
            master: pair.master,
            writer,
            output,
            seen: Vec::new(),
            note,
            cursor: b"\x1b[1;3R",
        })
    }

    /// Waits until the child has written `text`, and answers where the cursor is when it asks. Returns the
    /// screen as it was when the text was complete.
    #[track_caller]
    fn wait(&mut self, text: &str) -> vt100::Parser {
        let deadline = Instant::now() + LIMIT;
        loop {
            if let Some(start) = self.seen.windows(text.len()).position(|w| w == text.as_bytes()) {
                let mut parser = vt100::Parser::new(24, 80, 0);
                parser.process(&self.seen[..start + text.len()]);
                return parser;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(bytes) = self.output.recv_timeout(left) else {
                panic!("never saw {text:?} in {:?}", String::from_utf8_lossy(&self.seen));
            };
            if bytes.windows(4).any(|w| w == b"\x1b[6n") {
                self.send(self.cursor);
            }
            self.seen.extend(bytes);
        }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    fn resize(&self, cols: u16, rows: u16) {
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    fn kill(&self, signal: &str) {
        let id = self.child.0.process_id().unwrap().to_string();
        let status = std::process::Command::new("kill").args(["-s", signal, &id]).status().unwrap();
        assert!(status.success());
    }
}
