//! A sheet with one table.

use rust_xlsxwriter::{Formula, Note, Worksheet, XlsxError};

use super::figures::{Figures, as_float, written_as_number};
use super::formats::{self, Role, TABLE_SIZE};
use super::{checks, escaped, formula, measure};
use crate::exchange::document::{Cell, Part, Table};
use crate::form::NumberKind;
use crate::model::{CellId, Precision};

/// The most columns that fit on an upright page.
const UPRIGHT: usize = 6;
/// The most characters beside one another that do.
const UPRIGHT_WIDTH: f64 = 110.0;
/// The most rows that are put on one page.
const ONE_PAGE: usize = 40;

pub(super) fn write(
    sheet: &mut Worksheet,
    index: usize,
    table: &Table,
    figures: &Figures,
) -> Result<(), XlsxError> {
    // A total that is blank so far has a blank result and not 0.
    sheet.set_formula_result_default("");
    for cell in table.cells() {
        write_cell(sheet, index, cell, figures)?;
    }
    let widths = widths(table);
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, *width)?;
    }
    for row in 0..table.rows() {
        sheet.set_row_height(row as u32, height(table, row, &widths))?;
    }
    set_up_page(sheet, index, table, &widths, figures)?;
    checks::write(sheet, index, table, figures)
}

fn write_cell(sheet: &mut Worksheet, index: usize, cell: &Cell, figures: &Figures) -> Result<(), XlsxError> {
    let (row, column) = (cell.row as u32, cell.column as u16);
    let figure = match cell.part {
        Part::Figure(id) => Some(id),
        Part::Head | Part::Label | Part::Unknown => None,
    };
    let format = formats::cell(role(cell, figure, figures));
    if cell.rows > 1 || cell.columns > 1 {
        let last = (row + cell.rows as u32 - 1, column + cell.columns as u16 - 1);
        sheet.merge_range(row, column, last.0, last.1, "", &format)?;
    }
    if !cell.remark.is_empty() {
        sheet.insert_note(
            row,
            column,
            &Note::new(escaped(&cell.remark)).set_author("").add_author_prefix(false),
        )?;
    }
    let precision = figure.map_or(Precision::WHOLE, |id| figures.precision(id));
    if cell.computed {
        let formula = figure.and_then(|id| total(figures, index, id, cell.text.is_empty()));
        // What is computed and can not be said as a formula is a formula that gives what was computed.
        let formula =
            formula.or_else(|| written_as_number(&cell.text, precision).map(|_| format!("={}", cell.text)));
        if let Some(formula) = formula {
            let formula = Formula::new(formula).set_result(&cell.text);
            sheet.write_formula_with_format(row, column, formula, &format)?;
            return Ok(());
        }
    }
    match figure.and_then(|_| written_as_number(&cell.text, precision)) {
        Some(value) => sheet.write_number_with_format(row, column, as_float(value, precision), &format)?,
        None if cell.text.is_empty() => sheet.write_blank(row, column, &format)?,
        // Always as a string: `=…`, `+…`, `-…` and `@…` of a user never become a formula.
        None => sheet.write_string_with_format(row, column, &cell.text, &format)?,
    };
    Ok(())
}

/// The formula of a total. While nothing is filled in, a computed total is blank and not 0.
fn total(figures: &Figures, sheet: usize, cell: CellId, blank: bool) -> Option<String> {
    let terms = figures.total(cell)?;
    let sum = formula::sum(figures, sheet, terms.iter().map(|term| (term.cell, term.coefficient)))?;
    if !blank {
        return Some(format!("={sum}"));
    }
    let cells: Vec<CellId> = terms.iter().map(|term| term.cell).collect();
    let cells = formula::cells_of(figures, sheet, &cells)?;
    Some(format!("=IF(COUNT({cells})=0,\"\",{sum})"))
}

fn role(cell: &Cell, figure: Option<CellId>, figures: &Figures) -> Role {
    match (cell.part, figure.and_then(|id| figures.form.slot(id))) {
        (Part::Figure(_), _) if cell.computed => Role::Computed,
        (Part::Figure(_), Some(slot)) if slot.kind == NumberKind::Money => Role::Money,
        (Part::Figure(_), _) => Role::Figure,
        (Part::Label, _) if cell.rows > 1 => Role::Group,
        (Part::Label | Part::Unknown, _) => Role::Label,
        (Part::Head, _) => Role::Head,
    }
}

/// The widths of the columns, in characters: of labels as wide as they need up to a bound, of figures alike.
fn widths(table: &Table) -> Vec<f64> {
    const NARROWEST: f64 = 9.5;
    const WIDEST: f64 = 40.0;
    const FEW_ROWS: usize = 8;
    let mut widths = vec![NARROWEST; table.columns()];
    for cell in table.cells().iter().filter(|cell| cell.columns == 1) {
        let Some(width) = widths.get_mut(cell.column) else { continue };
        let text = measure::width(&cell.text) * 1.05 + 2.5;
        let wanted = match cell.part {
            Part::Label | Part::Unknown if cell.rows == 1 => text.min(WIDEST),
            Part::Figure(_) => text.min(24.0),
            // A group over a few rows has room for one line; over many, and in heads, text is broken over lines.
            Part::Label if cell.rows <= FEW_ROWS => text.min(18.0),
            Part::Head | Part::Label | Part::Unknown => NARROWEST,
        };
        *width = width.max(wanted);
    }
    widths
}

/// The height of a row: enough for each cell that stands in it alone, and its share of those over several rows.
fn height(table: &Table, row: usize, widths: &[f64]) -> f64 {
    let cells = (0..table.columns()).filter_map(|column| table.cell(row, column));
    let heights = cells.map(|cell| {
        let width: f64 = widths.iter().skip(cell.column).take(cell.columns).sum();
        let rows = f64::from(u32::try_from(cell.rows).unwrap_or(u32::MAX));
        measure::height(measure::lines(&cell.text, width, TABLE_SIZE), TABLE_SIZE) / rows
    });
    heights.fold(20.0, f64::max).min(400.0)
}

fn set_up_page(
    sheet: &mut Worksheet,
    index: usize,
    table: &Table,
    widths: &[f64],
    figures: &Figures,
) -> Result<(), XlsxError> {
    // A table with a few rows too many for the page is printed a little smaller, so that it stays whole.
    let pages = u16::from(table.rows() <= ONE_PAGE);
    sheet.set_paper_size(9).set_print_fit_to_pages(1, pages).set_print_center_horizontally(true);
    if table.columns() > UPRIGHT || widths.iter().sum::<f64>() > UPRIGHT_WIDTH {
        sheet.set_landscape();
    }
    sheet.set_margins(0.6, 0.6, 0.9, 0.8, 0.4, 0.4);
    let title: String = figures.name(index).chars().take(31).collect();
    sheet.set_header(format!("&C{}", title.replace('&', "&&")));
    sheet.set_footer("&C第 &P 页，共 &N 页");
    let is_figure = |cell: &&Cell| matches!(cell.part, Part::Figure(_));
    let first = table.cells().iter().find(is_figure).map_or(0, |cell| cell.row);
    let left = table.cells().iter().filter(is_figure).map(|cell| cell.column).min().unwrap_or(0);
    // Where heads stand further down as well, those at the top are not the heads of all rows.
    let one_head = !table.cells().iter().any(|cell| cell.part == Part::Head && cell.row > first);
    let rows = if one_head { first as u32 } else { 0 };
    if rows > 0 || left > 0 {
        sheet.set_freeze_panes(rows, left as u16)?;
    }
    if let Some(last) = rows.checked_sub(1) {
        sheet.set_repeat_rows(0, last)?;
    }
    Ok(())
}
