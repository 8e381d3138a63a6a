//! The state of the program and how events change it. No terminal, no file: what has to be done outside is
//! returned as effects.

mod exchange;
mod global;
mod windows;
mod words;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::Size;

use super::action::Action;
use super::context::Settings;
use super::effect::Effect;
use super::event::{Event, Signal};
use super::flow::{Flow, Then};
use super::key::Key;
use super::keymap::{Context, Keymap};
use super::layout::{self, Layout};
use super::notice::Notice;
use super::overlay::{ChoiceList, Desk, Message, Overlay};
use super::start::{StartFlow, StartScreen};
use super::tab::prose::ProseTab;
use super::width::Policy;
use super::workbench::{Tab, Workbench};
use crate::form::Form;

/// What the program shows below any overlay.
#[derive(Debug)]
pub enum Scene {
    /// The first screen.
    Start(StartScreen),
    /// A report.
    Work(Box<Workbench>),
}

/// The state of the program.
#[derive(Debug)]
pub struct App {
    /// What is shown.
    pub(super) scene: Scene,
    /// Windows on top, the last one uppermost.
    pub(super) overlays: Vec<Overlay>,
    /// What was done or went wrong, until the next key.
    pub(super) notice: Option<Notice>,
    pub(super) keymap: Keymap,
    pub(super) policy: Policy,
    pub(super) settings: Settings,
    pub(super) layout: Layout,
    size: Size,
    clipboard: String,
    forms: Vec<Arc<Form>>,
    /// Folder in which the file prompt begins.
    folder: PathBuf,
    /// The user's home, for `~` in paths.
    home: Option<PathBuf>,
    query: String,
    /// The year that a new report is proposed for.
    year: Option<i64>,
    /// The time, counted from any beginning, and that of the last key.
    now: Duration,
    last_key: Duration,
}

/// After so long without a key, what is typed in prose is another step of undo.
pub const PAUSE: Duration = Duration::from_secs(2);

/// What the program starts with.
#[derive(Debug)]
pub struct Setup {
    /// Keys, with the user's own on top.
    pub keymap: Keymap,
    /// How wide the terminal draws ambiguous characters.
    pub policy: Policy,
    /// Size of the window.
    pub size: Size,
    /// How the user likes to work.
    pub settings: Settings,
    /// The forms at hand.
    pub forms: Vec<Arc<Form>>,
    /// Folder in which the file prompt begins.
    pub folder: PathBuf,
    /// The user's home, for `~` in paths.
    pub home: Option<PathBuf>,
    /// The year that a new report is proposed for: the one before this.
    pub year: Option<i64>,
}

impl App {
    /// The program on its first screen.
    pub fn new(setup: Setup, start: StartScreen) -> Self {
        let mut app = Self {
            scene: Scene::Start(start),
            overlays: Vec::new(),
            notice: None,
            keymap: setup.keymap,
            policy: setup.policy,
            settings: setup.settings,
            layout: Layout::default(),
            size: setup.size,
            clipboard: String::new(),
            forms: setup.forms,
            folder: setup.folder,
            home: setup.home,
            query: String::new(),
            year: setup.year,
            now: Duration::ZERO,
            last_key: Duration::ZERO,
        };
        app.settle();
        app
    }

    /// Shows a report.
    pub fn show_report(&mut self, workbench: Workbench) {
        if let Some(folder) = workbench.path.as_ref().and_then(|path| path.parent()) {
            folder.clone_into(&mut self.folder);
        }
        self.scene = Scene::Work(Box::new(workbench));
        self.overlays.clear();
        self.settle();
    }

    /// Shows the first screen.
    pub fn show_start(&mut self, start: StartScreen) {
        self.scene = Scene::Start(start);
        self.overlays.clear();
        self.settle();
    }

    /// Says something. What does not fit on one line opens a window.
    pub fn tell(&mut self, notice: Notice) {
        let text = notice.text.trim_end();
        // A sentence that is cut would lose its end, which is where it says what to do.
        let fits = self.policy.measure(text) < self.size.width;
        if text.contains('\n') || !fits {
            self.overlays.push(Overlay::Message(Message::of(&notice)));
            self.notice = None;
        } else {
            self.notice = Some(notice);
        }
        self.settle();
    }

    /// Closes all windows, once what they were opened for has been done.
    pub fn close_overlays(&mut self) {
        self.overlays.clear();
        self.settle();
    }

    /// The open report.
    pub fn workbench(&self) -> Option<&Workbench> {
        match &self.scene {
            Scene::Work(workbench) => Some(workbench),
            Scene::Start(_) => None,
        }
    }

    /// The open report, for the run loop to mark it saved.
    pub fn workbench_mut(&mut self) -> Option<&mut Workbench> {
        match &mut self.scene {
            Scene::Work(workbench) => Some(workbench),
            Scene::Start(_) => None,
        }
    }

    /// Whether there is a notice or a window that the user has not answered.
    pub fn has_something_to_say(&self) -> bool {
        self.notice.is_some() || !self.overlays.is_empty()
    }

    /// How the user likes to work.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// Size of the window.
    pub fn size(&self) -> Size {
        self.size
    }

    /// How wide the terminal draws ambiguous characters.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// Goes on with what was asked for before the report was dealt with.
    pub fn proceed(&mut self, then: Then) -> Vec<Effect> {
        let effects = match then {
            Then::Stay => Vec::new(),
            Then::Quit => vec![Effect::Quit],
            Then::AskOpen => self.ask_open(),
            Then::AskNew => self.ask_new(),
            Then::AskImport => self.ask_import(),
            Then::OpenDraft(path) => vec![Effect::Open(path)],
            Then::OpenSample => vec![Effect::OpenSample],
            Then::Adopt(path) => vec![Effect::Adopt(path)],
        };
        self.settle();
        effects
    }

    /// The same once a save is done, unless the report was changed during it: then that is asked about first.
    pub fn proceed_unless_changed(&mut self, then: Then) -> Vec<Effect> {
        if then == Then::Stay {
            return Vec::new();
        }
        let effects = self.leave_report(then);
        self.settle();
        effects
    }

    /// Tells the time at which the events to come have happened, counted from any beginning.
    pub fn at_time(&mut self, now: Duration) {
        self.now = now;
    }

    /// Changes the state by an event and says what is to be done outside.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        if matches!(event, Event::Key(_) | Event::Paste(_)) {
            let last = std::mem::replace(&mut self.last_key, self.now);
            if self.now.saturating_sub(last) >= PAUSE
                && let Some(workbench) = self.workbench_mut()
            {
                workbench.pause();
            }
        }
        let effects = match event {
            Event::Key(key) => self.key(key),
            Event::Paste(text) => {
                self.notice = None;
                self.paste(&text)
            }
            Event::Resize(width, height) => {
                self.size = Size::new(width, height);
                Vec::new()
            }
            // The loop leaves at once for a signal that ends the program.
            Event::Signal(Signal::Hangup | Signal::Terminate | Signal::Interrupt) => vec![Effect::Quit],
            Event::Signal(Signal::Suspend) => vec![Effect::Suspend],
            Event::Signal(Signal::Continue) => vec![Effect::Redraw],
            Event::Click { .. } | Event::Wheel { .. } => Vec::new(),
        };
        self.settle();
        effects
    }

    /// Fits everything to the window, after any change. Views then only read.
    pub fn settle(&mut self) {
        let about_cell = self.workbench().is_some_and(Workbench::shows_table);
        self.layout = layout::solve(self.size, about_cell);
        let docked = self.overlays.iter().map(Overlay::docked_rows).max().unwrap_or(0);
        self.layout.body.height = self.layout.body.height.saturating_sub(docked);
        let (layout, policy) = (self.layout, self.policy);
        let form = self.workbench().map(|workbench| Arc::clone(workbench.session().form()));
        match &mut self.scene {
            Scene::Work(workbench) => workbench.settle(&layout, policy),
            Scene::Start(start) => {
                start.settle(layout.above_notice());
            }
        }
        let tally = self.workbench().and_then(Workbench::prose).and_then(ProseTab::tally);
        let caret_row = self.workbench().and_then(Workbench::caret_row);
        let desk =
            Desk { keymap: &self.keymap, policy, form: form.as_deref(), area: layout.screen, caret_row };
        for overlay in &mut self.overlays {
            if let Overlay::Find(find) = overlay {
                find.tell(tally);
            }
            overlay.settle(&desk);
        }
    }

    /// Which keys apply now, the innermost context first.
    pub fn contexts(&self) -> &'static [Context] {
        match (self.overlays.last(), &self.scene) {
            (Some(overlay), _) => overlay.contexts(),
            (None, Scene::Work(workbench)) => workbench.contexts(),
            (None, Scene::Start(start)) => start.contexts(),
        }
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        let action = self.keymap.resolve(self.contexts(), key).or_else(|| key.typed().map(Action::Type));
        action.map_or(Vec::new(), |action| self.act(action))
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        if layout::too_small(self.size) {
            return self.act_in_small_window(action);
        }
        if !self.overlays.is_empty() {
            return self.act_on_overlay(action);
        }
        if let Scene::Start(start) = &mut self.scene {
            return match start.on(action) {
                StartFlow::Submit(wish) => self.grant(wish),
                StartFlow::Done => Vec::new(),
                StartFlow::Ignored => self.act_globally(action),
            };
        }
        let settings = self.settings;
        let flow = self.workbench_mut().map_or(Flow::Ignored, |workbench| workbench.on(action, settings));
        match flow {
            Flow::Ignored => self.act_globally(action),
            flow => self.follow(flow),
        }
    }

    /// In a window too small to show anything, nothing is changed and nothing asked; saving and leaving remain.
    fn act_in_small_window(&mut self, action: Action) -> Vec<Effect> {
        let unsaved = self.workbench().is_some_and(|workbench| workbench.session().has_unsaved());
        let on_disk = self.workbench().is_some_and(|workbench| workbench.path.is_some());
        // To save would be to answer a question that nobody can see.
        let asked =
            matches!(self.overlays.last(), Some(Overlay::Confirm(confirm)) if confirm.must_be_answered());
        match action {
            Action::Redraw => vec![Effect::Redraw],
            Action::Save if on_disk && !asked => self.save(Then::Stay),
            Action::Quit if !unsaved => vec![Effect::Quit],
            Action::Quit => {
                self.notice = Some(Notice::failed("有改动未保存"));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        if layout::too_small(self.size) {
            return Vec::new();
        }
        if let Some(overlay) = self.overlays.last_mut() {
            let flow = overlay.paste(text);
            return self.follow_overlay(flow);
        }
        let flow = self.workbench_mut().map_or(Flow::Ignored, |workbench| workbench.paste(text));
        self.follow(flow)
    }

    /// Carries out what a tab wishes.
    fn follow(&mut self, flow: Flow) -> Vec<Effect> {
        let Scene::Work(workbench) = &mut self.scene else { return Vec::new() };
        let applied = match flow {
            Flow::Ignored | Flow::Done => Ok(()),
            Flow::Left => {
                workbench.end_visit();
                Ok(())
            }
            Flow::Edit { edit, joins } => workbench.apply(&edit, joins),
            Flow::LastEdit(edit) => {
                let applied = workbench.apply(&edit, true);
                workbench.end_visit();
                applied
            }
            Flow::EditAndTell(edit, notice) => {
                let applied = workbench.apply(&edit, false);
                workbench.end_visit();
                self.tell(notice);
                applied
            }
            Flow::Go(spot) => {
                workbench.jump(spot);
                Ok(())
            }
            Flow::Back => {
                workbench.jump_back();
                Ok(())
            }
            Flow::Tell(notice) => {
                self.tell(notice);
                Ok(())
            }
            Flow::Choose(fact) => {
                let session = workbench.session();
                let fact = session.form().fact_by_id(fact);
                let list = fact.and_then(|fact| ChoiceList::of(fact, session.report().fact(fact.id)));
                self.overlays.extend(list.map(Overlay::Choice));
                Ok(())
            }
            Flow::Open { edit, overlay } => {
                let applied = edit.map_or(Ok(()), |(edit, joins)| workbench.apply(&edit, joins));
                workbench.end_visit();
                self.overlays.push(*overlay);
                applied
            }
            Flow::Copy(text) => {
                self.clipboard = text;
                Ok(())
            }
            Flow::Cut(text, edit) => {
                self.clipboard = text;
                let applied = workbench.apply(&edit, false);
                workbench.end_visit();
                applied
            }
        };
        if let Err(error) = applied {
            self.notice = Some(Notice::failed(format!("没有改动：{error}。请重新打开草稿再试。")));
        }
        Vec::new()
    }

    /// The tab that is shown, if a report is open.
    pub fn tab(&self) -> Option<Tab> {
        self.workbench().map(Workbench::tab)
    }
}
