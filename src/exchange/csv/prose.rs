//! Prose that stands in a file of values without quotation marks, so that its own commas part it into cells.

use std::collections::BTreeMap;

use crate::exchange::sheets::Values;

/// The rows with such prose put together again. Each row comes with whether something in it is between quotation
/// marks: programs that quote have quoted the commas, too.
pub(super) fn joined(rows: Vec<(Values, bool)>, separator: char) -> Vec<Values> {
    let usual = usual_width(&rows);
    let join = |(mut row, quoted): (Values, bool)| {
        if !quoted && Some(row.width) != usual && is_prose(&row.fields) {
            row.fields = vec![row.fields.join(separator.encode_utf8(&mut [0; 4]))];
        }
        row
    };
    rows.into_iter().map(join).collect()
}

/// How many values most rows with figures have. What has as many is taken for a row of the table, whatever it says.
fn usual_width(rows: &[(Values, bool)]) -> Option<usize> {
    let mut counts = BTreeMap::<usize, usize>::new();
    let with_figures = rows
        .iter()
        .filter(|(row, _)| row.fields.len() > 1 && row.fields.iter().any(|field| is_number(field)));
    for (row, _) in with_figures.filter(|(row, _)| !is_prose(&row.fields)) {
        *counts.entry(row.width).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(width, _)| width)
}

/// Whether values read as one text: a sentence ends in them, none is blank, and none is a figure but the digits of one
/// that is written with commas.
fn is_prose(fields: &[String]) -> bool {
    let ends_with_digit = |field: &str| field.ends_with(|c: char| c.is_ascii_digit());
    let sentence = fields.iter().any(|field| field.contains('。'));
    let words = |field: &String| field.chars().any(char::is_alphabetic);
    let mut before = "";
    sentence
        && fields.len() > 1
        && fields.first().is_some_and(|first| first.chars().any(|c| c.is_alphabetic() && !c.is_ascii()))
        && fields.iter().all(|field| {
            let thousands = field.len() == 3 && is_number(field) && ends_with_digit(before);
            before = field;
            words(field) || thousands
        })
}

fn is_number(field: &str) -> bool {
    let field = field.trim();
    field.contains(|c: char| c.is_ascii_digit())
        && field.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '%'))
}
