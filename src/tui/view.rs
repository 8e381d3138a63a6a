//! The whole screen from the state of the program. Reads only.

use ratatui::layout::{Rect, Size};

use super::app::{App, Scene};
use super::context::View;
use super::layout;
use super::notice::Tone;
use super::overlay::Desk;
use super::panel;
use super::picture::Picture;
use super::shown::Line;
use super::theme::Role;
use super::width::Policy;
use super::workbench::{Pane, Tab, Workbench};
use super::{action::Action, key::Key, keymap::Context};
use crate::form::{Form, Severity};
use crate::model::{Place, excerpt, visible};

use crate::session::Session;

/// Actions offered in the line of keys, the most needed first; what has no room is left out at the end.
const HINTS: [Action; 11] = [
    Action::Help,
    Action::NextFinding,
    Action::Explain,
    Action::ToggleControlTotals,
    Action::ToggleLive,
    Action::SwitchPane,
    Action::Palette,
    Action::Save,
    Action::Undo,
    Action::Quit,
    Action::NextTab,
];

/// Draws the program into a picture.
pub fn draw(app: &App, picture: &mut Picture) {
    if layout::too_small(app.size()) {
        too_small(app, picture);
        return;
    }
    match &app.scene {
        Scene::Start(start) => {
            start.view(&desk(app, None), app.layout.above_notice(), picture);
            picture.line(app.layout.notice, notice(app));
            picture.line(app.layout.hints, hints(app, None));
        }
        Scene::Work(workbench) => work(app, workbench, picture),
    }
    let form = app.workbench().map(|workbench| workbench.session().form());
    for overlay in &app.overlays {
        overlay.view(&desk(app, form.map(AsRef::as_ref)), picture);
    }
}

fn desk<'a>(app: &'a App, form: Option<&'a Form>) -> Desk<'a> {
    let caret_row = app.workbench().and_then(Workbench::caret_row);
    Desk { keymap: &app.keymap, policy: app.policy, form, area: app.layout.screen, caret_row }
}

fn work(app: &App, workbench: &Workbench, picture: &mut Picture) {
    let view = View {
        session: workbench.session(),
        keymap: &app.keymap,
        policy: app.policy,
        settings: app.settings,
        contexts: app.contexts(),
        is_told: app.notice.is_some(),
    };
    let layout = &app.layout;
    let tallies = Tallies::of(workbench.session());
    picture.line(layout.header, header(workbench, &tallies));
    picture.line(layout.tabs, tabs(workbench, &tallies, layout.tabs.width, app.policy));
    workbench.view(&view, layout, picture);
    if let Some(Place::Cell(cell)) = workbench.place() {
        if layout.panel.width > 0 {
            picture.lines(layout.panel, panel::beside(&view, cell, layout.panel.width));
        }
        let third = (layout.footer.height > 0).then(|| {
            let [first, second, third] = panel::below(&view, cell, layout.footer.width);
            picture.lines(layout.footer, [first, second]);
            third
        });
        picture.line(layout.notice, third.filter(|_| app.notice.is_none()).unwrap_or_else(|| notice(app)));
    } else if let Some(line) = workbench.remark_line(&view) {
        picture.line(layout.notice, line);
    } else {
        picture.line(layout.notice, notice(app));
    }
    picture.line(layout.hints, hints(app, Some(workbench)));
}

/// Characters of unit and year in the header at most.
const LONGEST: usize = 200;

fn header(workbench: &Workbench, tallies: &Tallies) -> Line {
    let session = workbench.session();
    let form = session.form();
    let fact = |fact: Option<&crate::form::Fact>| {
        fact.map_or(String::new(), |fact| {
            visible(&excerpt(session.report().fact(fact.id), LONGEST)).into_owned()
        })
    };
    let (unit, year) = (fact(form.unit_fact()), fact(form.year_fact()));
    let mut line = Line::of(Role::Title, " 勾稽 ")
        .add(Role::Title, format!("{unit} {year}年度（{}）", form.name))
        .over(Role::Title);
    for (role, text) in tallies.all().words() {
        line = line.add_right(Role::Title, " ").add_right(on_bar(role, Role::Title), text);
    }
    let state = match (session.has_unsaved(), &workbench.path) {
        _ if workbench.is_being_saved() => " 正在保存 ",
        (true, _) => " 有改动 ",
        (false, Some(_)) => " 已保存 ",
        (false, None) => " 未保存 ",
    };
    line.add_right(Role::Title, state)
}

/// How many findings of each kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    gaps: usize,
}

/// What waits for a person on the cover and in each section. What stands with a reason does not.
struct Tallies {
    cover: Counts,
    sections: Vec<Counts>,
}

impl Tallies {
    fn of(session: &Session) -> Self {
        let form = session.form();
        let mut tallies =
            Self { cover: Counts::default(), sections: vec![Counts::default(); form.sections.len()] };
        for issue in session.evaluation().open_issues(form, session.report()) {
            let section = form.section_of(issue.place());
            let counts = match section {
                Some(id) => tallies.sections.get_mut(id.index()),
                None => Some(&mut tallies.cover),
            };
            let Some(counts) = counts else { continue };
            match (issue.is_gap(form), issue.severity(form)) {
                (true, _) => counts.gaps += 1,
                (false, Severity::Mandatory) => counts.errors += 1,
                (false, Severity::Verify) => counts.warnings += 1,
            }
        }
        tallies
    }

    fn all(&self) -> Counts {
        self.sections.iter().fold(self.cover, |all, counts| Counts {
            errors: all.errors + counts.errors,
            warnings: all.warnings + counts.warnings,
            gaps: all.gaps + counts.gaps,
        })
    }
}

impl Counts {
    fn words(self) -> Vec<(Role, String)> {
        let mut words = Vec::new();
        if self.errors > 0 {
            words.push((Role::ErrorMark, format!("错{}", self.errors)));
        }
        if self.warnings > 0 {
            words.push((Role::WarningMark, format!("疑{}", self.warnings)));
        }
        if self.gaps > 0 {
            words.push((Role::Dim, format!("空{}", self.gaps)));
        }
        words
    }
}

/// The titles with their counts; when they do not fit, first counts of blanks and then names of tabs that are
/// not shown give way.
fn tabs(workbench: &Workbench, tallies: &Tallies, width: u16, policy: Policy) -> Line {
    let mut line = Line::new();
    for brevity in [Brevity::Full, Brevity::NoGaps, Brevity::Numbers] {
        line = tabs_at(workbench, tallies, brevity);
        if line.width(policy) <= width {
            break;
        }
    }
    line
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Brevity {
    Full,
    NoGaps,
    Numbers,
}

fn tabs_at(workbench: &Workbench, tallies: &Tallies, brevity: Brevity) -> Line {
    let form = workbench.session().form();
    let mut line = Line::new();
    for tab in workbench.tabs() {
        let active = tab == workbench.tab();
        let (name, mut counts) = match tab {
            Tab::Cover => ("封面".to_owned(), tallies.cover),
            Tab::Findings => ("审核".to_owned(), Counts::default()),
            Tab::Section(id) => {
                let Some(section) = form.section(id) else { continue };
                let short = if brevity == Brevity::Numbers && !active { "" } else { section.short.as_str() };
                let counts = tallies.sections.get(id.index()).copied().unwrap_or_default();
                (format!("{}{short}", section.number), counts)
            }
        };
        if brevity != Brevity::Full && !active {
            counts.gaps = 0;
        }
        let (open, close, role) = if active { ("[", "]", Role::TabActive) } else { (" ", " ", Role::Tab) };
        line = line.add(role, format!("{open}{name}"));
        for (count_role, text) in counts.words() {
            let count_role = if active { on_bar(count_role, role) } else { count_role };
            line = line.add(role, " ").add(count_role, text);
        }
        line = line.add(role, close);
    }
    line
}

/// A count on a bar that has a ground of its own. Marks are coloured for the terminal's ground and would leave a
/// hole in it.
fn on_bar(count: Role, bar: Role) -> Role {
    if count == Role::ErrorMark { Role::NoticeError } else { bar }
}

fn notice(app: &App) -> Line {
    match &app.notice {
        None => Line::new(),
        Some(notice) => {
            let role = match notice.tone {
                Tone::Done => Role::Notice,
                Tone::Failed => Role::NoticeError,
            };
            Line::of(role, format!(" {}", visible(notice.text.trim_end())))
        }
    }
}

fn hints(app: &App, workbench: Option<&Workbench>) -> Line {
    let below_overlays: &[Context] =
        workbench.map_or(&[Context::Start, Context::Global], Workbench::contexts);
    let contexts = if app.overlays.is_empty() { app.contexts() } else { below_overlays };
    let pane = workbench.and_then(Workbench::pane);
    let both_panes = pane.is_some_and(|(_, both)| both);
    let in_table = pane.is_some_and(|(pane, _)| pane == Pane::Table);
    let in_report = workbench.is_some();
    let mut line = Line::new();
    let mut used = 0;
    for action in HINTS {
        let useful = match action {
            Action::SwitchPane => both_panes,
            Action::ToggleControlTotals => in_table,
            Action::Explain => workbench.is_some_and(|workbench| workbench.tab() == Tab::Findings),
            Action::NextFinding | Action::Save | Action::Undo | Action::NextTab => in_report,
            _ => true,
        };
        let Some(key) = app.keymap.key_for(action, contexts).map(Key::hint) else { continue };
        let name = match action {
            Action::SwitchPane if in_table => "文字",
            Action::SwitchPane => "表格",
            _ => action.name(),
        };
        let width = app.policy.measure(&key) + app.policy.measure(name) + 1;
        if !useful || used + width > app.layout.hints.width {
            continue;
        }
        used += width;
        line = line.add(Role::Text, " ").add(Role::HintKey, key).add(Role::Hint, name);
    }
    line
}

fn too_small(app: &App, picture: &mut Picture) {
    let Size { width, height } = app.size();
    let words = [
        "窗口太小".to_owned(),
        format!("现为 {width}×{height}"),
        format!("至少要 {}×{}", layout::SMALLEST.width, layout::SMALLEST.height),
        "请放大窗口".to_owned(),
    ];
    let notice =
        app.notice.as_ref().map(|notice| Line::of(Role::NoticeError, visible(&notice.text).into_owned()));
    let lines = words.map(|text| Line::of(Role::Text, text)).into_iter().chain(notice);
    picture.lines(Rect::new(0, 0, width, height), lines);
}
