//! From sheets to headings, paragraphs and tables.
//!
//! Nothing in a sheet says where a table begins; `regions` finds that out. The sheets of a workbook that gouji wrote
//! are known, and come back as they were.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::book::{Book, Sheet, Value};
use super::look::Look;
use super::losses::Losses;
use super::regions::{self, Area, Merges, Region, Row};
use super::{CHECK_MARK, PROSE_SHEET, hidden, write};
use crate::exchange::document::{Cell, Style, Table, TableBuilder};
use crate::exchange::{Block, Document, ImportError, Limits};
use crate::model::excerpt;

/// The document that a workbook holds.
///
/// # Errors
/// More blocks or a larger table than the bounds allow.
pub(super) fn document(mut book: Book, mut losses: Losses, limits: &Limits) -> Result<Document, ImportError> {
    for sheet in &mut book.sheets {
        hidden::take(sheet, &mut losses);
    }
    let mut pages = Pages::new(is_ours(&book), losses, limits);
    let by_name: HashMap<&str, &Sheet> = book.sheets.iter().map(|sheet| (&*sheet.name, sheet)).collect();
    let pointed: HashSet<String> = if pages.ours {
        let texts = book.sheets.iter().flat_map(|sheet| sheet.cells.values());
        texts.filter_map(|value| write::pointed_at(&value.text)).map(str::to_owned).collect()
    } else {
        HashSet::new()
    };
    for sheet in book.sheets.iter().filter(|sheet| !pointed.contains(&*sheet.name)) {
        if sheet.hidden && !sheet.cells.is_empty() {
            let message = format!("工作表“{}”是隐藏的，其中的内容照常读取了，请核对是否有用", sheet.name);
            pages.lost.doubt(sheet.at(0, 0), &message);
        }
        // In gouji's own workbooks the totals are formulas, and what they amount to is known.
        if let Some((count, at)) = sheet.without_result.as_ref().filter(|_| !pages.ours) {
            let message = format!(
                "有{count}个公式没有存下结果，按空白读取；请用 Excel 或 WPS 打开这个文件，保存后再导入"
            );
            pages.lost.doubt(at.clone(), &message);
        }
        pages.sheet(sheet, &by_name)?;
    }
    // A sheet that is pointed at only from another such sheet has not had its turn.
    for sheet in book.sheets.iter().filter(|sheet| pointed.contains(&*sheet.name)) {
        if !pages.placed.contains(&*sheet.name) {
            pages.sheet(sheet, &by_name)?;
        }
    }
    for sheet in &book.sheets {
        for ((row, column), said) in &sheet.remarks {
            if !pages.remarked.contains(&(Arc::clone(&sheet.name), *row, *column)) {
                let what = format!("表格之外的批注“{}”", excerpt(said, 60));
                pages.lost.push(sheet.at(*row, *column), &what);
            }
        }
    }
    let (lost, doubts) = pages.lost.finish();
    Ok(Document { blocks: pages.blocks, properties: book.properties, lost, doubts })
}

/// The paragraphs and tables of a sheet that holds the values of a text.
///
/// # Errors
/// More blocks or a larger table than the bounds allow.
pub(super) fn of_values(sheet: &Sheet, limits: &Limits) -> Result<Vec<Block>, ImportError> {
    let mut pages = Pages::new(false, Losses::default(), limits);
    pages.content(sheet, &regions::rows(sheet), &HashMap::new())?;
    Ok(pages.blocks)
}

/// Whether gouji wrote the workbook. Programs that drop its properties keep the sheet of texts that points at the
/// others.
fn is_ours(book: &Book) -> bool {
    let points = |sheet: &Sheet| {
        let mut named = sheet.cells.values().filter_map(|value| write::pointed_at(&value.text));
        named.any(|name| name != PROSE_SHEET && book.sheets.iter().any(|other| &*other.name == name))
    };
    book.properties.contains_key("gouji.form")
        || book.sheets.iter().any(|sheet| &*sheet.name == PROSE_SHEET && points(sheet))
}

struct Pages<'a> {
    ours: bool,
    /// The sheets that stand where another sheet points at them.
    placed: HashSet<String>,
    /// The cells of tables with something written beside them, by sheet, row and column.
    remarked: HashSet<(Arc<str>, u32, u32)>,
    blocks: Vec<Block>,
    lost: Losses,
    /// Positions that tables may still have.
    room: usize,
    limits: &'a Limits,
}

/// The most rows without text that are taken for empty paragraphs of a text of our own.
const MOST_EMPTY: u32 = 20;

impl<'a> Pages<'a> {
    fn new(ours: bool, lost: Losses, limits: &'a Limits) -> Self {
        Self {
            ours,
            placed: HashSet::new(),
            remarked: HashSet::new(),
            blocks: Vec::new(),
            lost,
            room: limits.cells,
            limits,
        }
    }

    fn sheet(&mut self, sheet: &Sheet, by_name: &HashMap<&str, &Sheet>) -> Result<(), ImportError> {
        let mut rows = regions::rows(sheet);
        let is_mark = |row: &Row, column: &u32| {
            sheet.cells.get(&(row.row, *column)).is_some_and(|value| value.text == CHECK_MARK)
        };
        let mark = rows.iter().position(|row| row.columns.iter().any(|column| is_mark(row, column)));
        let below = mark.map(|mark| rows.split_off(mark)).unwrap_or_default();
        let (check, below) = below.split_at(below.len().min(1));
        let Some(first) = rows.iter().chain(below).next() else { return Ok(()) };
        let first = (first.row, first.columns.first().copied().unwrap_or_default());
        if !(is_default_name(&sheet.name) || (self.ours && &*sheet.name == PROSE_SHEET)) {
            let at = sheet.at(first.0, first.1);
            self.push(Block::Paragraph { text: sheet.name.to_string(), style: Style::Caption, at })?;
        }
        self.content(sheet, &rows, by_name)?;
        self.below(sheet, check, below, by_name)
    }

    /// What people wrote below the row that shows whether the columns balance, and in that row.
    fn below(
        &mut self,
        sheet: &Sheet,
        check: &[Row],
        below: &[Row],
        by_name: &HashMap<&str, &Sheet>,
    ) -> Result<(), ImportError> {
        for row in check {
            for (place, value) in sheet.cells.range((row.row, 0)..=(row.row, u32::MAX)) {
                let own = value.computed || value.text == CHECK_MARK || value.text.parse::<f64>().is_ok();
                if !own && !value.text.trim().is_empty() {
                    let what = format!("勾稽差一行里的“{}”", excerpt(&value.text, 60));
                    self.lost.push(sheet.at(place.0, place.1), &what);
                }
            }
        }
        self.content(sheet, below, by_name)
    }

    /// What stands in rows of a sheet, in its order.
    fn content(
        &mut self,
        sheet: &Sheet,
        rows: &[Row],
        by_name: &HashMap<&str, &Sheet>,
    ) -> Result<(), ImportError> {
        let merges = regions::merges(sheet);
        for region in regions::regions(sheet, rows, &merges) {
            match region {
                Region::Paragraphs(rows) => self.paragraphs(sheet, &rows, &merges, by_name)?,
                Region::Table(area) => self.table(sheet, area, &merges)?,
            }
        }
        Ok(())
    }

    fn paragraphs(
        &mut self,
        sheet: &Sheet,
        rows: &[Row],
        merges: &Merges,
        by_name: &HashMap<&str, &Sheet>,
    ) -> Result<(), ImportError> {
        let keeps_gaps = self.ours && &*sheet.name == PROSE_SHEET;
        let mut next = rows.first().map_or(0, |row| row.row);
        for row in rows {
            let gap = row.row.saturating_sub(next);
            if keeps_gaps && gap <= MOST_EMPTY {
                for empty in next..row.row {
                    let at = sheet.at(empty, 0);
                    self.push(Block::Paragraph { text: String::new(), style: Style::Body, at })?;
                }
            }
            let merge = merges.get(&row.row).and_then(|merges| merges.first());
            next = merge.map_or(row.row, |merge| merge.last.0.max(row.row)).saturating_add(1);
            let Some((column, value)) =
                row.columns.first().and_then(|column| Some((*column, sheet.cells.get(&(row.row, *column))?)))
            else {
                continue;
            };
            let pointed = write::pointed_at(&value.text).filter(|_| self.ours);
            let other = pointed.and_then(|name| by_name.get(name)).filter(|other| other.name != sheet.name);
            if let Some(other) = other
                && self.placed.insert(other.name.to_string())
            {
                self.whole(other, by_name)?;
                continue;
            }
            let at = sheet.at(row.row, column);
            let text = value.text.clone();
            self.push(match value.look {
                Some(Look::Heading(level)) => Block::Heading { level, text, at },
                Some(Look::Paragraph(style)) => Block::Paragraph { text, style, at },
                None => Block::Paragraph { text, style: Style::Body, at },
            })?;
        }
        Ok(())
    }

    /// A sheet that is one table from its first cell on, as gouji writes them.
    fn whole(&mut self, sheet: &Sheet, by_name: &HashMap<&str, &Sheet>) -> Result<(), ImportError> {
        let mark = sheet.cells.iter().find(|(_, value)| value.text == CHECK_MARK).map(|((row, _), _)| *row);
        let rows = match mark {
            // Between the table and the row of residuals one row is left out.
            Some(mark) => {
                let above = mark.saturating_sub(1);
                let free = sheet.cells.range((above, 0)..(mark, 0)).next().is_none();
                if free { above } else { mark }
            }
            None => sheet.end.0,
        };
        let (Some(row), Some(column)) = (rows.checked_sub(1), sheet.end.1.checked_sub(1)) else {
            return Ok(());
        };
        self.table(sheet, Area { first: (0, 0), last: (row, column) }, &regions::merges(sheet))?;
        let Some(mark) = mark else { return Ok(()) };
        let mut rows = regions::rows(sheet);
        let below = rows.split_off(rows.partition_point(|row| row.row <= mark));
        rows.retain(|row| row.row == mark);
        self.below(sheet, &rows, &below, by_name)
    }

    fn table(&mut self, sheet: &Sheet, area: Area, merges: &Merges) -> Result<(), ImportError> {
        let rows = (area.last.0 - area.first.0) as usize + 1;
        let columns = (area.last.1 - area.first.1) as usize + 1;
        if columns > self.limits.columns {
            let max = format!("{}列", self.limits.columns);
            return Err(ImportError::TooMuch { what: "表格的列数", max });
        }
        self.room =
            rows.checked_mul(columns).and_then(|size| self.room.checked_sub(size)).ok_or_else(|| {
                ImportError::TooMuch { what: "表格的格数", max: format!("{}格", self.limits.cells) }
            })?;
        // Rows that exist cost room as well as their positions do, and the last cell asks for room that it does not use.
        let mut builder = TableBuilder::new(columns, rows * columns + rows + columns);
        let starting = merges.range(area.first.0..=area.last.0).flat_map(|(_, merges)| merges);
        let mut corners = HashSet::new();
        for merge in starting.filter(|merge| area.holds((merge.row, merge.column))) {
            let last = (merge.last.0.min(area.last.0), merge.last.1.min(area.last.1));
            let value = sheet.cells.get(&(merge.row, merge.column));
            if corners.insert((merge.row, merge.column)) {
                self.place(&mut builder, sheet, (area, (merge.row, merge.column), last), value);
            }
        }
        let inside = sheet.cells.range((area.first.0, 0)..=(area.last.0, u32::MAX));
        for (place, value) in inside.filter(|(place, _)| area.holds(**place) && !corners.contains(*place)) {
            self.place(&mut builder, sheet, (area, *place, *place), Some(value));
        }
        let beside = sheet.remarks.range((area.first.0, 0)..=(area.last.0, u32::MAX));
        for ((row, column), _) in beside.filter(|(place, _)| area.holds(**place)) {
            let blank = !sheet.cells.contains_key(&(*row, *column)) && !corners.contains(&(*row, *column));
            let dropped = builder.dropped();
            if blank {
                builder.place(cell(sheet, area, (*row, *column), (*row, *column), None));
            }
            if builder.dropped() == dropped {
                self.remarked.insert((Arc::clone(&sheet.name), *row, *column));
            }
        }
        if let (Some(row), Some(column)) = (rows.checked_sub(1), columns.checked_sub(1)) {
            // The last corner, so that the rectangle is as large as it is in the file.
            builder.place(Cell { row, column, rows: 1, columns: 1, ..Cell::default() });
        }
        builder.build().map_or(Ok(()), |table: Table| self.push(Block::Table(table)))
    }

    /// Puts a cell into a table, and tells what is lost of it.
    fn place(
        &mut self,
        builder: &mut TableBuilder,
        sheet: &Sheet,
        (area, place, last): (Area, (u32, u32), (u32, u32)),
        value: Option<&Value>,
    ) {
        let dropped = builder.dropped();
        builder.place(cell(sheet, area, place, last, value));
        let Some(value) = value.filter(|value| !value.text.is_empty()) else { return };
        let at = sheet.at(place.0, place.1);
        if builder.dropped() > dropped {
            self.lost.push(at, &format!("被合并单元格盖住的“{}”", excerpt(&value.text, 20)));
        } else if let Some(number) = &value.number
            && !is_day(sheet, area, place, number)
        {
            let message = format!(
                "单元格设成了日期格式，显示为{}，数值是{number}，照显示的读取，请核对应填什么",
                value.text
            );
            self.lost.doubt(at, &message);
        }
    }

    fn push(&mut self, block: Block) -> Result<(), ImportError> {
        if self.blocks.len() >= self.limits.blocks {
            let max = format!("{}段", self.limits.blocks);
            return Err(ImportError::TooMuch { what: "段落和表格", max });
        }
        self.blocks.push(block);
        Ok(())
    }
}

fn cell(sheet: &Sheet, area: Area, place: (u32, u32), last: (u32, u32), value: Option<&Value>) -> Cell {
    Cell {
        text: value.map(|value| value.text.clone()).unwrap_or_default(),
        row: (place.0 - area.first.0) as usize,
        column: (place.1 - area.first.1) as usize,
        rows: (last.0 - place.0) as usize + 1,
        columns: (last.1 - place.1) as usize + 1,
        computed: value.is_some_and(|value| value.computed),
        remark: sheet.remarks.get(&place).cloned().unwrap_or_default(),
        at: sheet.at(place.0, place.1),
        ..Cell::default()
    }
}

/// Whether a number that is shown as a day is one: a day of these years, and no figure beside it.
fn is_day(sheet: &Sheet, area: Area, place: (u32, u32), number: &str) -> bool {
    // From 2000 to 2099.
    number.parse().is_ok_and(|days: f64| (36_526.0..73_051.0).contains(&days))
        && sheet
            .cells
            .range((place.0, area.first.1)..=(place.0, area.last.1))
            .all(|(_, value)| value.number.is_some() || !regions::is_figure(&value.text))
}

/// Whether a sheet still has the name that programs give to new sheets.
fn is_default_name(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    ["sheet", "工作表"].iter().any(|word| {
        name.strip_prefix(word).is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit()))
    })
}
