//! The loop: wait for events, update, carry out effects, draw what changed.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Size;
use ratatui_crossterm::CrosstermBackend;

use super::app::{App, Setup};
use super::effect::Effect;
use super::event::{Event, Reader, Rule, Signal, Signals};
use super::farewell::{Cause, Farewell, Work};
use super::keymap::{Keymap, KeymapErrors};
use super::notice::Notice;
use super::outside::{self, Errands, Keepers, Outside};
use super::painter::Painter;
use super::rescue::{self, Watch};
use super::start::StartScreen;
use super::terminal::{Terminal, TerminalError, WidthChoice};
use super::theme::{ColourMode, ThemeError, Themes};
use super::width::Policy;
use crate::assets;
use crate::form::Catalogue;
use crate::store::error::StoreError;
use crate::store::files::Files;
use crate::store::keeper::Bell;
use crate::store::lock::Identity;
use crate::store::open;
use crate::store::recent::Places;

/// What the program is started with.
#[derive(Debug)]
pub struct Opening {
    /// The draft to open; none for the first screen.
    pub draft: Option<PathBuf>,
    /// The forms at hand.
    pub catalogue: Catalogue,
    /// The environment: `NO_COLOR`, `TERM`, `COLORTERM`, `GOUJI_WIDTH`, and the user's folders.
    pub environment: fn(&str) -> Option<String>,
}

/// Why the program could not be started. Everything later is told on the screen.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal can not be used.
    #[error(transparent)]
    Terminal(#[from] TerminalError),
    /// The terminal can not be read or written.
    #[error("终端不能读写。请换一个终端窗口再试")]
    Io(#[from] std::io::Error),
    /// The user's keymap has mistakes.
    #[error("按键文件“{}”有错误：\n{errors}", path.display())]
    Keys {
        /// The file.
        path: PathBuf,
        /// All its mistakes.
        errors: KeymapErrors,
    },
    /// The user's keymap is there and can not be read.
    #[error("按键文件：{0}")]
    KeysFile(StoreError),
    /// The keymap inside the program has mistakes.
    #[error("程序自带的按键表有错误：\n{0}")]
    OwnKeys(KeymapErrors),
    /// The theme inside the program has mistakes.
    #[error("程序自带的配色有错误：{0}")]
    Theme(#[from] ThemeError),
    /// A form inside the program has mistakes.
    #[error(transparent)]
    Form(#[from] crate::form::CatalogueError),
    /// The draft could not be opened.
    #[error(transparent)]
    Draft(#[from] open::OpenError),
}

/// Runs the program until the user leaves it or something else ends it. The terminal is then as it was before.
///
/// # Errors
/// If it can not be started: no usable terminal, or a draft that can not be opened.
pub fn run(opening: Opening, files: Arc<dyn Files>) -> Result<Farewell, RunError> {
    // Before the loop there is nothing to keep.
    let broken = Farewell::Ended { cause: Cause::Broken, work: Work::Clean };
    rescue::guarded(|| start(opening, files)).unwrap_or(Ok(broken))
}

fn start(opening: Opening, files: Arc<dyn Files>) -> Result<Farewell, RunError> {
    let env = opening.environment;
    let places = Places::new(|name| env(name).map(std::ffi::OsString::from));
    let keymap = keymap(&*files, &places)?;
    let (settings, settings_problem) = outside::read_settings(&*files, &places);
    let mode =
        ColourMode::detect(env("NO_COLOR").as_deref(), env("TERM").as_deref(), env("COLORTERM").as_deref());
    let theme = Themes::embedded()?.theme(mode);
    let me = Identity::new(|name| env(name).map(std::ffi::OsString::from));
    let signals = Signals::listen()?;
    let keepers = Keepers::Away(bell(&signals));
    let catalogue = Arc::new(opening.catalogue);
    let outside = Outside { files, places, catalogue, me, keepers, errands: Errands::default() };
    // A draft named on the command line that can not be opened is told on the command line.
    let first = opening.draft.map(|path| outside.open(&path)).transpose()?;

    let watch = Watch::with(&signals);
    let mut terminal = Terminal::enter(false)?;
    let rule = if terminal.marks_pastes() { Rule::Block } else { Rule::Burst };
    let mut reader = Reader::new(signals, rule);
    let policy = width_policy(env, &mut terminal, &mut reader);
    let (width, height) = terminal.size()?;
    let setup = Setup {
        keymap,
        policy,
        size: Size::new(width, height),
        settings,
        forms: outside.catalogue.all()?,
        folder: std::env::current_dir().unwrap_or_default(),
        home: env("HOME").or_else(|| env("USERPROFILE")).map(PathBuf::from),
        year: last_year(),
    };
    let mut app = App::new(setup, StartScreen::new(Vec::new()));
    if let Some((workbench, notice)) = first {
        outside::show(&mut app, workbench, notice);
        outside.mention_unsaved(&mut app);
    } else {
        app.show_start(outside.start_screen());
        outside.offer_unsaved(&mut app);
    }
    if let Some(problem) = settings_problem {
        app.tell(problem);
    }
    let painter = Painter::new(app.size(), policy, theme);
    let mut stage =
        Stage { app, outside, terminal, painter, stopped: false, began: std::time::Instant::now() };
    let ended = rescue::guarded(|| stage.attend(&mut reader, &watch));
    let cause = match ended {
        Some(Ok(None)) => return Ok(Farewell::Left),
        Some(Ok(Some(cause))) => cause,
        // There is nobody to whom the screen could tell it.
        Some(Err(_)) => Cause::Disconnected,
        None => Cause::Broken,
    };
    Ok(Farewell::Ended { cause, work: rescue::keep(&mut stage.outside, &mut stage.app) })
}

/// All that takes part while the program runs.
struct Stage {
    app: App,
    outside: Outside,
    terminal: Terminal,
    painter: Painter,
    /// Whether the signal to continue is still to come after a stop of our own, which needs no second answer.
    stopped: bool,
    /// When the program began, which is what its time is counted from.
    began: std::time::Instant,
}

impl Stage {
    /// Answers events until the user leaves, or until something else ends the program.
    fn attend(&mut self, reader: &mut Reader, watch: &Watch) -> std::io::Result<Option<Cause>> {
        self.paint()?;
        loop {
            let events = reader.read(self.patience());
            if watch.has_heard() {
                return Ok(Some(Cause::Broken));
            }
            self.app.at_time(self.began.elapsed());
            let heard = self.outside.heed(&mut self.app);
            let mut quit = self.carry_out(heard)?;
            for event in events {
                match event {
                    Event::Signal(Signal::Terminate | Signal::Interrupt) => {
                        return Ok(Some(Cause::Terminated));
                    }
                    Event::Signal(Signal::Hangup) => return Ok(Some(Cause::Disconnected)),
                    Event::Signal(Signal::Continue) => {
                        if !std::mem::take(&mut self.stopped) {
                            self.resume()?;
                        }
                        continue;
                    }
                    _ => {}
                }
                let effects = self.app.update(event);
                quit |= self.carry_out(effects)?;
            }
            if quit && self.outside.finish_errands(&mut self.app, outside::FAREWELL) {
                self.outside.close(&mut self.app);
                return Ok(None);
            }
            let effects = self.outside.autosave(&mut self.app, outside::EVERY);
            self.carry_out(effects)?;
            self.outside.mind_silence(&mut self.app);
            self.paint()?;
            // The journal comes after the screen, so that it delays no key.
            self.outside.keep(&mut self.app, false);
        }
    }

    /// How long nothing has to be done if nothing happens.
    fn patience(&mut self) -> Option<std::time::Duration> {
        let silence = self.outside.patience(&mut self.app);
        silence.into_iter().chain(self.outside.autosave_in(&mut self.app, outside::EVERY)).min()
    }

    /// Carries out effects and what follows from them. Gives back whether the program is to end.
    fn carry_out(&mut self, mut effects: Vec<Effect>) -> std::io::Result<bool> {
        let mut quit = false;
        while !effects.is_empty() {
            let mut next = Vec::new();
            for effect in effects {
                match effect {
                    Effect::Quit => quit = true,
                    Effect::Redraw => self.painter.invalidate(),
                    Effect::Suspend => self.suspend()?,
                    effect => next.extend(self.outside.carry_out(effect, &mut self.app)),
                }
            }
            effects = next;
        }
        Ok(quit)
    }

    /// Stops until the shell continues the program.
    fn suspend(&mut self) -> std::io::Result<()> {
        // Whatever comes while the program stands still, it could not answer it.
        self.outside.make_safe(&mut self.app, outside::FAREWELL);
        match self.terminal.suspend() {
            Ok(()) => {}
            Err(error @ TerminalError::NoShell) => {
                self.app.tell(Notice::failed(format!("{error}。")));
                return Ok(());
            }
            Err(error) => return Err(std::io::Error::other(error)),
        }
        self.stopped = true;
        self.fit()
    }

    /// Takes the terminal again after a stop that nobody could announce.
    fn resume(&mut self) -> std::io::Result<()> {
        self.terminal.resume().map_err(std::io::Error::other)?;
        self.fit()
    }

    /// Nobody tells a stopped program how its window has changed.
    fn fit(&mut self) -> std::io::Result<()> {
        let (width, height) = self.terminal.size()?;
        self.app.update(Event::Resize(width, height));
        self.painter.invalidate();
        Ok(())
    }

    fn paint(&mut self) -> std::io::Result<()> {
        paint(&mut self.painter, &self.app, &mut self.terminal)
    }
}

fn paint(painter: &mut Painter, app: &App, terminal: &mut Terminal) -> std::io::Result<()> {
    if !terminal.understands_escapes() {
        return painter.frame_through(app, &mut CrosstermBackend::new(std::io::stdout()));
    }
    match painter.frame(app) {
        [] => Ok(()),
        bytes => terminal.write(bytes),
    }
}

/// Wakes the loop from the thread of a keeper.
fn bell(signals: &Signals) -> Bell {
    let signals = signals.clone();
    Arc::new(move || signals.wake())
}

/// The keymap with the user's own keys on top.
fn keymap(files: &dyn Files, places: &Places) -> Result<Keymap, RunError> {
    let own = Keymap::parse(assets::KEYS).map_err(RunError::OwnKeys)?;
    let Some(path) = places.keys_file() else { return Ok(own) };
    match open::read_text(files, &path) {
        Ok(decoded) => own.overridden_by(&decoded.text).map_err(|errors| RunError::Keys { path, errors }),
        Err(error) if error.is_not_found() => Ok(own),
        Err(error) => Err(RunError::KeysFile(error)),
    }
}

/// The year that has ended, which is what reports are made for.
fn last_year() -> Option<i64> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    // Exact enough: the mean year is 365.2425 days, and nobody reports on New Year's night.
    Some(1970 + i64::try_from(since.as_secs()).ok()? / 31_556_952 - 1)
}

fn width_policy(env: fn(&str) -> Option<String>, terminal: &mut Terminal, reader: &mut Reader) -> Policy {
    let choice = env("GOUJI_WIDTH").and_then(|text| text.parse::<WidthChoice>().ok());
    let wide = match choice {
        Some(WidthChoice::Wide) => true,
        Some(WidthChoice::Narrow) => false,
        Some(WidthChoice::Auto) | None => terminal.probe_width(reader),
    };
    if wide { Policy::Wide } else { Policy::Narrow }
}
