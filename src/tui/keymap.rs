//! Which key means what, where.

mod locate;
mod read;

use std::fmt;
use std::str::FromStr;

use crate::tui::action::Action;
use crate::tui::key::Key;

pub use read::{KeymapError, KeymapErrors, Problem};

/// A place of the screen with keys of its own.
///
/// The caller names the contexts that apply, the innermost first, for instance:
/// a table `[Grid, Global]`; a figure being typed `[CellEdit, Global]`; the same after F2
/// `[TextInput, CellEdit, Global]`; the palette `[TextInput, List]`; the findings `[Findings, List, Global]`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Context {
    /// Everywhere; the last of a list of contexts.
    Global,
    /// A table with the cursor on a cell and no figure being typed.
    Grid,
    /// A table with a figure being typed.
    CellEdit,
    /// The fields of the cover.
    Cover,
    /// The prose of a section.
    Prose,
    /// The list of findings; before [`Context::List`].
    Findings,
    /// The first screen; before [`Context::List`].
    Start,
    /// Any list.
    List,
    /// A question with buttons.
    Dialog,
    /// One line of text; before the context it stands in.
    TextInput,
    /// The help page; before [`Context::List`].
    Help,
    /// Searching in prose; before [`Context::TextInput`].
    Search,
    /// What became of an imported file; before [`Context::List`].
    Review,
}

/// Keys and their actions for every context.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keymap {
    bindings: [Vec<(Key, Action)>; Context::ALL.len()],
}

impl Keymap {
    /// Reads a keymap file.
    ///
    /// # Errors
    /// All that is wrong in it, each with its place: unknown contexts, keys and actions, a key that is bound
    /// twice in one context, a bare character where characters are text.
    pub fn parse(text: &str) -> Result<Self, KeymapErrors> {
        Self::default().overridden_by(text)
    }

    /// This keymap with a user's file laid over it. The file replaces what its keys meant in their context;
    /// the action `none` leaves them without a meaning there. Its keys come first in hints.
    ///
    /// # Errors
    /// As for [`Keymap::parse`]; a key that the file binds twice in one context is an error, one that was
    /// bound before is not.
    pub fn overridden_by(&self, text: &str) -> Result<Self, KeymapErrors> {
        let lines = read::read(text)?;
        let mut keymap = Self::default();
        for line in &lines {
            if let Some(action) = line.action {
                keymap.of_mut(line.context).push((line.key, action));
            }
        }
        for context in Context::ALL {
            let kept = self.of(context).iter().copied();
            let untouched = |(key, _): &(Key, Action)| {
                !lines.iter().any(|line| line.context == context && line.key == *key)
            };
            keymap.of_mut(context).extend(kept.filter(untouched));
        }
        Ok(keymap)
    }

    /// What `key` means where `contexts` apply: the first context that has the key decides.
    ///
    /// A character that no context binds is tried in half width, so that `／` is as good as `/`.
    pub fn resolve(&self, contexts: &[Context], key: Key) -> Option<Action> {
        contexts
            .iter()
            .find_map(|&context| self.bound(context, key).or_else(|| self.bound(context, key.half_width()?)))
    }

    /// The keys that mean `action` where `contexts` apply, the preferred one first.
    pub fn keys_for(&self, action: Action, contexts: &[Context]) -> Vec<Key> {
        let mut keys = Vec::new();
        for key in self.reaching(action, contexts) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// The preferred key that means `action` where `contexts` apply.
    pub fn key_for(&self, action: Action, contexts: &[Context]) -> Option<Key> {
        self.reaching(action, contexts).next()
    }

    /// The preferred key and the name of an action for the line of hints: `F1帮助`. Nothing if no key means
    /// the action here.
    pub fn hint(&self, action: Action, contexts: &[Context]) -> Option<String> {
        Some(self.key_for(action, contexts)?.hint() + action.name())
    }

    /// Keys bound to an action that no inner context takes away.
    fn reaching<'a>(&'a self, action: Action, contexts: &'a [Context]) -> impl Iterator<Item = Key> + 'a {
        let bound = contexts.iter().flat_map(|&context| self.of(context));
        bound
            .filter(move |(_, bound)| *bound == action)
            .map(|(key, _)| *key)
            .filter(move |key| self.resolve(contexts, *key) == Some(action))
    }

    fn bound(&self, context: Context, key: Key) -> Option<Action> {
        self.of(context).iter().find(|(bound, _)| *bound == key).map(|(_, action)| *action)
    }

    fn of(&self, context: Context) -> &Vec<(Key, Action)> {
        &self.bindings[context as usize]
    }

    fn of_mut(&mut self, context: Context) -> &mut Vec<(Key, Action)> {
        &mut self.bindings[context as usize]
    }
}

impl Context {
    /// All contexts, in the order of their declaration.
    pub const ALL: [Self; 13] = [
        Self::Global,
        Self::Grid,
        Self::CellEdit,
        Self::Cover,
        Self::Prose,
        Self::Findings,
        Self::Start,
        Self::List,
        Self::Dialog,
        Self::TextInput,
        Self::Help,
        Self::Search,
        Self::Review,
    ];

    /// The name in keymap files; it never changes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Grid => "grid",
            Self::CellEdit => "cell_edit",
            Self::Cover => "cover",
            Self::Prose => "prose",
            Self::Findings => "findings",
            Self::Start => "start",
            Self::List => "list",
            Self::Dialog => "dialog",
            Self::TextInput => "text_input",
            Self::Help => "help",
            Self::Search => "search",
            Self::Review => "review",
        }
    }

    /// The name for people, on the help page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "各处",
            Self::Grid => "表格",
            Self::CellEdit => "录数时",
            Self::Cover => "封面",
            Self::Prose => "文字",
            Self::Findings => "审核",
            Self::Start => "开始",
            Self::List => "列表",
            Self::Dialog => "提问",
            Self::TextInput => "单行文字",
            Self::Help => "帮助",
            Self::Search => "查找",
            Self::Review => "导入",
        }
    }

    /// Whether this character is text here, so that no command may be bound to it.
    fn takes(self, c: char) -> bool {
        match self {
            Self::Global | Self::CellEdit | Self::Cover | Self::Prose | Self::TextInput | Self::Search => {
                true
            }
            Self::Grid => {
                let half = Key::char(c).half_width().and_then(Key::typed).unwrap_or(c);
                half.is_ascii_digit() || matches!(half, '-' | '.')
            }
            Self::Findings | Self::Start | Self::List | Self::Dialog | Self::Help | Self::Review => false,
        }
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// From the id.
impl FromStr for Context {
    type Err = Problem;

    fn from_str(id: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|c| c.id() == id).ok_or_else(|| Problem::UnknownContext(id.to_owned()))
    }
}

#[cfg(test)]
mod tests;
