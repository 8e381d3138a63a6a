//! Which file to open or to write: a path being typed, and what is in its folder.
//!
//! It never looks at the disk itself: it asks for the content of a folder and is given it.

mod path;
mod purpose;

use std::path::{Path, PathBuf};

use ratatui::layout::Rect;

use super::Desk;
use super::field;
use super::list::Pick;
use super::window::{self, SIDES};
use crate::exchange::Format;
use crate::model::visible;
use crate::tui::action::Action;
use crate::tui::flow::{OverlayFlow, Then};
use crate::tui::input_line::InputLine;
use crate::tui::keymap::Context;
use crate::tui::picture::Picture;
use crate::tui::shown::Line;
use crate::tui::theme::Role;

use path::Typed;
pub use path::proposed_name;
use purpose::Purpose;

/// Of the cover's keys, Tab completes what is typed.
pub(super) const CONTEXTS: &[Context] = &[Context::TextInput, Context::List, Context::Cover, Context::Global];

/// Asks for a file.
#[derive(Debug, Clone)]
pub struct FilePrompt {
    purpose: Purpose,
    /// What relative paths are relative to.
    base: PathBuf,
    home: Option<PathBuf>,
    input: InputLine,
    /// The folder that was last asked for.
    asked: PathBuf,
    /// What is in it, once that is known.
    listing: Option<Result<Vec<Entry>, String>>,
    /// Whether an item of the list was chosen, and not only typed.
    in_list: bool,
    pick: Pick,
    problem: Option<&'static str>,
}

/// A name in a folder. Names that are not Unicode can not be typed and should be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name alone.
    pub name: String,
    /// Whether it is a folder, or a link to one.
    pub is_folder: bool,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Parent,
    Folder(String),
    File(String),
}

impl FilePrompt {
    /// Asks for a draft to open, beginning in `folder`, an absolute path.
    pub fn open(folder: PathBuf, home: Option<PathBuf>) -> Self {
        Self::new(Purpose::Open, folder, home, "")
    }

    /// Asks where to save, beginning in `folder` with the proposed name; see [`proposed_name`].
    pub fn save(folder: PathBuf, home: Option<PathBuf>, name: &str, then: Then) -> Self {
        Self::new(Purpose::Save(then), folder, home, name)
    }

    /// Asks where to put an exported report of this kind, with a proposed name without the ending.
    pub fn export(folder: PathBuf, home: Option<PathBuf>, stem: &str, format: Format) -> Self {
        let name = format!("{stem}.{}", format.extension());
        Self::new(Purpose::Export(format), folder, home, &name)
    }

    /// Asks for a file of another program to import, beginning in `folder`.
    pub fn import(folder: PathBuf, home: Option<PathBuf>) -> Self {
        Self::new(Purpose::Import, folder, home, "")
    }

    /// Whether it asks for a file to import.
    pub fn is_for_import(&self) -> bool {
        self.purpose == Purpose::Import
    }

    /// Whether it asks where to export to.
    pub fn is_for_export(&self) -> bool {
        matches!(self.purpose, Purpose::Export(_))
    }

    fn new(purpose: Purpose, base: PathBuf, home: Option<PathBuf>, name: &str) -> Self {
        // A folder whose name can not be typed stays implied.
        let start = base.to_str().map(path::as_folder).unwrap_or_default();
        let input = InputLine::new(start + name);
        let asked = base.clone();
        Self {
            purpose,
            base,
            home,
            input,
            asked,
            listing: None,
            in_list: false,
            pick: Pick::default(),
            problem: None,
        }
    }

    pub(super) fn awaits(&self) -> Option<&Path> {
        self.listing.is_none().then_some(self.asked.as_path())
    }

    pub(super) fn listed(&mut self, folder: PathBuf, entries: Result<Vec<Entry>, String>) {
        if folder == self.asked {
            self.asked = folder;
            self.listing = Some(entries.map(|mut entries| {
                entries.sort_by(|a, b| (!a.is_folder, &a.name).cmp(&(!b.is_folder, &b.name)));
                entries
            }));
        }
    }

    pub(super) fn settle(&mut self, desk: &Desk<'_>) {
        let items = self.items().len();
        self.pick.settle(items, Areas::of(desk).list.height);
        self.in_list &= items > 0;
    }

    pub(super) fn on(&mut self, action: Action) -> OverlayFlow {
        self.problem = None;
        let at_end = self.input.caret_column(POLICY) == POLICY.measure(self.input.text());
        match action {
            Action::Cancel => OverlayFlow::Close,
            Action::Choose | Action::CommitNext => self.enter(),
            Action::NextCell => self.complete(),
            Action::CaretRight if at_end && !self.input.is_fresh() => self.complete(),
            Action::ListUp | Action::ListPageUp if !self.in_list || self.pick.at() == 0 => {
                self.in_list = false;
                OverlayFlow::Done
            }
            Action::ListDown | Action::ListPageDown if !self.in_list => {
                self.in_list = true;
                self.pick = Pick::default();
                OverlayFlow::Done
            }
            _ if self.pick.on(action, self.items().len()) => {
                self.in_list = true;
                OverlayFlow::Done
            }
            _ if self.input.on(action) => self.typed_on(),
            _ => OverlayFlow::Ignored,
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> OverlayFlow {
        self.problem = None;
        // Windows puts a copied path between quotes.
        let text = text.trim().trim_matches('"');
        // A whole path stands for itself, not below the folder that is proposed.
        if path::is_whole(text) {
            self.input = InputLine::default();
        }
        self.input.insert(text);
        self.typed_on()
    }

    pub(super) fn view(&self, desk: &Desk<'_>, picture: &mut Picture) {
        let areas = Areas::of(desk);
        picture.overlay(areas.window, self.purpose.title());
        field::show(picture, areas.input, self.purpose.label(), &self.input, true, desk.policy);
        picture.line(areas.rule, Line::of(Role::Rule, "-".repeat(usize::from(areas.rule.width))));
        let items = self.items();
        let selected = self.selected(&items);
        let seen = self.pick.seen(items.len());
        let rows = items.iter().enumerate().skip(seen.start).take(seen.len());
        let mut lines: Vec<Line> = rows.map(|(index, item)| line(item, Some(index) == selected)).collect();
        if let Some(sentence) = self.remark(&items) {
            let sentence = window::head(&visible(&sentence), areas.list.width, desk.policy);
            lines.truncate(usize::from(areas.list.height.saturating_sub(1)));
            lines.push(Line::of(Role::Dim, sentence));
        }
        picture.lines(areas.list, lines);
        let bottom = match self.problem {
            Some(problem) => Line::of(Role::NoticeError, problem),
            None => self.keys(desk),
        };
        picture.line(areas.bottom, bottom);
    }

    fn keys(&self, desk: &Desk<'_>) -> Line {
        let keys: [(&[Action], _); 4] = [
            (&[Action::Choose], self.purpose.verb()),
            (&[Action::NextCell], "补全"),
            (&[Action::ListUp, Action::ListDown], "选择"),
            (&[Action::Cancel], "取消"),
        ];
        window::hints(desk.keymap, CONTEXTS, &keys)
    }

    /// What is to be said about the list: that it is empty, not there yet, or can not be read.
    fn remark(&self, items: &[Item]) -> Option<String> {
        match &self.listing {
            None => Some("正在读取文件夹。".to_owned()),
            Some(Err(problem)) => Some(format!("读不出这个文件夹：{problem}")),
            Some(Ok(_)) if items.iter().any(|item| *item != Item::Parent) => None,
            Some(Ok(_)) if self.typed().name.is_empty() => {
                Some(format!("这里没有{}，也没有文件夹。", self.purpose.wanted()))
            }
            Some(Ok(_)) if self.purpose.writes() => Some("这里没有名称相近的文件。".to_owned()),
            Some(Ok(_)) => Some(format!("没有名称相符的{}或文件夹。", self.purpose.wanted())),
        }
    }

    /// The list: the way up, folders, drafts; only those that fit what is typed. When saving, folders always
    /// fit, since what is typed is the name of the new file.
    fn items(&self) -> Vec<Item> {
        let Typed { folder, name, .. } = self.typed();
        let wanted = name.to_lowercase();
        let saving = self.purpose.writes();
        let mut items = Vec::new();
        if (saving || wanted.is_empty()) && folder.parent().is_some() {
            items.push(Item::Parent);
        }
        let Some(Ok(entries)) = &self.listing else { return items };
        let fits = |entry: &&Entry| {
            let lower = entry.name.to_lowercase();
            let hidden = lower.starts_with('.') && !wanted.starts_with('.');
            let wanted_kind = entry.is_folder || self.purpose.lists(&lower);
            !hidden && wanted_kind && (lower.contains(&wanted) || (saving && entry.is_folder))
        };
        items.extend(entries.iter().filter(fits).map(|entry| {
            let item = if entry.is_folder { Item::Folder } else { Item::File };
            item(entry.name.clone())
        }));
        items
    }

    /// The row under the cursor: one that was moved to, or else, when opening, the first that fits a name that
    /// is not complete.
    fn selected(&self, items: &[Item]) -> Option<usize> {
        if self.in_list {
            return Some(self.pick.at()).filter(|at| *at < items.len());
        }
        let name = self.typed().name;
        let first_fits = !self.purpose.writes()
            && !items.is_empty()
            && !matches!(name.as_str(), "" | "." | "..")
            && !self.entries().iter().any(|entry| entry.name == name);
        first_fits.then_some(0)
    }

    fn enter(&mut self) -> OverlayFlow {
        let items = self.items();
        let Typed { folder, name, .. } = self.typed();
        match self.selected(&items).and_then(|at| items.get(at)) {
            Some(Item::Parent) => self.go_up(),
            Some(Item::Folder(into)) => self.go_into(into),
            Some(Item::File(file)) => self.submit(folder.join(file)),
            None if name.is_empty() => {
                self.problem = Some(if self.purpose.writes() {
                    "请录入文件名。"
                } else {
                    "请录入文件名，或用上下键选一个。"
                });
                OverlayFlow::Done
            }
            None if matches!(name.as_str(), "." | "..") || self.is_folder(&name) => self.go_into(&name),
            None => self.submit(folder.join(self.purpose.file_name(name))),
        }
    }

    /// Puts the chosen name, or else the first that begins as typed, into the line.
    fn complete(&mut self) -> OverlayFlow {
        let items = self.items();
        let Typed { written, name, .. } = self.typed();
        let wanted = name.to_lowercase();
        let begins = |item: &&Item| match item {
            Item::Parent => false,
            Item::Folder(known) | Item::File(known) => {
                !wanted.is_empty() && known.to_lowercase().starts_with(&wanted)
            }
        };
        let chosen = if self.in_list { items.get(self.pick.at()) } else { None };
        match chosen.or_else(|| items.iter().find(begins)) {
            Some(Item::Parent) => self.go_up(),
            Some(Item::Folder(into)) => {
                self.input = InputLine::new(path::as_folder(&format!("{written}{into}")));
                self.typed_on()
            }
            Some(Item::File(file)) => {
                self.input = InputLine::new(format!("{written}{file}"));
                self.typed_on()
            }
            None => OverlayFlow::Done,
        }
    }

    fn go_into(&mut self, name: &str) -> OverlayFlow {
        let Typed { written, name: typed, .. } = self.typed();
        let kept = if typed == name { String::new() } else { self.kept(typed) };
        self.input = InputLine::new(path::as_folder(&format!("{written}{name}")) + &kept);
        self.typed_on()
    }

    fn go_up(&mut self) -> OverlayFlow {
        let Typed { folder, written, name } = self.typed();
        let up = match folder.parent().and_then(Path::to_str) {
            Some(parent) => path::as_folder(parent),
            None => path::as_folder(&format!("{written}..")),
        };
        self.input = InputLine::new(up + &self.kept(name));
        self.typed_on()
    }

    /// What of the typed name stays when another folder is shown: when saving, the name of the new file.
    fn kept(&self, name: String) -> String {
        if self.purpose.writes() { name } else { String::new() }
    }

    fn submit(&self, path: PathBuf) -> OverlayFlow {
        OverlayFlow::Submit(self.purpose.wish(path))
    }

    /// After every change of the line: asks for another folder if it names one.
    fn typed_on(&mut self) -> OverlayFlow {
        self.in_list = false;
        self.pick = Pick::default();
        let folder = self.typed().folder;
        if folder == self.asked {
            return OverlayFlow::Done;
        }
        self.listing = None;
        self.asked.clone_from(&folder);
        OverlayFlow::List(folder)
    }

    fn typed(&self) -> Typed {
        Typed::read(self.input.text(), &self.base, self.home.as_deref())
    }

    fn is_folder(&self, name: &str) -> bool {
        self.entries().iter().any(|entry| entry.is_folder && entry.name == name)
    }

    fn entries(&self) -> &[Entry] {
        match &self.listing {
            Some(Ok(entries)) => entries,
            _ => &[],
        }
    }
}

/// Whether the caret is at the end does not depend on how wide characters are.
const POLICY: crate::tui::width::Policy = crate::tui::width::Policy::Narrow;

struct Areas {
    window: Rect,
    input: Rect,
    rule: Rect,
    list: Rect,
    bottom: Rect,
}

impl Areas {
    fn of(desk: &Desk<'_>) -> Self {
        let window = window::centred(desk.area, 74 + SIDES, 20);
        let (input, rest) = window::split_top(window::inside(window), 1);
        let (rest, bottom) = window::split_bottom(rest, 1);
        let (rule, list) = window::split_top(rest, 1);
        Self { window, input, rule, list, bottom }
    }
}

fn line(item: &Item, here: bool) -> Line {
    let (role, text) = match item {
        Item::Parent => (Role::Dim, "上一级文件夹".to_owned()),
        Item::Folder(name) => (Role::Link, format!("{}/", visible(name))),
        Item::File(name) => (Role::Text, visible(name).into_owned()),
    };
    if here {
        Line::of(Role::Cursor, format!("> {text}")).over(Role::Cursor)
    } else {
        Line::of(role, format!("  {text}"))
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests;
