//! Which kind of file it is.

/// A kind of file that goes in or out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Word and WPS since 2007.
    Docx,
    /// Excel and WPS since 2007.
    Xlsx,
    /// Excel until 2003 and WPS `.et`.
    Xls,
    /// LibreOffice tables.
    Ods,
    /// A web page.
    Html,
    /// Marked-up text with tables of bars.
    Markdown,
    /// Values separated by commas.
    Csv,
    /// Plain text: one cell a line, one row a line with tabs, or columns by spaces.
    Text,
    /// For programs.
    Json,
    /// Printed pages.
    Pdf,
}

impl Format {
    /// All kinds, in the order in which people are offered them.
    pub const ALL: [Self; 10] = [
        Self::Docx,
        Self::Xlsx,
        Self::Html,
        Self::Markdown,
        Self::Csv,
        Self::Json,
        Self::Text,
        Self::Xls,
        Self::Ods,
        Self::Pdf,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "Word（docx）",
            Self::Xlsx => "Excel（xlsx）",
            Self::Xls => "Excel（xls）",
            Self::Ods => "电子表格（ods）",
            Self::Html => "网页（html）",
            Self::Markdown => "Markdown（md）",
            Self::Csv => "CSV",
            Self::Text => "纯文本",
            Self::Json => "JSON",
            Self::Pdf => "PDF",
        }
    }

    /// The usual ending of its file names, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Text => "txt",
            Self::Json => "json",
            Self::Pdf => "pdf",
        }
    }

    /// Whether a report can be written as it.
    pub fn can_be_written(self) -> bool {
        matches!(self, Self::Docx | Self::Xlsx | Self::Html | Self::Markdown | Self::Csv | Self::Json)
    }
}
