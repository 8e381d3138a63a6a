//! Word files (docx), as people send them and as a 公文 is laid out.

mod numbering;
mod read;
mod styles;
mod write;

#[cfg(test)]
mod tests;

pub use read::read;
pub use write::write;

/// The names of the styles that gouji writes, by which it knows them again. Programs that save a file anew keep names
/// but not ids. They are those of `assets/office/docx/styles.xml`.
mod name {
    /// Of characters: the figure was computed.
    pub(super) const COMPUTED: &str = "勾稽计算值";
    pub(super) const SIGN_OFF: &str = "落款";
    pub(super) const PLACEHOLDER: &str = "待填写";
    /// Keeps two tables apart.
    pub(super) const GAP: &str = "表后";
    pub(super) const BANNER: &str = "草稿提示";
}
