//! The drafts opened of late, and where the program keeps such things between runs.
//!
//! Nothing here is ever an obstacle: a list that can not be read is empty, and one that can not be written is
//! forgotten.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::atomic;
use super::decode::decode;
use super::error::{StoreError, Task};
use super::files::{Files, read_limited};

/// The folders of the user, as the environment names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// Where programs keep what they remember.
    pub state: Option<PathBuf>,
    /// Where users keep what they set.
    pub config: Option<PathBuf>,
}

/// Absolute paths of drafts, the newest first, at most [`Recent::MOST`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recent {
    paths: Vec<PathBuf>,
}

impl Places {
    /// The folders on this system. `variable` looks up the environment.
    pub fn new(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        if cfg!(windows) { Self::windows(variable) } else { Self::unix(variable) }
    }

    /// The list of drafts opened of late.
    pub fn recent_file(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join(FOLDER).join("recent.ron"))
    }

    /// How the user likes to work.
    pub fn settings_file(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join(FOLDER).join("settings.ron"))
    }

    /// Where the edits of drafts that were never saved are kept.
    pub fn unsaved_folder(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join(FOLDER).join("unsaved"))
    }

    /// The user's own keymap, which need not exist.
    pub fn keys_file(&self) -> Option<PathBuf> {
        Some(self.config.as_ref()?.join(FOLDER).join("keys.ron"))
    }

    fn unix(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        // What is not absolute is to be passed over, say the rules for these variables.
        let absolute = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = absolute("HOME");
        let below_home = |folder: &str| home.as_ref().map(|home| home.join(folder));
        Self {
            state: absolute("XDG_STATE_HOME").or_else(|| below_home(".local/state")),
            config: absolute("XDG_CONFIG_HOME").or_else(|| below_home(".config")),
        }
    }

    fn windows(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let given = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let (local, roaming) = (given("LOCALAPPDATA"), given("APPDATA"));
        Self { state: local.clone().or_else(|| roaming.clone()), config: roaming.or(local) }
    }
}

impl Recent {
    /// How many drafts are kept.
    pub const MOST: usize = 20;

    /// Reads the list. A file that is not there gives an empty list; so does one that can not be read or
    /// understood, with a sentence about it.
    pub fn read(files: &(impl Files + ?Sized), file: &Path) -> (Self, Option<String>) {
        let bytes = match read_limited(files, file, MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.is_not_found() => return (Self::default(), None),
            Err(error) => return (Self::default(), Some(format!("最近的草稿没有列出。{error}。"))),
        };
        let paths = decode(&bytes).ok().and_then(|decoded| ron::from_str::<Vec<PathBuf>>(&decoded.text).ok());
        let Some(paths) = paths else {
            let problem =
                format!("最近的草稿没有列出：“{}”的内容已损坏，下次打开草稿时重新记录。", file.display());
            return (Self::default(), Some(problem));
        };
        let mut recent = Self::default();
        for path in paths.into_iter().rev() {
            recent.note(path);
        }
        (recent, None)
    }

    /// The drafts, the newest first.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Puts a draft first. A path that is not absolute, or not Unicode, is not kept.
    pub fn note(&mut self, path: PathBuf) {
        if path.is_absolute() && path.to_str().is_some() {
            self.forget(&path);
            self.paths.insert(0, path);
            self.paths.truncate(Self::MOST);
        }
    }

    /// Takes a draft off the list.
    pub fn forget(&mut self, path: &Path) {
        self.paths.retain(|known| known != path);
    }

    /// Writes the list, making the folder if need be.
    ///
    /// # Errors
    /// Those of [`atomic::save`], and if the folder can not be made. The caller may pass over them.
    pub fn write(&self, files: &(impl Files + ?Sized), file: &Path) -> Result<(), StoreError> {
        if let Some(folder) = file.parent() {
            files.create_dir_all(folder).map_err(|cause| StoreError::io(file, Task::Save, cause))?;
        }
        atomic::save(files, file, self.as_ron().as_bytes())
    }

    /// One path a line.
    fn as_ron(&self) -> String {
        let mut text = "[\n".to_owned();
        for path in self.paths.iter().filter_map(|path| ron::to_string(path).ok()) {
            text.push_str("    ");
            text.push_str(&path);
            text.push_str(",\n");
        }
        text + "]\n"
    }
}

/// The program's own folder in those of the user.
const FOLDER: &str = "gouji";
/// Twenty paths of the greatest length that any system allows fit many times.
const MAX_BYTES: u64 = 1024 * 1024;

#[cfg(test)]
mod tests;
