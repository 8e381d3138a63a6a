//! What is left of a source when rows and headings are taken out: heads of tables, running text, and what has no
//! place in the form.

use std::collections::HashSet;

use super::align::Match;
use super::draft::Draft;
use super::entries::{Entry, HEADS};
use super::lines::{Line, LineSort, Lines, PieceSort};
use super::paragraphs::Margin;
use super::sections::{Spans, Start};
use super::targets::Targets;
use super::wording::{Pattern, Words};
use crate::exchange::document::{At, Style};
use crate::exchange::note::NoteKind;
use crate::form::{Form, Table};
use crate::model::{Place, excerpt};

/// Words that a table of the form prints besides figures.
pub(super) struct Printed {
    labels: Vec<(Words, Pattern)>,
    title: Words,
    alphabet: HashSet<char>,
}

impl Printed {
    pub(super) fn of(table: &Table) -> Self {
        let mut texts: Vec<&str> = vec![&table.title, &table.corner];
        for block in &table.blocks {
            texts.extend([block.title.as_str(), &block.corner]);
            texts.extend(
                block.heads.labels().iter().chain(block.labels.labels()).map(|label| label.full.as_str()),
            );
        }
        let mut labels: Vec<(Words, Pattern)> = Vec::new();
        for words in texts.into_iter().map(Words::of).filter(|words| !words.body.is_empty()) {
            if labels.iter().all(|(known, _)| known.body != words.body) {
                let pattern = Pattern::of(&words.body);
                labels.push((words, pattern));
            }
        }
        let alphabet = labels
            .iter()
            .flat_map(|(words, _)| words.body.iter().copied())
            .chain("一二三四五六七八九十".chars());
        Self { alphabet: alphabet.collect(), title: Words::of(&table.title), labels }
    }

    /// Whether a piece of text is a head, a caption or a part of one. `loosely` where only such can be expected.
    fn has(&self, text: &str, words: &Words, loosely: bool) -> bool {
        if words.body.is_empty() {
            return loosely && text.chars().count() <= 3;
        }
        if words.number.is_none() && GENERIC.iter().any(|head| head.chars().eq(words.body.iter().copied())) {
            return true;
        }
        let is_part = self.labels.iter().any(|(label, pattern)| {
            label.alike(pattern, words) >= 800
                || (words.body.len() >= 2 || loosely)
                    && label.body.windows(words.body.len()).any(|part| part == words.body)
        });
        if is_part || is_unit_line(text) || self.is_caption(text, words) {
            return true;
        }
        let sentence = text.contains(['。', '；']);
        loosely && !sentence && words.body.len() <= 40 && words.body.iter().all(|c| self.alphabet.contains(c))
    }

    /// `表二：…` with the title of the table, or `续表`.
    fn is_caption(&self, text: &str, words: &Words) -> bool {
        let text = text.trim().trim_start_matches('#').trim();
        let body: Vec<char> = Words::of(text.trim_start_matches(['（', '(', '附'])).body;
        let of_table = body.first() == Some(&'表') || body.starts_with(&['续', '表']);
        let titled = body.ends_with(&self.title.body) && body.len() <= self.title.body.len() + 4;
        of_table && (titled || body.len() <= 4) || words.body == ['续']
    }
}

/// Heads that people give to columns for which the form has none.
const GENERIC: [&str; 9] = ["项目", "内容", "信息内容", "指标", "名称", "类别", "序号", "备注", "说明"];

fn is_unit_line(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let inner = inner.strip_prefix("计量").unwrap_or(inner);
    inner.strip_prefix("单位").is_some_and(|rest| rest.starts_with(['：', ':']) && rest.chars().count() <= 12)
        && inner.contains(['件', '元', '个', '项', '条'])
}

/// Names of sheets stand in front of what the sheets hold; they belong to no section.
pub(super) fn take_sheet_names(draft: &mut Draft<'_>, lines: &Lines<'_>) {
    for (index, line) in lines.lines.iter().enumerate() {
        let At::Sheet { sheet, .. } = line.at else { continue };
        let named = line.sort == LineSort::Text(Style::Caption) && line.text == &**sheet;
        if named && draft.is_free(lines, index) {
            for piece in line.pieces.clone() {
                draft.take(piece);
            }
            let message = "是工作表的名称";
            draft.note(line.pieces.start, NoteKind::Matched, None, line.at, line.text.trim(), message);
        }
    }
}

/// Gives heads and captions of tables to the notes of the rows below them.
pub(super) fn take_heads(
    draft: &mut Draft<'_>,
    lines: &Lines<'_>,
    entries: &[Entry],
    targets: &Targets,
    (matches, notes): (&[Match], &[usize]),
    (printed, starts): (&[Printed], &[Start<'_>]),
) {
    let mut from = 0;
    let mut last_of_table: Option<usize> = None;
    for (found, note) in matches.iter().zip(notes) {
        let (Some(entry), Some(target)) = (entries.get(found.entry), targets.all.get(found.target)) else {
            continue;
        };
        let until = entry.start();
        let line_of = |piece: usize| lines.pieces.get(piece).map_or(0, |piece| piece.line);
        let start = starts.iter().filter(|start| start.line <= line_of(until) && start.heading.is_some());
        let after_heading = start.map(|start| start.line + 1).max().unwrap_or(0);
        let after_heading = lines.lines.get(after_heading).map_or(0, |line| line.pieces.start);
        let Some(printed) = printed.get(target.table) else { continue };
        let inside = last_of_table == Some(target.table);
        // In front of a table there may be running text; heads are what is next to it.
        let range: Vec<usize> = (from.max(after_heading).max(until.saturating_sub(HEADS))..until).collect();
        let mut texts = Vec::new();
        for piece in range.into_iter().rev() {
            let Some(known) = lines.pieces.get(piece) else { continue };
            let is_text = known.sort == PieceSort::Label;
            if !is_text || draft.is_taken(piece) || !printed.has(known.text, &known.words, true) {
                continue;
            }
            let of_line = lines.lines.get(known.line).map_or(0..0, |line| line.pieces.clone());
            let whole = of_line.filter(|at| !draft.is_taken(*at)).all(|at| {
                lines.pieces.get(at).is_none_or(|other| {
                    other.sort != PieceSort::Label || printed.has(other.text, &other.words, true)
                })
            });
            if (whole || inside) && draft.take(piece) {
                texts.push(known.text);
            }
        }
        texts.reverse();
        if !texts.is_empty() {
            draft.extend_note(*note, &texts.join(" "));
        }
        from = entry.pieces().max().map_or(from, |last| last + 1).max(from);
        last_of_table = Some(target.table);
    }
}

/// Text of the sections, and all that has no place in the form.
pub(super) fn take_rest(
    draft: &mut Draft<'_>,
    lines: &Lines<'_>,
    entries: &[Entry],
    form: &Form,
    printed: &[Printed],
    (starts, spans, margin): (&[Start<'_>], &Spans, Margin),
) {
    rows_without_place(draft, lines, entries, spans);
    let mut current: Option<&Start<'_>> = None;
    let mut run: Vec<&str> = Vec::new();
    let mut coming = starts.iter().peekable();
    let mut left_table: Option<(usize, usize, Vec<&str>)> = None;
    let mut sheets = Sheets::default();
    for (index, line) in lines.lines.iter().enumerate() {
        let at = if line.pieces.is_empty() { &At::Unknown } else { line.at };
        let goes_on = sheets.turn(at, current);
        if !margin.is_exact() && goes_on.map(|start| start.line) != current.map(|start| start.line) {
            flush(draft, form, current, &mut run, margin);
            current = goes_on;
        }
        while let Some(start) = coming.next_if(|start| start.line <= index) {
            flush(draft, form, current, &mut run, margin);
            current = Some(start);
            if start.is_inner
                && let Some(heading) = start.heading
            {
                run.push(heading);
                flush(draft, form, current, &mut run, margin);
            }
            if !start.rest.is_empty() {
                run.push(start.rest);
            }
        }
        let in_table = current.and_then(|start| lines.lines.get(start.line)).and_then(Line::block);
        if let LineSort::Row(block, _) = line.sort
            && (line.text.is_empty() || in_table != Some(block))
        {
            leave_row(draft, lines, (index, block), &mut left_table);
            continue;
        }
        if margin.is_exact() && matches!(line.sort, LineSort::Noise | LineSort::Empty) {
            run.push(line.text);
        }
        if matches!(line.sort, LineSort::Noise | LineSort::Empty) || line.pieces.is_empty() {
            continue;
        }
        if lines.pieces_of(index).iter().all(|piece| piece.sort == PieceSort::Blank) {
            continue;
        }
        if !draft.is_free(lines, index) {
            let rest = free_texts(draft, lines, line).join(" ");
            if !rest.is_empty() {
                let message = format!("“{}”不属于表式的任何一格，没有采用", excerpt(&rest, 30));
                draft.note(line.pieces.start, NoteKind::LeftOver, None, line.at, rest, message);
            }
            continue;
        }
        let section = current.and_then(|start| form.sections.get(start.section));
        let table = section.and_then(|section| section.table);
        let has_figures = lines
            .pieces_of(index)
            .iter()
            .any(|piece| piece.sort == PieceSort::Value && piece.text.contains(|c: char| c.is_numeric()));
        let is_row = has_figures && table.is_some() && !line.text.contains(['。', '，', '；']);
        let is_head = table.and_then(|table| printed.get(table.index())).is_some_and(|printed| {
            lines
                .pieces_of(index)
                .iter()
                .all(|piece| piece.sort != PieceSort::Label || printed.has(piece.text, &piece.words, false))
        });
        let left = if margin.is_exact() && section.is_some_and(|section| section.text.is_some()) {
            None
        } else if is_omission(line.text) {
            Some("是省略或版面标记")
        } else if is_row {
            Some("看不出属于表的哪一行，请查明后填写")
        } else if line.sort == LineSort::Text(Style::Caption) || is_head {
            Some("是表头或表的标题，下面没有数据")
        } else if section.is_none_or(|section| section.text.is_none()) {
            Some("不在表式的任何一部分之内")
        } else {
            None
        };
        for piece in line.pieces.clone() {
            draft.take(piece);
        }
        match left {
            Some(reason) => {
                let text = line.text.trim();
                let message = format!("“{}”{reason}，没有采用", excerpt(text, 30));
                draft.note(line.pieces.start, NoteKind::LeftOver, None, line.at, text, message);
            }
            None => run.push(line.text),
        }
    }
    flush(draft, form, current, &mut run, margin);
    close_table(draft, lines, left_table);
    if !margin.is_exact() {
        noise(draft, lines);
    }
}

/// In which section the text of each sheet of a workbook ended: what another sheet says belongs to none of them.
#[derive(Default)]
struct Sheets<'a, 'd> {
    left: Vec<(&'a str, Option<&'a Start<'d>>)>,
    now: Option<&'a str>,
}

impl<'a, 'd> Sheets<'a, 'd> {
    /// The section that goes on in the next line, when one is open in front of it.
    fn turn(&mut self, at: &'a At, open: Option<&'a Start<'d>>) -> Option<&'a Start<'d>> {
        let At::Sheet { sheet, .. } = at else { return open };
        let before = self.now.replace(sheet);
        let Some(before) = before.filter(|before| *before != &**sheet) else { return open };
        self.left.retain(|(known, _)| *known != before);
        self.left.push((before, open));
        self.left.iter().find(|(known, _)| *known == &**sheet).and_then(|(_, start)| *start)
    }
}

/// Figures that stand among the rows of a table and belong to none of them.
fn rows_without_place(draft: &mut Draft<'_>, lines: &Lines<'_>, entries: &[Entry], spans: &Spans) {
    for entry in entries.iter().filter(|entry| !entry.values.is_empty() && entry.row.is_none()) {
        let start = entry.start();
        let Some(line) = lines.pieces.get(start).map(|piece| piece.line) else { continue };
        let inside = spans.iter().flatten().any(|(first, last)| (*first..=*last).contains(&line));
        let after = spans.iter().flatten().any(|(_, last)| (*last..last + 3).contains(&line));
        let short = entry.labels.iter().all(|at| {
            lines
                .pieces
                .get(*at)
                .is_some_and(|piece| piece.text.chars().count() <= 40 && !piece.text.contains('。'))
        });
        if !(inside || (after && short && entry.values.len() >= 2))
            || entry.pieces().any(|at| draft.is_taken(at))
        {
            continue;
        }
        let texts: Vec<&str> = entry.pieces().filter_map(|at| lines.pieces.get(at)).map(|p| p.text).collect();
        if texts.iter().all(|text| text.is_empty()) {
            continue;
        }
        entry.pieces().for_each(|at| {
            draft.take(at);
        });
        let source = texts.iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let message =
            format!("表式中没有这一行：“{}”，没有采用；请查明应归入哪一行，或写入文字", excerpt(&source, 60));
        let at = lines.pieces.get(start).map_or(&At::Unknown, |piece| piece.at);
        draft.note(start, NoteKind::LeftOver, None, at, source, message);
    }
}

/// Takes what is free of a line.
fn free_texts<'d>(draft: &mut Draft<'_>, lines: &Lines<'d>, line: &Line<'d>) -> Vec<&'d str> {
    let free: Vec<usize> = line.pieces.clone().filter(|piece| draft.take(*piece)).collect();
    free.iter()
        .filter_map(|piece| lines.pieces.get(*piece))
        .map(|p| p.text)
        .filter(|text| !text.is_empty())
        .collect()
}

/// What is free of a row of a table, added to what was left of the rows before it.
fn leave_row<'d>(
    draft: &mut Draft<'_>,
    lines: &Lines<'d>,
    (index, block): (usize, usize),
    left: &mut Option<(usize, usize, Vec<&'d str>)>,
) {
    let Some(line) = lines.lines.get(index) else { return };
    let rest: Vec<&str> = free_texts(draft, lines, line);
    if rest.is_empty() {
        return;
    }
    match left {
        Some((known, _, texts)) if *known == block => {
            texts.push("\n");
            texts.extend(&rest);
        }
        _ => {
            close_table(draft, lines, left.take());
            *left = Some((block, index, rest));
        }
    }
}

/// One note for the rows of a table that were left over one after the other.
fn close_table(draft: &mut Draft<'_>, lines: &Lines<'_>, left: Option<(usize, usize, Vec<&str>)>) {
    let Some((_, line, texts)) = left else { return };
    let source = texts.join(" ").replace(" \n ", "\n");
    let message =
        format!("表格中的“{}”在表式中没有对应的行，没有采用", excerpt(&source.replace('\n', "；"), 60));
    if let Some(line) = lines.lines.get(line) {
        let at = line.pieces.clone().filter_map(|at| lines.pieces.get(at)).map(|piece| piece.at).next();
        draft.note(line.pieces.start, NoteKind::LeftOver, None, at.unwrap_or(line.at), source, message);
    }
}

fn flush(draft: &mut Draft<'_>, form: &Form, start: Option<&Start<'_>>, run: &mut Vec<&str>, margin: Margin) {
    let text = start.and_then(|start| form.sections.get(start.section)).and_then(|section| section.text);
    if let Some(text) = text {
        draft.add_text(text, margin.join(run));
    }
    run.clear();
}

/// Page numbers and the like, all in one note.
fn noise(draft: &mut Draft<'_>, lines: &Lines<'_>) {
    let noise: Vec<&Line<'_>> = lines.lines.iter().filter(|line| line.sort == LineSort::Noise).collect();
    let Some(first) = noise.first() else { return };
    let source = noise.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join("\n");
    let message = format!("页码和版面符号{}处，没有采用", noise.len());
    draft.note(usize::MAX, NoteKind::LeftOver, None, first.at, source, message);
}

fn is_omission(text: &str) -> bool {
    let inner =
        text.trim().trim_matches(['[', ']', '【', '】', '（', '）', '(', ')', '〔', '〕', '…']).trim();
    let bracketed = text.trim().starts_with(['[', '【', '（', '(', '〔']);
    bracketed && matches!(inner, "略" | "以下略" | "下略" | "上略" | "中略" | "此处略") || inner.is_empty()
}

/// Says of each section how its heading differs, or that it is missing.
pub(super) fn note_headings(draft: &mut Draft<'_>, lines: &Lines<'_>, form: &Form, starts: &[Start<'_>]) {
    for start in starts {
        let (Some(section), Some(line), Some(heading)) =
            (form.sections.get(start.section), lines.lines.get(start.line), start.heading)
        else {
            continue;
        };
        for piece in line.pieces.clone() {
            draft.take(piece);
        }
        let place = section.text.map(Place::Text);
        let official = format!("{}、{}", section.number, section.heading);
        let (kind, message) = if start.is_same {
            (NoteKind::Matched, format!("是“{official}”的标题"))
        } else {
            (
                NoteKind::Doubtful,
                format!(
                    "标题“{}”与表式的“{official}”不同，其下的文字归入这一部分，请核对",
                    excerpt(heading, 40)
                ),
            )
        };
        let whole = line.text.trim();
        let source = whole.strip_suffix(start.rest.trim_end()).unwrap_or(whole);
        draft.note(line.pieces.start, kind, place, line.at, source, message);
    }
    for (index, section) in form.sections.iter().enumerate() {
        let is_there = starts.iter().any(|start| start.section == index && start.heading.is_some());
        if !is_there && !draft.is_by_path {
            let message = format!("没有找到“{}、{}”的标题", section.number, section.heading);
            draft.note(
                usize::MAX,
                NoteKind::Doubtful,
                section.text.map(Place::Text),
                &At::Unknown,
                "",
                message,
            );
        }
    }
}
