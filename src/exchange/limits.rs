//! How much of a file from outside is taken in. All files are hostile until they are read.

/// Bounds on what one file may ask of memory and time. A real report has a few hundred cells and some thousand
/// characters; the bounds are a hundred times that, so that no honest file meets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it lies on the disk.
    pub file: u64,
    /// Bytes of all parts of a packed file when unpacked.
    pub unpacked: u64,
    /// Elements inside one another.
    pub depth: usize,
    /// Positions of all tables together.
    pub cells: usize,
    /// Columns of one table.
    pub columns: usize,
    /// Headings, paragraphs and tables.
    pub blocks: usize,
    /// Bytes of all text taken in.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 32 << 20,
            unpacked: 128 << 20,
            depth: 256,
            cells: 200_000,
            columns: 512,
            blocks: 100_000,
            text: 16 << 20,
        }
    }
}
