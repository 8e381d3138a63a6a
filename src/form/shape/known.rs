//! The fields and words of a form file. `source.rs` says the same to serde; a test compares the two.

use super::Need::{Defaulted, Optional, Required};
use super::{Known, Shape};

/// A whole form.
pub(in crate::form) static FORM: Shape = Shape::Struct {
    name: "Form",
    fields: &[
        Known { name: "id", need: Required, shape: &Shape::Text },
        Known { name: "name", need: Required, shape: &Shape::Text },
        Known { name: "document", need: Required, shape: &Shape::Text },
        Known { name: "other_documents", need: Defaulted, shape: &Shape::List(&Shape::Text) },
        Known { name: "years", need: Required, shape: &YEARS },
        Known { name: "cover", need: Required, shape: &Shape::List(&FACT) },
        Known { name: "sections", need: Required, shape: &Shape::List(&SECTION) },
        Known { name: "tables", need: Required, shape: &Shape::List(&TABLE) },
        Known { name: "page", need: Defaulted, shape: &PAGE },
        Known { name: "rules", need: Required, shape: &Shape::List(&RULE) },
        Known { name: "claims", need: Defaulted, shape: &CLAIMS },
    ],
};

/// What a broken place says whose name nothing else in the form refers to: without it the rest can still be
/// checked as it is.
pub(super) const ONLY_SHOWN: [&str; 30] = [
    "label",
    "short",
    "name",
    "title",
    "corner",
    "heading",
    "number",
    "guidance",
    "hint",
    "default",
    "document",
    "other_documents",
    "role",
    "message",
    "basis",
    "unit",
    "years",
    "from",
    "to",
    "text",
    "left",
    "right",
    "balance",
    "rule",
    "severity",
    "completeness",
    "page",
    "preface",
    "sign_off",
    "printed",
];

static YEARS: Shape = Shape::Struct {
    name: "YearsSource",
    fields: &[
        Known { name: "from", need: Required, shape: &Shape::Number },
        Known { name: "to", need: Optional, shape: &Shape::Number },
    ],
};

static PAGE: Shape = Shape::Struct {
    name: "PageSource",
    fields: &[
        Known { name: "title", need: Defaulted, shape: &Shape::Text },
        Known { name: "preface", need: Defaulted, shape: &Shape::List(&Shape::Text) },
        Known { name: "sign_off", need: Defaulted, shape: &Shape::List(&Shape::Text) },
    ],
};

static FACT: Shape = Shape::Struct {
    name: "FactSource",
    fields: &[
        Known { name: "id", need: Required, shape: &Shape::Text },
        Known { name: "label", need: Required, shape: &Shape::Text },
        Known { name: "kind", need: Required, shape: &FACT_KIND },
        Known { name: "hint", need: Defaulted, shape: &Shape::Text },
        Known { name: "default", need: Defaulted, shape: &Shape::Text },
    ],
};

static FACT_KIND: Shape =
    Shape::Word { words: &["Unit", "Line", "Year", "Date"], holder: Some(("Choice", &Shape::List(&CHOICE))) };

static CHOICE: Shape = Shape::Struct {
    name: "ChoiceSource",
    fields: &[
        Known { name: "id", need: Required, shape: &Shape::Text },
        Known { name: "label", need: Required, shape: &Shape::Text },
        Known { name: "values", need: Defaulted, shape: &Shape::List(&VALUE) },
    ],
};

static VALUE: Shape = Shape::Tuple(&[&Shape::Text, &Shape::Number]);

static SECTION: Shape = Shape::Struct {
    name: "SectionSource",
    fields: &[
        Known { name: "id", need: Required, shape: &Shape::Text },
        Known { name: "number", need: Required, shape: &Shape::Text },
        Known { name: "heading", need: Required, shape: &Shape::Text },
        Known { name: "short", need: Required, shape: &Shape::Text },
        Known { name: "table", need: Optional, shape: &Shape::Text },
        Known { name: "text", need: Optional, shape: &TEXT },
    ],
};

static TEXT: Shape = Shape::Struct {
    name: "TextSource",
    fields: &[
        Known { name: "guidance", need: Required, shape: &Shape::Text },
        Known { name: "role", need: Optional, shape: &TEXT_ROLE },
    ],
};

static TEXT_ROLE: Shape = Shape::Word { words: &["Problems", "Other"], holder: None };

static TABLE: Shape = Shape::Struct {
    name: "TableSource",
    fields: &[
        Known { name: "id", need: Required, shape: &Shape::Text },
        Known { name: "title", need: Required, shape: &Shape::Text },
        Known { name: "corner", need: Defaulted, shape: &Shape::Text },
        Known { name: "printed", need: Defaulted, shape: &PRINTED },
        Known { name: "blocks", need: Required, shape: &Shape::List(&BLOCK) },
        Known { name: "balance", need: Optional, shape: &BALANCE },
    ],
};

static PRINTED: Shape = Shape::Word { words: &["Down", "Across"], holder: None };

static BALANCE: Shape = Shape::Struct {
    name: "BalanceSource",
    fields: &[
        Known { name: "rule", need: Required, shape: &Shape::Text },
        Known { name: "left", need: Required, shape: &Shape::Text },
        Known { name: "right", need: Required, shape: &Shape::Text },
    ],
};

static BLOCK: Shape = Shape::Struct {
    name: "BlockSource",
    fields: &[
        Known { name: "title", need: Defaulted, shape: &Shape::Text },
        Known { name: "corner", need: Defaulted, shape: &Shape::Text },
        Known { name: "columns", need: Required, shape: &Shape::List(&COLUMN) },
        Known { name: "rows", need: Required, shape: &Shape::List(&ROW) },
    ],
};

static COLUMN: Shape = Shape::Struct {
    name: "ColumnSource",
    fields: &[
        Known { name: "id", need: Optional, shape: &Shape::Text },
        Known { name: "label", need: Required, shape: &Shape::Text },
        Known { name: "short", need: Optional, shape: &Shape::Text },
        Known { name: "name", need: Optional, shape: &Shape::Text },
        Known { name: "kind", need: Defaulted, shape: &KIND },
        Known { name: "unit", need: Optional, shape: &Shape::Text },
        Known { name: "columns", need: Defaulted, shape: &Shape::List(&COLUMN) },
    ],
};

static KIND: Shape = Shape::Word { words: &["Count", "Change", "Money"], holder: None };

static ROW: Shape = Shape::Struct {
    name: "RowSource",
    fields: &[
        Known { name: "id", need: Optional, shape: &Shape::Text },
        Known { name: "label", need: Required, shape: &Shape::Text },
        Known { name: "short", need: Optional, shape: &Shape::Text },
        Known { name: "name", need: Optional, shape: &Shape::Text },
        Known { name: "rows", need: Defaulted, shape: &Shape::List(&ROW) },
    ],
};

static RULE: Shape = Shape::Struct {
    name: "RuleSource",
    fields: &[
        Known { name: "code", need: Required, shape: &Shape::Text },
        Known { name: "title", need: Required, shape: &Shape::Text },
        Known { name: "severity", need: Required, shape: &SEVERITY },
        Known { name: "completeness", need: Defaulted, shape: &Shape::Flag },
        Known { name: "basis", need: Required, shape: &Shape::Text },
        Known { name: "blank", need: Defaulted, shape: &BLANK },
        Known { name: "total", need: Optional, shape: &Shape::Text },
        Known { name: "check", need: Optional, shape: &Shape::Text },
        Known { name: "message", need: Required, shape: &Shape::Text },
        Known { name: "hint", need: Required, shape: &Shape::Text },
    ],
};

static SEVERITY: Shape = Shape::Word { words: &["强制", "核实"], holder: None };

static BLANK: Shape = Shape::Struct {
    name: "BlankSource",
    fields: &[
        Known { name: "left", need: Defaulted, shape: &BLANK_RULE },
        Known { name: "right", need: Defaulted, shape: &BLANK_RULE },
    ],
};

static BLANK_RULE: Shape = Shape::Word { words: &["Zero", "SkipIfAny", "SkipIfAll"], holder: None };

static CLAIMS: Shape = Shape::Struct {
    name: "ClaimsSource",
    fields: &[
        Known { name: "between", need: Required, shape: &Shape::Text },
        Known { name: "tail", need: Required, shape: &Shape::Text },
        Known { name: "apart", need: Required, shape: &Shape::Text },
        Known { name: "others", need: Required, shape: &Shape::Text },
        Known { name: "topics", need: Required, shape: &Shape::List(&TOPIC) },
        Known { name: "quantities", need: Required, shape: &Shape::List(&QUANTITY) },
        Known { name: "complete", need: Required, shape: &Shape::List(&Shape::Text) },
        Known { name: "done", need: Required, shape: &Shape::List(&DONE) },
        Known { name: "expects", need: Defaulted, shape: &Shape::List(&EXPECT) },
    ],
};

static TOPIC: Shape = Shape::Struct {
    name: "TopicSource",
    fields: &[
        Known { name: "id", need: Required, shape: &Shape::Text },
        Known { name: "words", need: Required, shape: &Shape::Text },
        Known { name: "sections", need: Defaulted, shape: &Shape::Text },
    ],
};

static QUANTITY: Shape = Shape::Struct {
    name: "QuantitySource",
    fields: &[
        Known { name: "id", need: Required, shape: &Shape::Text },
        Known { name: "name", need: Required, shape: &Shape::Text },
        Known { name: "topic", need: Defaulted, shape: &Shape::Text },
        Known { name: "alone", need: Defaulted, shape: &Shape::Flag },
        Known { name: "units", need: Required, shape: &Shape::Text },
        Known { name: "equals", need: Defaulted, shape: &Shape::List(&AMOUNT) },
        Known { name: "share_of", need: Defaulted, shape: &Shape::List(&AMOUNT) },
        Known { name: "phrases", need: Required, shape: &Shape::List(&Shape::Text) },
        Known { name: "named", need: Defaulted, shape: &Shape::Text },
        Known { name: "except", need: Defaulted, shape: &Shape::Text },
        Known { name: "under", need: Defaulted, shape: &Shape::Text },
        Known { name: "near", need: Defaulted, shape: &Shape::Text },
    ],
};

static AMOUNT: Shape = Shape::Struct {
    name: "AmountSource",
    fields: &[
        Known { name: "name", need: Required, shape: &Shape::Text },
        Known { name: "sum", need: Required, shape: &Shape::Text },
    ],
};

static DONE: Shape = Shape::Struct {
    name: "DoneSource",
    fields: &[
        Known { name: "topic", need: Defaulted, shape: &Shape::Text },
        Known { name: "words", need: Required, shape: &Shape::Text },
        Known { name: "rates", need: Defaulted, shape: &Shape::Text },
        Known { name: "except", need: Defaulted, shape: &Shape::Text },
        Known { name: "left", need: Required, shape: &AMOUNT },
    ],
};

static EXPECT: Shape = Shape::Struct {
    name: "ExpectSource",
    fields: &[
        Known { name: "section", need: Required, shape: &Shape::Text },
        Known { name: "words", need: Required, shape: &Shape::Text },
        Known { name: "except", need: Defaulted, shape: &Shape::Text },
        Known { name: "when", need: Required, shape: &AMOUNT },
        Known { name: "says", need: Required, shape: &Shape::Text },
    ],
};
