//! A form as its file says it, with nothing resolved: the serde mirror of `assets/forms/*.ron`.

mod claims;

use serde::Deserialize;

pub use claims::{AmountSource, ClaimsSource, DoneSource, ExpectSource, QuantitySource, TopicSource};

/// A whole form.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename = "Form", deny_unknown_fields)]
pub struct FormSource {
    /// Stable name, written into drafts.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// The document that prescribes the form.
    pub document: String,
    /// Documents that prescribe the form of other years.
    #[serde(default)]
    pub other_documents: Vec<String>,
    /// The report years it is meant for.
    pub years: YearsSource,
    /// Facts of the cover, in order.
    pub cover: Vec<FactSource>,
    /// Sections, in order.
    pub sections: Vec<SectionSource>,
    /// Tables, in order.
    pub tables: Vec<TableSource>,
    /// Words of the printed page around the sections.
    #[serde(default)]
    pub page: PageSource,
    /// Rules, in the order in which findings are listed.
    pub rules: Vec<RuleSource>,
    /// How prose speaks of the figures of the tables.
    #[serde(default)]
    pub claims: ClaimsSource,
}

/// Words of the printed page around the sections, with `{fact}` for facts of the cover.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSource {
    /// The title of the whole.
    #[serde(default)]
    pub title: String,
    /// Sentences of the paragraph above the first section.
    #[serde(default)]
    pub preface: Vec<String>,
    /// Lines at the end.
    #[serde(default)]
    pub sign_off: Vec<String>,
}

/// The report years of a form, both ends included.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearsSource {
    /// First year.
    pub from: i64,
    /// Last year; none while the form is in force.
    #[serde(default)]
    pub to: Option<i64>,
}

/// One fact of the cover.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactSource {
    /// Last part of the path `cover.<id>`.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// What may be entered.
    pub kind: FactKindSource,
    /// What to enter, in one sentence.
    #[serde(default)]
    pub hint: String,
    /// What a new report says here; `{year}` stands for its year.
    #[serde(default)]
    pub default: String,
}

/// What may be entered as a fact.
#[derive(Debug, Clone, Deserialize)]
pub enum FactKindSource {
    /// The name of the reporting unit; a form has exactly one.
    Unit,
    /// One line of text.
    Line,
    /// The report year in four digits; a form has exactly one.
    Year,
    /// A calendar day.
    Date,
    /// One of these options.
    Choice(Vec<ChoiceSource>),
}

/// One option of a choice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceSource {
    /// What is stored.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// Whole numbers that rules may use as `cover.<fact>.<name>`.
    #[serde(default)]
    pub values: Vec<(String, i64)>,
}

/// One section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionSource {
    /// Stable name.
    pub id: String,
    /// The Chinese numeral in front of the heading.
    pub number: String,
    /// The official heading.
    pub heading: String,
    /// Two or three characters for the tab.
    pub short: String,
    /// The table of the section, if it has one.
    #[serde(default)]
    pub table: Option<String>,
    /// The prose of the section, if it has any.
    #[serde(default)]
    pub text: Option<TextSource>,
}

/// A prose text; its path is `text.<section>`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSource {
    /// What to write, in one or two sentences.
    pub guidance: String,
    /// What kind of content it must have; none for remarks beside a table.
    #[serde(default)]
    pub role: Option<TextRoleSource>,
}

/// What kind of content a text must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum TextRoleSource {
    /// Problems and what is done about them.
    Problems,
    /// Whatever else has to be reported, fees among it.
    Other,
}

/// One table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSource {
    /// First part of the path of its cells.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// What stands in the head of the label columns.
    #[serde(default)]
    pub corner: String,
    /// How the table is printed.
    #[serde(default)]
    pub printed: PrintedSource,
    /// Blocks with heads of their own, from top to bottom.
    pub blocks: Vec<BlockSource>,
    /// The balance relation whose two sides are always shown below the table.
    #[serde(default)]
    pub balance: Option<BalanceSource>,
}

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum PrintedSource {
    /// Its rows below one another.
    #[default]
    Down,
    /// Its rows side by side, their labels as heads over those of the columns: one line of figures.
    Across,
}

/// Names for the two sides of a balance relation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BalanceSource {
    /// Code of the rule.
    pub rule: String,
    /// The left side in short.
    pub left: String,
    /// The right side in short.
    pub right: String,
}

/// Rows and columns under one head.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockSource {
    /// Line above the head.
    #[serde(default)]
    pub title: String,
    /// Head over the row labels.
    #[serde(default)]
    pub corner: String,
    /// Column heads.
    pub columns: Vec<ColumnSource>,
    /// Row labels.
    pub rows: Vec<RowSource>,
}

/// A column head: a leaf with an id, or a group of heads.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSource {
    /// Last part of the path; only leaves have one.
    #[serde(default)]
    pub id: Option<String>,
    /// Label as printed.
    pub label: String,
    /// Label where there is little room.
    #[serde(default)]
    pub short: Option<String>,
    /// Name in a sentence, where the label alone would be ambiguous.
    #[serde(default)]
    pub name: Option<String>,
    /// What may be entered.
    #[serde(default)]
    pub kind: KindSource,
    /// Unit of the figures.
    #[serde(default)]
    pub unit: Option<String>,
    /// The heads below a group.
    #[serde(default)]
    pub columns: Vec<ColumnSource>,
}

/// What may be entered in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
pub enum KindSource {
    /// A whole number from 0.
    #[default]
    Count,
    /// A whole number with a sign.
    Change,
    /// An amount from 0 with up to six decimals.
    Money,
}

/// A row label: a leaf with an id, or a group of labels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowSource {
    /// Middle part of the path; only leaves have one.
    #[serde(default)]
    pub id: Option<String>,
    /// Label as printed.
    pub label: String,
    /// Label where there is little room.
    #[serde(default)]
    pub short: Option<String>,
    /// Name in a sentence, where the label would be too long or ambiguous.
    #[serde(default)]
    pub name: Option<String>,
    /// The labels of a group.
    #[serde(default)]
    pub rows: Vec<RowSource>,
}

/// One rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSource {
    /// Code for people and programs.
    pub code: String,
    /// The relation in a few words.
    pub title: String,
    /// How serious it is when it does not hold.
    pub severity: SeveritySource,
    /// Whether it asks for something to be filled in at all.
    #[serde(default)]
    pub completeness: bool,
    /// Law, notice or printed remark that it follows from.
    pub basis: String,
    /// What a blank means on either side.
    #[serde(default)]
    pub blank: BlankSource,
    /// The definition of a total: `for each …: cell = sum(…)`.
    #[serde(default)]
    pub total: Option<String>,
    /// The relation to be checked.
    #[serde(default)]
    pub check: Option<String>,
    /// The sentence for people, with `{left}`, `{row}` and the like.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// How serious a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum SeveritySource {
    /// Must be mended.
    #[serde(rename = "强制")]
    Mandatory,
    /// May stand with a reason.
    #[serde(rename = "核实")]
    Verify,
}

/// What a blank means on the two sides of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct BlankSource {
    /// On the left side.
    pub left: BlankRuleSource,
    /// On the right side.
    pub right: BlankRuleSource,
}

/// The three ways to treat a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
pub enum BlankRuleSource {
    /// A blank is 0.
    #[default]
    Zero,
    /// The relation is not looked at while any figure of this side is blank.
    SkipIfAny,
    /// The relation is not looked at while all figures of this side are blank.
    SkipIfAll,
}
