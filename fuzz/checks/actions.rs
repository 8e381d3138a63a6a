//! Keys, pastes, sizes, crashes and full disks against the whole program, on files in memory.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use gouji::form::Catalogue;
use gouji::model::{Edit, Report};
use gouji::session::Session;
use gouji::store::draft;
use gouji::store::files::Files;
use gouji::store::lock::Identity;
use gouji::store::recent::Places;
use gouji::tui::app::{App, Setup};
use gouji::tui::context::Settings;
use gouji::tui::effect::Effect;
use gouji::tui::event::Event;
use gouji::tui::key::Key;
use gouji::tui::keymap::Keymap;
use gouji::tui::outside::{Errands, Keepers, Outside};
use gouji::tui::painter::Painter;
use gouji::tui::start::StartScreen;
use gouji::tui::theme::{ColourMode, Theme, Themes};
use gouji::tui::width::Policy;
use gouji::tui::workbench::Workbench;
use ratatui::layout::Size;

use super::memory::Memory;
use super::script::{self, Step};

/// The most steps of one script; a longer one finds nothing that several short ones do not.
const MAX_STEPS: usize = 400;

/// Of so many steps one is looked at as a whole; what is drawn wrong seldom lasts for one step only.
const COMPARED: usize = 4;

/// What is open at the beginning, by the first letter of the script; in capitals on a terminal that draws
/// ambiguous characters wide. With it, how many bytes of each text are left: a script opens its draft several times, and
/// most of that is reading the prose.
const DRAFTS: [(char, &str, usize); 3] = [
    ('y', include_str!("../../sample-data/yiyuan-2020.ron"), 400),
    ('c', include_str!("../../sample-data/hangzhou-type-2025.ron"), usize::MAX),
    ('t', include_str!("../../sample-data/faulty/t3-a-2021.ron"), 800),
];

/// What lies beside the drafts and can be taken in.
const FOREIGN: (&str, &str) = (
    "外来.csv",
    "某县2025年政府信息公开工作年度报告\n信息内容,本年制发件数,本年废止件数,现行有效件数\n规章,0,约3,3\n行政规范性文件,5,1,43\n",
);

/// The screen is at any time what a full repaint would show. At the end the findings are those of the report, the
/// report comes back from its draft, and undoing everything gives what was opened. What a crash interrupted comes
/// back whole.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let first = text.chars().next().unwrap_or('s');
    let policy = if first.is_uppercase() { Policy::Wide } else { Policy::Narrow };
    let files = Arc::new(Memory::new());
    let mut play = Play::start(&files, policy, Size::new(80, 24));
    files.put(&files.root().join(FOREIGN.0), FOREIGN.1.as_bytes());
    if let Some(text) = opened(first.to_ascii_lowercase()) {
        let path = files.root().join("报告.ron");
        files.put(&path, text.as_bytes());
        play.carry_out(vec![Effect::Open(path)]);
    }
    play.see();
    let steps = script::steps(&text[first.len_utf8().min(text.len())..]);
    for (number, step) in steps.into_iter().take(MAX_STEPS).enumerate() {
        match step {
            Step::Event(event) => play.happen(event),
            Step::Crash => play = play.crash(false),
            Step::Heal => play = play.crash(true),
            Step::Full(full) => {
                files.set_full(full);
                play.past.was_full |= full;
            }
        }
        if play.has_quit {
            break;
        }
        play.draw();
        if number % COMPARED == 0 {
            play.see();
        }
    }
    play.see();
    files.set_full(false);
    play.finish();
}

/// The draft that is open at the beginning.
fn opened(letter: char) -> Option<&'static str> {
    static SHORT: OnceLock<Vec<(char, String)>> = OnceLock::new();
    let drafts =
        SHORT.get_or_init(|| DRAFTS.iter().map(|draft| (draft.0, shortened(draft.1, draft.2))).collect());
    drafts.iter().find(|(known, _)| *known == letter).map(|(_, text)| text.as_str())
}

/// A draft with at most so many bytes of each text.
fn shortened(text: &str, longest: usize) -> String {
    let (read, _) = draft::read("报告.ron", text, forms()).expect("the sample is sound");
    let mut report = read.report;
    for text in read.form.sections.iter().filter_map(|section| section.text) {
        let whole = report.text(text);
        let at = (0..=longest.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
        let removed = whole[at..].to_owned();
        let edit = Edit::Text { text, at, removed, inserted: String::new() };
        report.apply(&edit).expect("a piece of the text");
    }
    draft::write(&read.form, &report, &read.unknown)
}

/// Shows a report on every tab at several sizes, and has a figure entered.
pub(super) fn show_everywhere(session: Session) {
    let files = Arc::new(Memory::new());
    let mut play = Play::start(&files, Policy::Narrow, Size::new(80, 24));
    play.app.show_report(Workbench::new(session, None, draft::Unknown::default()));
    for (width, height) in [(80, 24), (61, 17), (140, 50)] {
        play.happen(Event::Resize(width, height));
        for tab in 0..8 {
            for step in script::steps(&format!("<alt-{tab}><f7><right><down>7<enter><ctrl-end>")) {
                let Step::Event(event) = step else { continue };
                play.happen(event);
            }
            play.see();
        }
    }
    play.finish();
}

struct Play {
    files: Arc<Memory>,
    app: App,
    outside: Outside,
    painter: Painter,
    /// The report as it was opened.
    first: Option<Report>,
    has_quit: bool,
    past: Past,
}

/// What happened that may have cost edits.
#[derive(Clone, Copy, Default)]
struct Past {
    /// The disk was full at some time, so that not all could be kept.
    was_full: bool,
    /// The program has ended without warning before.
    has_crashed: bool,
    /// There may be edits of an earlier run that the user has not decided about.
    undecided: bool,
}

impl Play {
    fn start(files: &Arc<Memory>, policy: Policy, size: Size) -> Self {
        let setup = Setup {
            keymap: keymap(),
            policy,
            size,
            settings: Settings::default(),
            forms: forms().all().expect("the forms are sound"),
            folder: files.root().to_owned(),
            home: None,
            year: Some(2025),
        };
        let app = App::new(setup, StartScreen::new(Vec::new()));
        let places = Places { state: Some(files.root().join("state")), config: None };
        let me =
            Identity { user: "测试".to_owned(), host: "本机".to_owned(), process: std::process::id() };
        let catalogue = IDLE.take().unwrap_or_default();
        let disk: Arc<dyn Files> = Arc::<Memory>::clone(files);
        let errands = Errands::default();
        let outside = Outside { files: disk, places, catalogue, me, keepers: Keepers::Here, errands };
        let painter = Painter::new(size, policy, theme());
        Self {
            files: Arc::clone(files),
            app,
            outside,
            painter,
            first: None,
            has_quit: false,
            past: Past::default(),
        }
    }

    fn session(&self) -> Option<&Session> {
        self.app.workbench().map(Workbench::session)
    }

    /// Lets something happen and carries out what follows from it.
    fn happen(&mut self, event: Event) {
        let effects = self.app.update(event);
        self.carry_out(effects);
        self.outside.keep(&mut self.app, false);
        let heard = self.outside.heed(&mut self.app);
        self.carry_out(heard);
    }

    fn carry_out(&mut self, mut effects: Vec<Effect>) {
        while !effects.is_empty() {
            let mut next = Vec::new();
            for effect in effects {
                let adopts = matches!(effect, Effect::Adopt(_));
                let opens = matches!(
                    effect,
                    Effect::Open(_) | Effect::OpenSample | Effect::Create { .. } | Effect::TakeImport
                );
                match &effect {
                    Effect::Recover | Effect::SetAside => self.past.undecided = false,
                    Effect::Open(_) => self.past.undecided |= self.past.has_crashed,
                    _ => {}
                }
                match effect {
                    Effect::Quit => self.has_quit = true,
                    Effect::Redraw => self.painter.invalidate(),
                    effect => next.extend(self.outside.carry_out(effect, &mut self.app)),
                }
                let Some(session) = self.session().filter(|_| adopts || opens) else { continue };
                if session.history_depth() == (0, 0) {
                    self.first = Some(session.report().clone());
                } else if adopts {
                    // It came back with its steps; what they began from is not known here.
                    self.first = None;
                }
            }
            effects = next;
        }
    }

    /// The program is gone and is started again on what it left behind.
    fn crash(self, heals: bool) -> Self {
        let Self { files, app, outside, past, .. } = self;
        IDLE.set(Some(outside.catalogue));
        let (size, policy) = (app.size(), app.policy());
        let before = app.workbench().map(|workbench| {
            let session = workbench.session();
            (workbench.path.clone(), session.report().clone(), session.has_unsaved())
        });
        drop(app);
        let mut play = Self::start(&files, policy, size);
        play.past = Past { has_crashed: true, undecided: false, ..past };
        let path: Option<PathBuf> = before.as_ref().and_then(|(path, _, _)| path.clone());
        let reopened = path.is_some();
        if let Some(path) = path {
            play.carry_out(vec![Effect::Open(path)]);
        } else {
            let start = play.outside.start_screen();
            play.app.show_start(start);
            play.outside.offer_unsaved(&mut play.app);
        }
        if !heals {
            return play;
        }
        if reopened {
            play.carry_out(vec![Effect::Recover]);
        } else if play.app.has_something_to_say() {
            // The list of reports that were never saved, with the newest chosen.
            play.press("enter");
        }
        let comes_back = !past.was_full && !past.undecided && (reopened || !past.has_crashed);
        if let Some((_, report, unsaved)) = before.filter(|_| comes_back) {
            match play.session() {
                Some(session) => assert_eq!(session.report(), &report, "what was typed comes back"),
                None => assert!(!unsaved || !reopened, "the draft opens again"),
            }
        }
        play
    }

    /// Draws what changed.
    fn draw(&mut self) {
        let _ = self.painter.frame(&self.app);
        assert!(self.painter.screen().size() == self.app.size());
    }

    /// Draws what changed and compares it with drawing all.
    fn see(&mut self) {
        let cursor = self.painter.compose(&self.app);
        let mut fresh = Painter::new(self.app.size(), self.app.policy(), theme());
        assert_eq!(fresh.compose(&self.app), cursor, "the cursor is where a full repaint has it");
        assert!(
            fresh.screen().buffer() == self.painter.screen().buffer(),
            "the screen is not what a full repaint shows:\n{}\n--- but\n{}",
            fresh.screen().lines().join("\n"),
            self.painter.screen().lines().join("\n"),
        );
        self.draw();
        assert!(self.painter.frame(&self.app).is_empty(), "a second frame has nothing to send");
    }

    fn finish(mut self) {
        let Some(session) = self.session() else {
            IDLE.set(Some(self.outside.catalogue));
            return;
        };
        super::assert_evaluation_is_fresh(session);
        super::assert_all_can_be_told(session);
        let unknown = draft::Unknown::default();
        let written = draft::write(session.form(), session.report(), &unknown);
        if let Ok(form) = forms().by_id(&session.form().id)
            && form.shape() == session.form().shape()
        {
            let (read, _) = draft::read("报告.ron", &written, forms()).expect("what was written can be read");
            assert_eq!(&read.report, session.report(), "the report comes back from its draft");
        }
        self.app.update(Event::Resize(80, 24));
        self.app.close_overlays();
        self.press("alt-0");
        self.app.close_overlays();
        let depth = |play: &Self| play.session().map_or((0, 0), Session::history_depth);
        let (last, (steps, undone)) = (self.session().map(|session| session.report().clone()), depth(&self));
        for left in (0..steps).rev() {
            self.press("ctrl-z");
            assert_eq!(depth(&self).0, left, "undo takes one step back");
        }
        if let (Some(session), Some(first)) = (self.session(), &self.first) {
            assert_eq!(session.report(), first, "undoing everything gives what was opened");
        }
        for _ in 0..steps {
            self.press("ctrl-y");
        }
        assert_eq!(depth(&self), (steps, undone), "redo makes the same steps again");
        assert_eq!(self.session().map(Session::report), last.as_ref(), "redo gives the last report");
        self.see();
        IDLE.set(Some(self.outside.catalogue));
    }

    fn press(&mut self, key: &str) {
        let key: Key = key.parse().expect("a key");
        self.happen(Event::Key(key));
    }
}

thread_local! {
    /// The forms of a program that has ended: compiling them takes longer than most scripts.
    static IDLE: Cell<Option<Arc<Catalogue>>> = const { Cell::new(None) };
}

fn keymap() -> Keymap {
    static KEYMAP: OnceLock<Keymap> = OnceLock::new();
    KEYMAP.get_or_init(|| Keymap::parse(gouji::assets::KEYS).expect("the keymap is sound")).clone()
}

fn forms() -> &'static Catalogue {
    static FORMS: OnceLock<Catalogue> = OnceLock::new();
    FORMS.get_or_init(Catalogue::default)
}

fn theme() -> Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| Themes::embedded().expect("the theme is sound").theme(ColourMode::Colour256)).clone()
}
