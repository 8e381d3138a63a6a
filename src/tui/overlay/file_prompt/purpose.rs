//! What a file is asked for.

use std::path::PathBuf;

use super::path;
use crate::exchange::Format;
use crate::tui::flow::{Then, Wish};

/// What a file is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A draft to be read.
    Open,
    /// A file of another program to be read.
    Import,
    /// The draft is to be written.
    Save(Then),
    /// The report is to be written for others.
    Export(Format),
}

impl Purpose {
    /// Whether the file is to be written, and need not exist.
    pub(super) fn writes(&self) -> bool {
        !matches!(self, Self::Open | Self::Import)
    }

    pub(super) fn title(&self) -> String {
        match self {
            Self::Open => "打开草稿".to_owned(),
            Self::Import => "导入文件".to_owned(),
            Self::Save(_) => "保存草稿".to_owned(),
            Self::Export(format) => format!("导出成{}", format.name()),
        }
    }

    /// What stands in front of the path.
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::Open | Self::Import => "文件",
            Self::Save(_) => "存为",
            Self::Export(_) => "导出到",
        }
    }

    /// What Enter does.
    pub(super) fn verb(&self) -> &'static str {
        match self {
            Self::Open => "打开",
            Self::Import => "读取",
            Self::Save(_) => "保存",
            Self::Export(_) => "导出",
        }
    }

    /// What the list shows besides folders.
    pub(super) fn wanted(&self) -> &'static str {
        match self {
            Self::Open | Self::Save(_) => "草稿",
            Self::Import => "可以导入的文件",
            Self::Export(_) => "这种文件",
        }
    }

    /// Whether the list shows a file of this name, which is in lower case.
    pub(super) fn lists(&self, lower: &str) -> bool {
        match self {
            Self::Open | Self::Save(_) => path::is_draft(lower),
            Self::Import => path::ending(lower).is_some_and(|ending| READ.contains(&ending)),
            Self::Export(format) => is_of(lower, *format),
        }
    }

    /// The name of the file that somebody means by what was typed.
    pub(super) fn file_name(&self, typed: String) -> String {
        match self {
            Self::Open | Self::Import => typed,
            Self::Save(_) => path::with_extension(&typed),
            Self::Export(format) if is_of(&typed.to_lowercase(), *format) => typed,
            Self::Export(format) => format!("{}.{}", typed.trim_end_matches('.'), format.extension()),
        }
    }

    pub(super) fn wish(&self, path: PathBuf) -> Wish {
        match self {
            Self::Open => Wish::OpenDraft(path),
            Self::Import => Wish::ImportFile(path),
            Self::Save(then) => Wish::SaveTo { path, replace: false, then: then.clone() },
            Self::Export(format) => Wish::ExportTo { path, format: *format },
        }
    }
}

/// Endings of files that a report may be read out of. Portals call web pages `.doc`.
const READ: [&str; 16] = [
    "docx", "doc", "wps", "xlsx", "xls", "et", "ods", "html", "htm", "mht", "mhtml", "md", "csv", "txt",
    "json", "pdf",
];

/// Whether a name in lower case ends as files of this kind do.
fn is_of(lower: &str, format: Format) -> bool {
    path::ending(lower)
        .is_some_and(|ending| ending == format.extension() || (ending == "htm" && format == Format::Html))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exported_file_always_has_the_ending_of_its_kind() {
        let name = |format, typed: &str| Purpose::Export(format).file_name(typed.to_owned());
        assert_eq!(name(Format::Docx, "县"), "县.docx");
        assert_eq!(name(Format::Docx, "县."), "县.docx");
        assert_eq!(name(Format::Docx, "县.DOCX"), "县.DOCX");
        assert_eq!(name(Format::Docx, "县.ron"), "县.ron.docx");
        assert_eq!(name(Format::Html, "县.htm"), "县.htm");
        assert_eq!(name(Format::Markdown, "县2020.12"), "县2020.12.md");
    }
}
