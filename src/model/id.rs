//! Dense identifiers: small numbers that index the vectors of a report and of its form.

/// Anything in a report that can be filled in, shown, and wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A fact of the cover.
    Fact(FactId),
    /// A prose text.
    Text(TextId),
    /// A figure of a table.
    Cell(CellId),
}

macro_rules! dense_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u32);

        impl $name {
            /// The identifier with this index.
            pub const fn new(index: usize) -> Self {
                Self(index as u32)
            }

            /// The index into the vectors of the form and the report.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

dense_id!(
    /// One figure of a table: an input or a total.
    CellId
);
dense_id!(
    /// One prose text of a section.
    TextId
);
dense_id!(
    /// One fact of the cover, such as the unit or the year.
    FactId
);
