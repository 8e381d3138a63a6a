//! Paths as people type them.

use std::path::{MAIN_SEPARATOR, Path, PathBuf, is_separator};

use crate::model::visible::is_hidden;

/// A typed path in its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// The folder that it names.
    pub(super) folder: PathBuf,
    /// The folder as it was written, with the separator at its end; may be empty.
    pub(super) written: String,
    /// What stands behind the last separator.
    pub(super) name: String,
}

impl Typed {
    /// Reads a path. Relative ones begin at `base`, `~` stands for the home folder.
    pub(super) fn read(text: &str, base: &Path, home: Option<&Path>) -> Self {
        let text = text.trim_start();
        // A whole path typed behind the proposed folder begins anew at its own root.
        let text = text.rfind("//").map_or(text, |at| &text[at + 1..]);
        if text == "~" && home.is_some() {
            return Self {
                folder: expanded(text, base, home),
                written: as_folder(text),
                name: String::new(),
            };
        }
        let cut = text.char_indices().rev().find(|(_, c)| is_separator(*c));
        let (written, name) = text.split_at(cut.map_or(0, |(at, c)| at + c.len_utf8()));
        Self {
            folder: expanded(written, base, home),
            written: written.to_owned(),
            name: name.trim_end().to_owned(),
        }
    }
}

/// The name proposed for the draft of a unit and a year: `沂源县-2020.ron`. Characters that Windows does not allow
/// or that can not be seen become `_`.
pub fn proposed_name(unit: &str, year: &str) -> String {
    const LONGEST: usize = 60;
    let allowed = |c: char| match c {
        '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
        c if is_hidden(c) => '_',
        c => c,
    };
    let part = |text: &str| text.trim().chars().map(allowed).take(LONGEST).collect::<String>();
    let (unit, year) = (part(unit), part(year));
    let unit = if unit.is_empty() { "年度报告".to_owned() } else { unit };
    // The hyphen keeps the name from being one of those that Windows reserves, such as CON.
    let stem = if year.is_empty() { format!("{unit}-草稿") } else { format!("{unit}-{year}") };
    // A name that begins with a dot would be hidden.
    format!("{}.ron", stem.trim_start_matches('.'))
}

/// The name with `.ron` behind it, unless it has an extension. A number after a dot is none.
pub(super) fn with_extension(name: &str) -> String {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_one = extension.chars().all(|c| c.is_ascii_alphanumeric())
        && extension.chars().any(|c| c.is_ascii_alphabetic());
    if is_one { name.to_owned() } else { format!("{}.ron", name.trim_end_matches('.')) }
}

/// Whether a name in lower case is that of a draft.
pub(super) fn is_draft(lower: &str) -> bool {
    ending(lower) == Some("ron")
}

/// What stands behind the last dot of a name.
pub(super) fn ending(name: &str) -> Option<&str> {
    Path::new(name).extension()?.to_str()
}

/// Whether a path begins at the root or at the home folder.
pub(super) fn is_whole(path: &str) -> bool {
    let at_home =
        path.strip_prefix('~').is_some_and(|rest| rest.is_empty() || rest.starts_with(is_separator));
    at_home || Path::new(path).is_absolute() || Path::new(path).has_root()
}

/// The path with a separator at its end.
pub(super) fn as_folder(path: &str) -> String {
    if path.ends_with(is_separator) { path.to_owned() } else { format!("{path}{MAIN_SEPARATOR}") }
}

fn expanded(written: &str, base: &Path, home: Option<&Path>) -> PathBuf {
    if let (Some(rest), Some(home)) = (written.strip_prefix('~'), home)
        && (rest.is_empty() || rest.starts_with(is_separator))
    {
        return home.join(rest.trim_start_matches(is_separator));
    }
    if written.is_empty() { base.to_owned() } else { base.join(written) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (PathBuf, String) {
        let typed = Typed::read(text, Path::new("/base"), Some(Path::new("/home/u")));
        (typed.folder, typed.name)
    }

    #[test]
    fn folders_and_names_are_told_apart() {
        assert_eq!(read("县.ron"), ("/base".into(), "县.ron".into()));
        assert_eq!(read("甲/县.ron"), ("/base/甲".into(), "县.ron".into()));
        assert_eq!(read("/甲/"), ("/甲".into(), String::new()));
        assert_eq!(read("~"), ("/home/u".into(), String::new()));
        assert_eq!(read("~/报告/县"), ("/home/u/报告".into(), "县".into()));
        assert_eq!(read("~x/县"), ("/base/~x".into(), "县".into()));
        assert_eq!(Typed::read("~/县", Path::new("/b"), None).folder, Path::new("/b/~"));
    }

    #[test]
    fn names_are_fit_for_windows() {
        assert_eq!(proposed_name("沂源县人民政府", "2020"), "沂源县人民政府-2020.ron");
        assert_eq!(proposed_name("甲/乙:丙*\t\"丁\"?", "2020"), "甲_乙_丙___丁__-2020.ron");
        assert_eq!(proposed_name("", ""), "年度报告-草稿.ron");
        assert_eq!(proposed_name("..", "2020"), "-2020.ron");
        assert!(proposed_name(&"长".repeat(500), "2020").chars().count() < 80);
    }

    #[test]
    fn an_extension_is_added_where_there_is_none() {
        assert_eq!(with_extension("县"), "县.ron");
        assert_eq!(with_extension("县.RON"), "县.RON");
        assert_eq!(with_extension("县2020.12"), "县2020.12.ron");
        assert_eq!(with_extension("县."), "县.ron");
        assert!(is_draft("县.ron") && !is_draft("县.txt") && !is_draft("ron"));
    }
}
