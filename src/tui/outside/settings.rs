//! How the user likes to work, kept from one run to the next.

use std::path::Path;

use super::Outside;
use crate::store::atomic;
use crate::store::error::{StoreError, Task};
use crate::store::files::Files;
use crate::store::open;
use crate::store::recent::Places;
use crate::tui::app::App;
use crate::tui::context::Settings;
use crate::tui::notice::Notice;

/// Reads the settings. A file that is not there gives the usual ones; so does one that can not be read or
/// understood, with a sentence about it.
pub fn read_settings(files: &dyn Files, places: &Places) -> (Settings, Option<Notice>) {
    let Some(file) = places.settings_file() else { return (Settings::default(), None) };
    let problem = match open::read_text(files, &file) {
        Ok(decoded) => match ron::from_str(&decoded.text) {
            Ok(settings) => return (settings, None),
            Err(_) => {
                format!("设置文件“{}”的内容已损坏，按常用设置运行；改动设置时会重新写好。", file.display())
            }
        },
        Err(error) if error.is_not_found() => return (Settings::default(), None),
        Err(error) => format!("设置没有读出，按常用设置运行。{error}。"),
    };
    (Settings::default(), Some(Notice::failed(problem)))
}

impl Outside {
    /// Writes the settings for the next run. That this fails is told, since the user has just set them.
    pub(super) fn write_settings(&self, app: &mut App) {
        let Some(file) = self.places.settings_file() else { return };
        if let Err(error) = write(&*self.files, &file, app.settings()) {
            app.tell(Notice::failed(format!("本次运行中有效，但设置没有能记住。{error}。")));
        }
    }
}

fn write(files: &dyn Files, file: &Path, settings: Settings) -> Result<(), StoreError> {
    if let Some(folder) = file.parent() {
        files.create_dir_all(folder).map_err(|cause| StoreError::io(file, Task::Save, cause))?;
    }
    let text = ron::ser::to_string_pretty(&settings, ron::ser::PrettyConfig::new()).unwrap_or_default();
    atomic::save(files, file, text.as_bytes())
}
