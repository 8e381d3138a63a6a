//! `for each` unrolled, and the cells that a piece of a rule means once its variables are bound.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Errors;
use crate::form::Form;
use crate::form::error::Spot;
use crate::form::expr::{Binder, Cells, Domain, Name, Part};
use crate::form::table::{Block, Role, Table, TableId};
use crate::model::{CellId, FactId, Place, TextId};

/// The most instances that all rules of a form may have together; some twenty times those of the official forms, and
/// a bound for what a hostile form can ask for.
const MAX_INSTANCES: usize = 20_000;

/// How many instances there may still be; none once it was said that they are too many.
pub(super) struct Room(Option<usize>);

/// What the variables of a rule stand for in one instance.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope(Vec<(Rc<str>, Bound)>);

/// What a variable stands for.
#[derive(Debug, Clone)]
enum Bound {
    Row(Rc<str>),
    Column(Rc<str>),
    Cell(CellId),
    Fact(FactId),
    Text(TextId),
}

impl Default for Room {
    fn default() -> Self {
        Self(Some(MAX_INSTANCES))
    }
}

impl Scope {
    /// The fact or text that a variable stands for.
    pub(super) fn fact_or_text(&self, name: &Name) -> Option<Place> {
        match self.get(&name.text)? {
            Bound::Fact(fact) => Some(Place::Fact(*fact)),
            Bound::Text(text) => Some(Place::Text(*text)),
            Bound::Row(_) | Bound::Column(_) | Bound::Cell(_) => None,
        }
    }

    fn get(&self, name: &str) -> Option<&Bound> {
        self.0.iter().rev().find(|(known, _)| **known == *name).map(|(_, bound)| bound)
    }
}

/// All combinations of what the binders run over; none if there is no room for them.
pub(super) fn scopes(
    binders: &[Binder],
    room: &mut Room,
    form: &Form,
    spot: &Spot,
    errors: &mut Errors,
) -> Vec<Scope> {
    let mut scopes = vec![Scope::default()];
    let most = match room.0 {
        _ if binders.is_empty() => return scopes,
        None => return Vec::new(),
        Some(most) => most,
    };
    for binder in binders {
        let values = values(binder, form, spot, errors);
        if scopes.len().saturating_mul(values.len()) > most {
            errors.push(
                spot.bytes(binder.variable.span.clone()),
                format!("全部规则展开后超过{MAX_INSTANCES}条"),
                "请缩小 for each 的范围",
            );
            room.0 = None;
            return Vec::new();
        }
        let variable: Rc<str> = binder.variable.text.as_str().into();
        scopes = scopes
            .iter()
            .flat_map(|scope| {
                values.iter().map(|value| {
                    let mut inner = scope.clone();
                    inner.0.push((Rc::clone(&variable), value.clone()));
                    inner
                })
            })
            .collect();
    }
    room.0 = Some(most - scopes.len());
    scopes
}

fn values(binder: &Binder, form: &Form, spot: &Spot, errors: &mut Errors) -> Vec<Bound> {
    match binder.domain {
        Domain::Facts => {
            let all = form.facts.iter().map(|fact| (fact.name.as_str(), Bound::Fact(fact.id)));
            return chosen(binder, &all.collect::<Vec<_>>(), "封面项目", spot, errors);
        }
        Domain::Texts => {
            let all = form
                .sections
                .iter()
                .filter_map(|section| Some((section.id.as_str(), Bound::Text(section.text?))));
            return chosen(binder, &all.collect::<Vec<_>>(), "文字部分", spot, errors);
        }
        Domain::Rows | Domain::Columns | Domain::Inputs => {}
    }
    let tables: Vec<&Table> = if binder.names.is_empty() {
        form.tables.iter().collect()
    } else {
        binder
            .names
            .iter()
            .filter_map(|name| table(name, form, spot, errors).map(|(_, table)| table))
            .collect()
    };
    let names = |of: fn(&Block) -> &[String]| {
        let mut seen = HashSet::new();
        let all = tables.iter().flat_map(|table| &table.blocks).flat_map(of);
        all.filter(|name| seen.insert(name.as_str())).cloned().collect::<Vec<String>>()
    };
    let all = match binder.domain {
        Domain::Rows => names(|block| &block.rows),
        Domain::Columns => names(|block| &block.columns),
        Domain::Inputs => {
            return tables
                .iter()
                .flat_map(|table| &table.blocks)
                .flat_map(Block::cells)
                .filter(|cell| form.slot(*cell).is_some_and(|slot| slot.role == Role::Input))
                .map(Bound::Cell)
                .collect();
        }
        Domain::Facts | Domain::Texts => return Vec::new(),
    };
    let known: HashSet<&str> = all.iter().map(String::as_str).collect();
    for name in &binder.except {
        if !known.contains(name.text.as_str()) {
            errors.unknown(
                spot,
                Some(name.span.clone()),
                "行或列",
                &name.text,
                all.iter().map(String::as_str),
            );
        }
    }
    let except: HashSet<&str> = binder.except.iter().map(|name| name.text.as_str()).collect();
    let kept = all.iter().filter(|name| !except.contains(name.as_str())).map(|name| name.as_str().into());
    match binder.domain {
        Domain::Rows => kept.map(Bound::Row).collect(),
        _ => kept.map(Bound::Column).collect(),
    }
}

/// The named ones among all facts or texts, or all of them.
fn chosen(
    binder: &Binder,
    all: &[(&str, Bound)],
    what: &str,
    spot: &Spot,
    errors: &mut Errors,
) -> Vec<Bound> {
    let by_name: HashMap<&str, &(&str, Bound)> = all.iter().map(|entry| (entry.0, entry)).collect();
    let find = |name: &Name| by_name.get(name.text.as_str()).copied();
    for name in binder.names.iter().chain(&binder.except).filter(|name| find(name).is_none()) {
        errors.unknown(spot, Some(name.span.clone()), what, &name.text, all.iter().map(|(known, _)| *known));
    }
    let wanted: Vec<_> = if binder.names.is_empty() {
        all.iter().collect()
    } else {
        binder.names.iter().filter_map(find).collect()
    };
    let except: HashSet<&str> = binder.except.iter().map(|name| name.text.as_str()).collect();
    wanted.into_iter().filter(|(known, _)| !except.contains(known)).map(|(_, bound)| bound.clone()).collect()
}

/// The cells that a piece of a rule means, in the order of the form. Reports and returns nothing if a name is
/// unknown or there is no such cell.
pub(super) fn cells(
    cells: &Cells,
    scope: &Scope,
    form: &Form,
    spot: &Spot,
    errors: &mut Errors,
) -> Vec<CellId> {
    let (name, rows, columns, many, span) = match cells {
        Cells::Variable(name) => {
            return match scope.get(&name.text) {
                Some(Bound::Cell(cell)) => vec![*cell],
                Some(_) => {
                    let hint = "代表行或列的变量写在路径里：表.$行.$列";
                    errors.push(spot.bytes(name.span.clone()), format!("变量“{}”不是一格", name.text), hint);
                    Vec::new()
                }
                None => unbound(name, scope, spot, errors),
            };
        }
        Cells::Block { table, rows, columns, many, span } => (table, rows, columns, *many, span),
    };
    let Some((_, table)) = table(name, form, spot, errors) else { return Vec::new() };
    let before = errors.found.len();
    let rows = Wanted::resolve(rows, scope, table, |block| &block.rows, "行", spot, errors);
    let columns = Wanted::resolve(columns, scope, table, |block| &block.columns, "列", spot, errors);
    let (Some(rows), Some(columns)) = (rows, columns) else { return Vec::new() };
    let mut found = Vec::new();
    for block in &table.blocks {
        for row in rows.within(&block.rows) {
            for column in columns.within(&block.columns) {
                found.extend(block.cell(row, column));
            }
        }
    }
    if errors.found.len() > before {
        return Vec::new();
    }
    if found.is_empty() {
        errors.push(spot.bytes(span.clone()), "表中没有这样的格", "请核对这一行是否有这一列");
    } else if found.len() > 1 && !many {
        errors.push(spot.bytes(span.clone()), "这里是多格，不能当作一个数", "多格相加请写 sum(…)");
        found.clear();
    }
    found
}

/// How many names of rows and columns are looked through to find cells of a table.
pub(super) fn names_in(form: &Form, table: &Name) -> usize {
    let blocks =
        form.tables.iter().find(|known| known.id == table.text).map_or(&[][..], |table| &table.blocks);
    blocks.iter().map(|block| block.rows.len() + block.columns.len()).sum()
}

fn table<'a>(name: &Name, form: &'a Form, spot: &Spot, errors: &mut Errors) -> Option<(TableId, &'a Table)> {
    let found = form.tables.iter().position(|table| table.id == name.text);
    if found.is_none() {
        let known = form.tables.iter().map(|table| table.id.as_str());
        errors.unknown(spot, Some(name.span.clone()), "表", &name.text, known);
    }
    found.map(|index| (TableId(index), &form.tables[index]))
}

/// Names resolved against a table.
enum Wanted {
    All,
    One(String),
    Range(String, String),
}

impl Wanted {
    fn resolve(
        part: &Part,
        scope: &Scope,
        table: &Table,
        names: fn(&Block) -> &[String],
        what: &str,
        spot: &Spot,
        errors: &mut Errors,
    ) -> Option<Self> {
        let mut known = |name: &Name| {
            let all = || table.blocks.iter().flat_map(names);
            let found = all().any(|id| *id == name.text);
            if !found {
                errors.unknown(spot, Some(name.span.clone()), what, &name.text, all().map(String::as_str));
            }
            found
        };
        match part {
            Part::All => Some(Self::All),
            Part::One(name) => known(name).then(|| Self::One(name.text.clone())),
            Part::Range(from, to) => {
                let both = [known(from), known(to)];
                both.iter().all(|found| *found).then(|| Self::Range(from.text.clone(), to.text.clone()))
            }
            Part::Variable(name) => match scope.get(&name.text) {
                Some(Bound::Row(bound) | Bound::Column(bound)) => Some(Self::One(bound.to_string())),
                Some(Bound::Cell(_) | Bound::Fact(_) | Bound::Text(_)) => {
                    let message = format!("变量“{}”不能作{what}名", name.text);
                    errors.push(spot.bytes(name.span.clone()), message, "");
                    None
                }
                None => {
                    unbound(name, scope, spot, errors);
                    None
                }
            },
        }
    }

    /// The positions meant among these names. A range counts within the list that holds both of its ends.
    fn within(&self, names: &[String]) -> std::ops::Range<usize> {
        let at = |wanted: &String| names.iter().position(|name| name == wanted);
        match self {
            Self::All => 0..names.len(),
            Self::One(name) => at(name).map_or(0..0, |index| index..index + 1),
            Self::Range(from, to) => match (at(from), at(to)) {
                (Some(from), Some(to)) => from..to + 1,
                _ => 0..0,
            },
        }
    }
}

fn unbound(name: &Name, scope: &Scope, spot: &Spot, errors: &mut Errors) -> Vec<CellId> {
    let known = scope.0.iter().map(|(known, _)| &**known);
    errors.unknown(spot, Some(name.span.clone()), "变量", &name.text, known);
    Vec::new()
}
