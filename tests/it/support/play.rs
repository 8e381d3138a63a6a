//! Plays keys to the whole program without a terminal, and looks at its screen.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji::form::Catalogue;
use gouji::model::Place;
use gouji::session::Session;
use gouji::store::files::{DiskFiles, Files};
use gouji::store::lock::Identity;
use gouji::store::recent::Places;
use gouji::tui::app::{App, Setup};
use gouji::tui::context::Settings;
use gouji::tui::effect::Effect;
use gouji::tui::event::Event;
use gouji::tui::key::Key;
use gouji::tui::keymap::Keymap;
use gouji::tui::outside::{self, Errands, Keepers, Outside};
use gouji::tui::painter::Painter;
use gouji::tui::start::StartScreen;
use gouji::tui::theme::{ColourMode, Theme, Themes};
use gouji::tui::width::Policy;
use ratatui::layout::{Position, Size};
use ratatui::style::Modifier;

use super::strict;

/// The program, being played.
pub(crate) struct Play {
    pub(crate) app: App,
    pub(crate) painter: Painter,
    pub(crate) cursor: Option<Position>,
    pub(crate) has_quit: bool,
    outside: Outside,
    /// Where a played draft lies; saving must not touch the repository.
    folder: tempfile::TempDir,
    /// The time that has passed.
    time: std::time::Duration,
}

impl Play {
    /// On the first screen, with no recent drafts.
    pub(crate) fn start(width: u16, height: u16) -> Self {
        Self::start_on(Arc::new(DiskFiles), width, height)
    }

    /// The same on a disk of the test's own.
    pub(crate) fn start_on(files: Arc<dyn Files>, width: u16, height: u16) -> Self {
        Self::build(files, width, height, Catalogue::default(), "[]")
    }

    /// The same with forms of one's own, and a keymap file over the program's own keys.
    pub(crate) fn start_with(width: u16, height: u16, catalogue: Catalogue, keys: &str) -> Self {
        Self::build(Arc::new(DiskFiles), width, height, catalogue, keys)
    }

    fn build(files: Arc<dyn Files>, width: u16, height: u16, catalogue: Catalogue, keys: &str) -> Self {
        let keymap = Keymap::parse(gouji::assets::KEYS).unwrap();
        let setup = Setup {
            keymap: keymap.overridden_by(keys).unwrap(),
            policy: Policy::Narrow,
            size: Size::new(width, height),
            settings: Settings::default(),
            forms: catalogue.all().unwrap(),
            folder: PathBuf::from("."),
            home: None,
            year: Some(2025),
        };
        let app = App::new(setup, StartScreen::new(Vec::new()));
        let painter = Painter::new(app.size(), app.policy(), theme());
        let folder = tempfile::tempdir().unwrap();
        let places = Places { state: Some(folder.path().join("state")), config: None };
        let me =
            Identity { user: "测试".to_owned(), host: "本机".to_owned(), process: std::process::id() };
        let catalogue = Arc::new(catalogue);
        let errands = Errands::default();
        let outside = Outside { files, places, catalogue, me, keepers: Keepers::Here, errands };
        let mut play = Self {
            app,
            painter,
            cursor: None,
            has_quit: false,
            outside,
            folder,
            time: std::time::Duration::ZERO,
        };
        play.draw();
        play
    }

    /// Opens a draft that is played already once more, as after a crash. The first must be gone by then.
    pub(crate) fn reopen(self) -> Self {
        let path = self.app.workbench().unwrap().path.clone().unwrap();
        let Size { width, height } = self.app.size();
        let Self { folder, app, .. } = self;
        drop(app);
        let mut play = Self::start(width, height);
        play.folder = folder;
        play.open_draft(&path);
        play
    }

    /// With a copy of a draft of the repository open.
    pub(crate) fn open(path: &str, width: u16, height: u16) -> Self {
        Self::open_on(Arc::new(DiskFiles), path, width, height)
    }

    /// The same on a disk of the test's own.
    pub(crate) fn open_on(files: Arc<dyn Files>, path: &str, width: u16, height: u16) -> Self {
        let mut play = Self::start_on(files, width, height);
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let folder = play.drafts();
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(source.file_name().unwrap());
        std::fs::copy(&source, &path).unwrap();
        let (workbench, notice) = play.outside.open(&path).unwrap();
        outside::show(&mut play.app, workbench, notice);
        play.draw();
        play
    }

    /// The folder of the draft that is played.
    pub(crate) fn drafts(&self) -> PathBuf {
        self.folder.path().join("drafts")
    }

    /// A folder elsewhere.
    pub(crate) fn elsewhere(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// What the open draft's file holds.
    pub(crate) fn saved_text(&self) -> String {
        std::fs::read_to_string(self.app.workbench().unwrap().path.as_ref().unwrap()).unwrap()
    }

    /// Lets keepers work on threads of their own from the next draft on, as the program does.
    pub(crate) fn with_threads(mut self) -> Self {
        self.outside.keepers = Keepers::Away(Arc::new(|| ()));
        self
    }

    /// Opens a draft of the desk.
    pub(crate) fn open_draft(&mut self, path: &Path) {
        let (workbench, notice) = self.outside.open(path).unwrap();
        outside::show(&mut self.app, workbench, notice);
        self.draw();
    }

    /// Ends the program as a power cut does, and starts it again on the first screen with all disks working.
    pub(crate) fn restart(self) -> Self {
        let Size { width, height } = self.app.size();
        let Self { folder, app, .. } = self;
        drop(app);
        let mut play = Self::start(width, height);
        play.outside.places.state = Some(folder.path().join("state"));
        play.folder = folder;
        play.outside.offer_unsaved(&mut play.app);
        play.draw();
        play
    }

    /// The folder of the journals of reports that were never saved.
    pub(crate) fn unsaved_folder(&self) -> PathBuf {
        self.outside.places.unsaved_folder().unwrap()
    }

    /// Tells of reports that were never saved, as after the start with a draft.
    pub(crate) fn mention_unsaved(&mut self) -> &mut Self {
        self.outside.mention_unsaved(&mut self.app);
        self.idle()
    }

    /// Does what the loop does when nothing happens.
    pub(crate) fn idle(&mut self) -> &mut Self {
        let heard = self.outside.heed(&mut self.app);
        self.carry_out(heard);
        self.outside.mind_silence(&mut self.app);
        self.draw();
        self
    }

    /// Lets the time pass after which the program saves by itself.
    pub(crate) fn autosave(&mut self) -> &mut Self {
        let effects = self.outside.autosave(&mut self.app, std::time::Duration::ZERO);
        self.carry_out(effects);
        self.idle()
    }

    /// Shows a draft where it lies.
    pub(crate) fn show(&mut self, path: &Path) {
        let (workbench, notice) = self.outside.open(path).unwrap();
        outside::show(&mut self.app, workbench, notice);
        self.draw();
    }

    /// Shows the first screen with this list of recent drafts.
    pub(crate) fn show_recent(&mut self, list: &[u8]) {
        let file = self.outside.places.recent_file().unwrap();
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        File::create(&file).unwrap().write_all(list).unwrap();
        self.app.show_start(self.outside.start_screen());
        self.draw();
    }

    /// Presses keys: characters as they are, others by their name in angle brackets, such as `83<esc><ctrl-s>`.
    pub(crate) fn keys(&mut self, script: &str) -> &mut Self {
        let mut rest = script;
        while let Some(c) = rest.chars().next() {
            let (key, length) = match rest.strip_prefix('<').and_then(|named| named.split_once('>')) {
                Some((name, _)) if name.len() > 1 => (name.parse::<Key>().unwrap(), name.len() + 2),
                _ => (Key::char(c), c.len_utf8()),
            };
            self.event(Event::Key(key));
            rest = &rest[length..];
        }
        self
    }

    /// Pastes text, as a terminal with bracketed paste does.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.event(Event::Paste(text.to_owned()))
    }

    /// Lets time pass in which no key is pressed.
    pub(crate) fn wait(&mut self, time: std::time::Duration) -> &mut Self {
        self.time += time;
        self.app.at_time(self.time);
        self
    }

    /// Changes the size of the window.
    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.event(Event::Resize(width, height))
    }

    /// Lets something happen, carries out what follows from it, and draws.
    pub(crate) fn event(&mut self, event: Event) -> &mut Self {
        let effects = self.app.update(event);
        self.carry_out(effects);
        self.outside.keep(&mut self.app, false);
        let heard = self.outside.heed(&mut self.app);
        self.carry_out(heard);
        self.draw();
        self
    }

    fn carry_out(&mut self, mut effects: Vec<Effect>) {
        while !effects.is_empty() {
            let mut next = Vec::new();
            for effect in effects {
                match effect {
                    Effect::Quit => self.has_quit = true,
                    Effect::Redraw => self.painter.invalidate(),
                    effect => next.extend(self.outside.carry_out(effect, &mut self.app)),
                }
            }
            effects = next;
        }
    }

    /// The screen as lines of text.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.painter.screen().lines()
    }

    /// The screen as one text, for snapshots.
    pub(crate) fn screen(&self) -> String {
        let mut lines: Vec<String> = self.lines().iter().map(|line| line.trim_end().to_owned()).collect();
        lines.extend(self.cursor.map(|Position { x, y }| format!("cursor {x},{y}")));
        lines.join("\n")
    }

    /// The screen as a terminal without colours shows it: below each line what is bold (`b`), underlined (`u`),
    /// reversed (`r`), or several of these (`+` for bold and underlined, `R` for reversed and one other, `#` for all three).
    pub(crate) fn mono_screen(&self) -> String {
        let theme = Themes::embedded().unwrap().theme(ColourMode::Mono);
        let mut painter = Painter::new(self.app.size(), self.app.policy(), theme);
        painter.compose(&self.app);
        let buffer = painter.screen().buffer();
        let area = buffer.area;
        let mut lines = Vec::new();
        for (y, line) in (area.top()..area.bottom()).zip(painter.screen().lines()) {
            lines.push(line.trim_end().to_owned());
            let marks = (area.left()..area.right()).map(|x| {
                let marks = buffer[(x, y)].modifier;
                let [bold, under, reversed] = [Modifier::BOLD, Modifier::UNDERLINED, Modifier::REVERSED]
                    .map(|mark| marks.contains(mark));
                match (bold, under, reversed) {
                    (false, false, false) => ' ',
                    (true, false, false) => 'b',
                    (false, true, false) => 'u',
                    (false, false, true) => 'r',
                    (true, true, false) => '+',
                    (true, true, true) => '#',
                    (true, false, true) | (false, true, true) => 'R',
                }
            });
            let marks: String = marks.collect();
            lines.extend((!marks.trim().is_empty()).then(|| marks.trim_end().to_owned()));
        }
        lines.join("\n")
    }

    /// Whether a piece of text is on the screen.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.lines().iter().any(|line| line.contains(text))
    }

    /// Whether a line of the screen has these words, whatever the blanks between them.
    pub(crate) fn shows_row(&self, words: &str) -> bool {
        let words: Vec<&str> = words.split_whitespace().collect();
        let row = |line: &String| line.split_whitespace().collect::<Vec<_>>().join(" ");
        self.lines().iter().map(row).any(|line| line.contains(&words.join(" ")))
    }

    /// The screen with every moment replaced by one and the same, for snapshots.
    pub(crate) fn timeless_screen(&self) -> String {
        let pattern = "dddd-dd-dd dd:dd:dd";
        let fits = |(c, p): (char, char)| if p == 'd' { c.is_ascii_digit() } else { c == p };
        let screen: Vec<char> = self.screen().chars().collect();
        let (mut text, mut at) = (String::new(), 0);
        while let Some(c) = screen.get(at) {
            let ahead = screen.get(at..at + pattern.len()).unwrap_or_default();
            if !ahead.is_empty() && ahead.iter().copied().zip(pattern.chars()).all(fits) {
                text.push_str("2026-07-13 16:15:02");
                at += pattern.len();
            } else {
                text.push(*c);
                at += 1;
            }
        }
        text
    }

    /// The draft being worked on.
    pub(crate) fn path(&self) -> PathBuf {
        self.app.workbench().unwrap().path.clone().unwrap()
    }

    /// The report being worked on.
    pub(crate) fn session(&self) -> &Session {
        self.app.workbench().unwrap().session()
    }

    /// What stands at a path of the report.
    pub(crate) fn value(&self, path: &str) -> String {
        let place = self.session().form().place(path).unwrap_or_else(|| panic!("no place {path}"));
        self.session().shown(place)
    }

    /// The path of what is under the cursor.
    pub(crate) fn place(&self) -> String {
        let place: Option<Place> = self.app.workbench().unwrap().place();
        place.map_or(String::new(), |place| self.session().form().path(place))
    }

    /// Codes of the rules that do not hold, in order, each once.
    pub(crate) fn rules(&self) -> Vec<String> {
        let form = self.session().form();
        let mut codes: Vec<String> = Vec::new();
        for finding in self.session().evaluation().findings() {
            let code = form.rule(finding.rule).unwrap().code.clone();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    fn draw(&mut self) {
        self.cursor = self.painter.compose(&self.app);
        // Sent as the terminal would get it, so that the next frame is a difference.
        let complaint = strict::complaint(self.painter.frame(&self.app));
        assert_eq!(complaint, None, "{:?}", self.lines());
    }
}

/// The theme of the tests: 256 colours.
pub(crate) fn theme() -> Theme {
    Themes::embedded().unwrap().theme(ColourMode::Colour256)
}
