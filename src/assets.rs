//! Files that are part of the program: the forms, the keymap, the theme, the manual, the example.
//!
//! The only place that embeds files; every other module gets its text from here.

/// The official forms by the name of their file, oldest first.
pub const FORMS: [(&str, &str); 2] = [
    ("assets/forms/2019.ron", include_str!("../assets/forms/2019.ron")),
    ("assets/forms/2021.ron", include_str!("../assets/forms/2021.ron")),
];

/// Styles by role for terminals with many, with few and without colours.
pub const THEME: &str = include_str!("../assets/theme.ron");

/// The keymap as it is delivered; a user's file is laid over it.
pub const KEYS: &str = include_str!("../assets/keys.ron");

/// The clerk's manual, shown by the help.
pub const MANUAL: &str = include_str!("../assets/manual.zh.md");

/// The bundled example: name of its file and text.
pub const SAMPLE: (&str, &str) =
    ("sample-data/yiyuan-2020.ron", include_str!("../sample-data/yiyuan-2020.ron"));

/// The parts of a Word file that are the same in every report.
pub mod docx {
    /// Which kind of content each part has.
    pub const CONTENT_TYPES: &str = include_str!("../assets/office/docx/content-types.xml");
    /// What the file as a whole consists of.
    pub const PACKAGE_RELATIONS: &str = include_str!("../assets/office/docx/package-relations.xml");
    /// What the text refers to, by the ids that the writer uses.
    pub const DOCUMENT_RELATIONS: &str = include_str!("../assets/office/docx/document-relations.xml");
    /// Which program wrote the file.
    pub const APP: &str = include_str!("../assets/office/docx/app.xml");
    /// Settings of the whole text.
    pub const SETTINGS: &str = include_str!("../assets/office/docx/settings.xml");
    /// Fonts, with those to take where one is missing.
    pub const FONTS: &str = include_str!("../assets/office/docx/fonts.xml");
    /// The styles of a 公文.
    pub const STYLES: &str = include_str!("../assets/office/docx/styles.xml");
    /// The page number on right-hand pages.
    pub const FOOTER_ODD: &str = include_str!("../assets/office/docx/footer-odd.xml");
    /// The page number on left-hand pages.
    pub const FOOTER_EVEN: &str = include_str!("../assets/office/docx/footer-even.xml");
}

/// The style sheet of pages that are written; what must survive a portal's editor stands on the elements as well.
pub const PAGE_STYLE: &str = include_str!("../assets/office/page.css");
