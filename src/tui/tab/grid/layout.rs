//! Where the rows, columns, heads and labels of a table stand, for a width and a terminal at hand.
//!
//! The layout depends on labels, figure widths and the room there is, not on the cursor; it is solved again
//! only when one of those changes.

use ratatui::layout::Size;

use crate::form::{Block, Header, Table};
use crate::tui::width::Policy;
use crate::tui::wrap::Wrapped;

/// Columns around a figure: a mark in front and one behind.
const AROUND: u16 = 2;
/// No column of figures is narrower, so that the first digits typed move nothing.
const NARROWEST: u16 = 4;
/// No column of figures is wider; a longer text shows its end.
const WIDEST: u16 = 14;
/// No head is wider on one line: eight characters.
const WIDEST_HEAD: u16 = 16;
/// Where full labels are wrapped, the leaf column keeps at least this: thirteen characters, which most labels
/// of the official form do not exceed.
const LEAF_ROOM: u16 = 26;
/// Leaves are broken down to this width before columns of figures scroll out of sight.
const NARROW_LEAF: u16 = 14;

/// A solved table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct GridLayout {
    /// Width of the label columns together.
    pub(super) label_width: u16,
    /// Columns of figures: where each begins behind the labels (its mark), and how wide its figures are.
    pub(super) columns: Vec<ColumnBox>,
    /// Lines of the head that stay while the body scrolls; only tables of one block have them.
    pub(super) head: Vec<Vec<Piece>>,
    /// The title of the table, broken to stand above the labels beside the head; no more lines than the head.
    pub(super) title: Vec<String>,
    /// Lines of the body.
    pub(super) lines: Vec<GridLine>,
    /// Group labels with the lines they stand beside.
    pub(super) groups: Vec<GroupBox>,
}

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColumnBox {
    /// Where its mark stands, counted from the end of the labels.
    pub(super) x: u16,
    /// How wide its figures are.
    pub(super) width: u16,
}

/// A piece of text in a head line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The columns of figures it stands over.
    pub(super) columns: std::ops::Range<usize>,
    /// What it says.
    pub(super) text: String,
    /// Whether it is the head of a single column, and so right-aligned with the figures.
    pub(super) is_leaf: bool,
}

/// One line of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GridLine {
    /// The title of a block.
    Title(String),
    /// A blank line between blocks.
    Gap,
    /// A line of the head of a block.
    Head {
        /// Block of the table.
        block: usize,
        /// What stands over the labels.
        corner: String,
        /// What stands over the figures.
        pieces: Vec<Piece>,
    },
    /// A line of a row; figures stand in the last line of their row.
    Row {
        /// Block of the table.
        block: usize,
        /// Row of the block.
        row: usize,
        /// Where the piece of its label begins.
        label_x: u16,
        /// The piece of its label.
        label: String,
        /// Whether figures stand here.
        figures: bool,
    },
}

/// The label of a group of rows. While the group is in sight, so is its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GroupBox {
    /// Where it begins.
    pub(super) x: u16,
    /// The label, wrapped; never more lines than the group has.
    pub(super) text: Vec<String>,
    /// The lines of the body it stands beside.
    pub(super) lines: std::ops::Range<usize>,
}

/// What a layout depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// The room for the table.
    pub(super) size: Size,
    /// How wide the terminal draws.
    pub(super) policy: Policy,
    /// The widest figure of each column.
    pub(super) figures: Vec<u16>,
    /// Whether there is room for labels as printed, wrapped; else short ones are used.
    pub(super) roomy: bool,
    /// Unit of the figures, shown with the title.
    pub(super) unit: String,
}

/// Solves a table.
pub(super) fn solve(table: &Table, request: &Request) -> GridLayout {
    let measure = |text: &str| request.policy.measure(text);
    let depth = table.blocks.iter().map(|block| block.labels.depth()).max().unwrap_or(1);
    let group_widths = group_widths(table, depth, request);
    let groups_width: u16 = group_widths.iter().map(|width| width + 1).sum();
    let leaf_wanted = if request.roomy { LEAF_ROOM } else { longest_leaf(table, &group_widths, measure) };
    let label_wanted = if request.roomy { groups_width + leaf_wanted } else { leaf_wanted };
    let widths = column_widths(table, request, label_wanted);
    let mut x = 0;
    let columns: Vec<_> = widths
        .iter()
        .map(|width| {
            let column = ColumnBox { x, width: *width };
            x += width + AROUND;
            column
        })
        .collect();
    let room = request.size.width.saturating_sub(x);
    // Labels are broken over more lines before a column of figures has to hide.
    let narrowest = (groups_width + NARROW_LEAF).min(label_wanted).min(request.size.width / 2);
    let label_width = room.clamp(narrowest, label_wanted.max(longest_label(table, &group_widths, request)));
    let mut layout = GridLayout { label_width, columns, ..GridLayout::default() };
    let frozen = table.blocks.len() == 1;
    for (index, block) in table.blocks.iter().enumerate() {
        let head = head_lines(block, &layout.columns, request);
        if frozen {
            let title = format!("{}（{}）", table.title, request.unit);
            layout.title = wrap_evenly(&title, layout.label_width, request.policy);
            layout.title.truncate(head.len());
            layout.head = head;
        } else {
            if !block.title.is_empty() {
                layout.lines.push(GridLine::Title(block.title.clone()));
            }
            let last = head.len().saturating_sub(1);
            for (line, pieces) in head.into_iter().enumerate() {
                let corner = if line == last { block.corner.clone() } else { String::new() };
                layout.lines.push(GridLine::Head { block: index, corner, pieces });
            }
        }
        body_lines(block, index, &group_widths, request, &mut layout);
    }
    if layout.groups.is_empty() {
        set_apart(&mut layout.lines, usize::from(request.size.height));
    }
    layout
}

/// Puts a blank line in front of every title but the first, if all of the table then still fits. Groups of rows
/// are placed by their lines, so this is only for tables without them.
fn set_apart(lines: &mut Vec<GridLine>, height: usize) {
    let titles: Vec<usize> =
        (1..lines.len()).filter(|at| matches!(lines.get(*at), Some(GridLine::Title(_)))).collect();
    if lines.len() + titles.len() <= height {
        for at in titles.into_iter().rev() {
            lines.insert(at, GridLine::Gap);
        }
    }
}

/// How wide the column of each level of groups is; the leaves take what is left.
fn group_widths(table: &Table, depth: usize, request: &Request) -> Vec<u16> {
    (0..depth.saturating_sub(1))
        .map(|level| {
            let groups = table.blocks.iter().flat_map(|block| block.labels.labels());
            let widest = groups
                .filter(|label| label.depth == level && !label.is_leaf)
                .map(|label| request.policy.measure(&label.short))
                .max()
                .unwrap_or(0);
            // As printed, the outer groups stand upright: two characters wide at least.
            if request.roomy { widest.max(4) } else { widest }
        })
        .collect()
}

/// Room for all short labels on one line.
fn longest_leaf(table: &Table, group_widths: &[u16], measure: impl Fn(&str) -> u16) -> u16 {
    let leaves = table.blocks.iter().flat_map(|block| block.labels.labels()).filter(|label| label.is_leaf);
    leaves.map(|label| label_x(group_widths, label.depth) + measure(&label.short)).max().unwrap_or(0)
}

/// Room for all labels, in the wording at hand, on one line.
fn longest_label(table: &Table, group_widths: &[u16], request: &Request) -> u16 {
    let leaves = table.blocks.iter().flat_map(|block| block.labels.labels()).filter(|label| label.is_leaf);
    leaves
        .map(|label| {
            let text = if request.roomy { &label.full } else { &label.short };
            label_x(group_widths, label.depth) + request.policy.measure(text)
        })
        .max()
        .unwrap_or(0)
}

fn label_x(group_widths: &[u16], depth: usize) -> u16 {
    group_widths.iter().take(depth).map(|width| width + 1).sum()
}

/// The width of each column of figures: the figures fit, and heads are broken over as few lines as possible.
fn column_widths(table: &Table, request: &Request, label_wanted: u16) -> Vec<u16> {
    let count = table.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
    let room = request.size.width.saturating_sub(label_wanted);
    let mut widths = Vec::new();
    for lines in 1..=3 {
        widths = (0..count)
            .map(|column| {
                let heads = table.blocks.iter().filter_map(|block| block.heads.leaf(column));
                let head =
                    heads.map(|label| head_width(head_text(label, request), lines, request.policy)).max();
                let figure = request.figures.get(column).copied().unwrap_or(0).min(WIDEST);
                head.unwrap_or(0).max(figure).max(NARROWEST)
            })
            .collect::<Vec<u16>>();
        if widths.iter().map(|width| width + AROUND).sum::<u16>() <= room {
            break;
        }
    }
    widths
}

/// How wide a head must be to fit on so many lines. Three characters are never broken: 自然人.
fn head_width(text: &str, lines: u16, policy: Policy) -> u16 {
    let whole = policy.measure(text);
    // A head much wider than any figure would tear the figures apart.
    let lines = if whole > WIDEST_HEAD { lines.max(2) } else { lines };
    let part = whole.div_ceil(lines);
    let even = part + part % 2;
    if whole <= 6 { whole } else { even.max(4) }
}

fn head_text<'a>(label: &'a crate::form::Label, request: &Request) -> &'a str {
    if request.roomy { &label.full } else { &label.short }
}

/// The lines of a head. Each level of groups has a line of its own; the leaves fill the lines below and stand at
/// the bottom. A group over all columns says nothing that the title does not say, and is left out when room is
/// short.
fn head_lines(block: &Block, columns: &[ColumnBox], request: &Request) -> Vec<Vec<Piece>> {
    let heads = &block.heads;
    let over_all = |label: &crate::form::Label| label.leaves == (0..heads.leaves()) && heads.leaves() > 1;
    let levels: Vec<usize> = (0..heads.depth().saturating_sub(1))
        .filter(|level| {
            let mut labels = heads.labels().iter().filter(|label| label.depth == *level && !label.is_leaf);
            request.roomy || !labels.all(over_all)
        })
        .collect();
    let mut lines: Vec<Vec<Piece>> = levels
        .iter()
        .map(|level| {
            let groups = heads.labels().iter().filter(|label| label.depth == *level && !label.is_leaf);
            groups
                .map(|label| Piece {
                    columns: label.leaves.clone(),
                    text: label.full.clone(),
                    is_leaf: false,
                })
                .collect()
        })
        .collect();
    let leaves: Vec<Vec<String>> = (0..heads.leaves())
        .map(|column| {
            let width = columns.get(column).map_or(NARROWEST, |column| column.width);
            heads
                .leaf(column)
                .map_or(Vec::new(), |label| wrap_head(head_text(label, request), width, request.policy))
        })
        .collect();
    let below = leaves.iter().map(Vec::len).max().unwrap_or(0);
    let first = lines.len();
    lines.resize(first + below, Vec::new());
    for (column, text) in leaves.into_iter().enumerate() {
        let top = first + below - text.len();
        for (offset, text) in text.into_iter().enumerate() {
            lines[top + offset].push(Piece { columns: column..column + 1, text, is_leaf: true });
        }
    }
    lines
}

fn body_lines(block: &Block, index: usize, group_widths: &[u16], request: &Request, layout: &mut GridLayout) {
    let start = layout.lines.len();
    let mut starts = Vec::with_capacity(block.rows.len() + 1);
    for row in 0..block.rows.len() {
        starts.push(layout.lines.len());
        let Some(label) = block.labels.leaf(row) else { continue };
        let x = label_x(group_widths, label.depth);
        let text = if request.roomy { &label.full } else { &label.short };
        let width = layout.label_width.saturating_sub(x).max(2);
        let pieces = wrap(text, width, request.policy);
        let last = pieces.len() - 1;
        for (line, label) in pieces.into_iter().enumerate() {
            layout.lines.push(GridLine::Row { block: index, row, label_x: x, label, figures: line == last });
        }
    }
    starts.push(layout.lines.len());
    debug_assert!(starts.first().is_none_or(|first| *first == start), "rows follow the head");
    add_groups(&block.labels, &starts, group_widths, request, layout);
}

fn add_groups(
    labels: &Header,
    starts: &[usize],
    group_widths: &[u16],
    request: &Request,
    layout: &mut GridLayout,
) {
    for label in labels.labels().iter().filter(|label| !label.is_leaf) {
        let (Some(from), Some(to)) = (starts.get(label.leaves.start), starts.get(label.leaves.end)) else {
            continue;
        };
        let width = group_widths.get(label.depth).copied().unwrap_or(2);
        let full = wrap(&label.full, width, request.policy);
        let fits = request.roomy && full.len() <= to - from;
        // A short label may end with the mark that joins it to its rows where they are named in one.
        let short = label.short.trim_end_matches('·');
        let text = if fits { full } else { wrap(short, width, request.policy) };
        layout.groups.push(GroupBox { x: label_x(group_widths, label.depth), text, lines: *from..*to });
    }
}

/// The same for a head; what stands in brackets goes to a line of its own if it fits there.
fn wrap_head(text: &str, width: u16, policy: Policy) -> Vec<String> {
    let halves = text.find('（').map(|at| text.split_at(at));
    match halves {
        Some((name, note))
            if policy.measure(text) > width
                && !name.is_empty()
                && [name, note].iter().all(|part| policy.measure(part) <= width) =>
        {
            vec![name.to_owned(), note.to_owned()]
        }
        _ => wrap(text, width, policy),
    }
}

/// The same, with lines about equally long.
fn wrap_evenly(text: &str, width: u16, policy: Policy) -> Vec<String> {
    let greedy = wrap(text, width, policy);
    let part = policy.measure(text).div_ceil(greedy.len() as u16);
    let even = wrap(text, part + part % 2, policy);
    if even.len() > greedy.len() { greedy } else { even }
}

/// Breaks a label into lines of at most `width` columns; at least one line.
fn wrap(text: &str, width: u16, policy: Policy) -> Vec<String> {
    // The prose layout keeps a column free for the caret, which labels do not need.
    let wrapped = Wrapped::new(&[text], width.saturating_add(1), 0, |grapheme| policy.width(grapheme));
    let rows: Vec<_> =
        wrapped.rows().map(|row| text.get(row.bytes).unwrap_or_default().trim_end().to_owned()).collect();
    if rows.is_empty() { vec![String::new()] } else { rows }
}

impl GridLayout {
    /// The line of the body in which the figures of a row stand.
    pub(super) fn line_of(&self, block: usize, row: usize) -> Option<usize> {
        self.lines.iter().position(|line| {
            matches!(line, GridLine::Row { block: b, row: r, figures: true, .. } if *b == block && *r == row)
        })
    }

    /// The columns in sight when `first` is the first of them, in a room of `width` columns for figures.
    pub(super) fn columns_in_sight(&self, first: usize, width: u16) -> std::ops::Range<usize> {
        let from = self.columns.get(first).map_or(0, |column| column.x);
        let fits = |column: &ColumnBox| column.x + column.width + AROUND <= from.saturating_add(width);
        let count = self.columns.iter().skip(first).take_while(|column| fits(column)).count();
        first..first + count.max(usize::from(first < self.columns.len()))
    }
}
