//! `gouji form`: the forms, and the proof-reading of a form file.

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;

use super::{Console, Outcome, common};
use crate::form::program::{Node, NodeId, Program};
use crate::form::{Block, Catalogue, Fact, FactKind, Form, Header, Role};
use crate::model::{CellId, Place};
use crate::store::files::DiskFiles;
use crate::store::open;

#[derive(clap::Args)]
#[command(
    about = "查看表式，或检查自定义的表式文件。",
    override_usage = "gouji form <命令> …",
    subcommand_required = true
)]
pub(super) struct FormCommand {
    #[command(subcommand)]
    command: FormTask,
}

#[derive(Subcommand)]
enum FormTask {
    #[command(
        about = "检查表式文件，列出全部错误和没有关系核对的数据。",
        override_usage = "gouji form check <文件>",
        after_help = "退出码：0 没有错误；1 有错误；2 文件读不出来，或命令写错。"
    )]
    Check {
        #[arg(value_name = "文件", help = "表式文件")]
        file: PathBuf,
    },
    #[command(about = "列出现有的表式。", override_usage = "gouji form list")]
    List,
    #[command(
        about = "显示一个表式：部分、表、行、列和规则。",
        override_usage = "gouji form show <表式> [--paths]"
    )]
    Show {
        #[arg(value_name = "表式", help = "表式的名称，或表式文件")]
        form: PathBuf,
        #[arg(long, help = "只列出每一项的路径和名称，一行一项")]
        paths: bool,
    },
}

pub(super) fn run(command: FormCommand, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    match command.command {
        FormTask::Check { file } => {
            let text = open::read_text(&DiskFiles, &file)?.text;
            match Form::read(&file.display().to_string(), &text) {
                Ok(form) => {
                    summary(&form, &mut console.out)?;
                    Ok(Outcome::Done)
                }
                Err(errors) => {
                    write!(console.out, "{errors}")?;
                    Ok(Outcome::Wrong)
                }
            }
        }
        FormTask::List => {
            for form in Catalogue::default().all()? {
                writeln!(console.out, "{}  {}  {}  {}", form.id, form.name, years(&form), form.document)?;
            }
            Ok(Outcome::Done)
        }
        FormTask::Show { form, paths } => {
            let form = common::find_form(&mut Catalogue::default(), &form)?;
            if paths {
                list_paths(&form, &mut console.out)?;
            } else {
                overview(&form, &mut console.out)?;
            }
            Ok(Outcome::Done)
        }
    }
}

/// What a form without mistakes consists of, and what in it no relation protects.
fn summary(form: &Form, out: &mut dyn Write) -> anyhow::Result<()> {
    let totals = form.slots.iter().filter(|slot| slot.role == Role::Total).count();
    writeln!(out, "表式“{}”（{}）没有错误。", form.name, form.id)?;
    writeln!(
        out,
        "封面 {} 项，{} 个部分，{} 张表，数据 {} 格（其中合计 {totals} 格），规则 {} 条，展开为 {} 条关系。",
        form.facts.len(),
        form.sections.len(),
        form.tables.len(),
        form.slots.len(),
        form.rules.len(),
        form.program.instances.len(),
    )?;
    let bare: Vec<CellId> = form.all_cells().filter(|cell| !is_protected(form, *cell)).collect();
    if bare.is_empty() {
        writeln!(out, "每一格数据都有关系核对。")?;
    } else {
        writeln!(out, "以下 {} 格没有任何关系核对，填错了查不出来：", bare.len())?;
    }
    for cell in bare {
        let place = Place::Cell(cell);
        writeln!(out, "  {} {}", form.path(place), form.name(place))?;
    }
    Ok(())
}

/// Whether a wrong number in the cell can make a relation fail.
fn is_protected(form: &Form, cell: CellId) -> bool {
    let instances = form.program.of_cell(cell).iter().filter_map(|id| form.program.instance(*id));
    instances.into_iter().any(|instance| compares(&form.program, instance.test))
}

fn compares(program: &Program, node: NodeId) -> bool {
    match program.node(node) {
        Some(Node::Compare(_) | Node::Stated { .. }) => true,
        Some(Node::And(left, right) | Node::Or(left, right)) => {
            compares(program, *left) || compares(program, *right)
        }
        Some(Node::Not(inner)) => compares(program, *inner),
        _ => false,
    }
}

fn list_paths(form: &Form, out: &mut dyn Write) -> anyhow::Result<()> {
    for place in common::places(form) {
        let total = match place {
            Place::Cell(cell) => form.slot(cell).is_some_and(|slot| slot.role == Role::Total),
            Place::Fact(_) | Place::Text(_) => false,
        };
        let mark = if total { "（合计）" } else { "" };
        writeln!(out, "{} {}{mark}", form.path(place), form.name(place))?;
    }
    Ok(())
}

fn overview(form: &Form, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}（{}）", form.name, form.id)?;
    writeln!(out, "依据：{}", form.document)?;
    writeln!(out, "适用：{}", years(form))?;
    writeln!(out, "\n封面")?;
    for fact in &form.facts {
        writeln!(out, "  cover.{} {}{}", fact.name, fact.label, options(fact))?;
    }
    for section in &form.sections {
        writeln!(out, "\n{}、{}", section.number, section.heading)?;
        if let Some(table) = section.table.and_then(|table| form.table(table)) {
            writeln!(out, "  表 {} {}", table.id, table.title)?;
            for block in &table.blocks {
                print_block(block, out)?;
            }
        }
        if section.text.is_some() {
            writeln!(out, "  文字 text.{}", section.id)?;
        }
    }
    writeln!(out, "\n规则 {} 条，展开为 {} 条关系", form.rules.len(), form.program.instances.len())?;
    for rule in &form.rules {
        writeln!(out, "  【{}】{} {}", rule.severity.name(), rule.code, rule.title)?;
        writeln!(out, "      依据：{}", rule.basis)?;
    }
    Ok(())
}

fn print_block(block: &Block, out: &mut dyn Write) -> anyhow::Result<()> {
    let indent = if block.title.is_empty() {
        "    "
    } else {
        writeln!(out, "    {}", block.title)?;
        "      "
    };
    for (kind, header, ids) in [("列", &block.heads, &block.columns), ("行", &block.labels, &block.rows)] {
        writeln!(out, "{indent}{kind}")?;
        for (leaf, id) in ids.iter().enumerate() {
            writeln!(out, "{indent}  {id} {}", label(header, leaf))?;
        }
    }
    Ok(())
}

/// The label of a leaf as printed, with the groups it belongs to.
fn label(header: &Header, leaf: usize) -> String {
    header.path(leaf).map(|label| label.full.as_str()).collect::<Vec<_>>().join(" / ")
}

fn options(fact: &Fact) -> String {
    let FactKind::Choice(choices) = &fact.kind else { return String::new() };
    let names: Vec<_> = choices.iter().map(|choice| format!("{} {}", choice.id, choice.label)).collect();
    format!("（{}）", names.join("；"))
}

fn years(form: &Form) -> String {
    match form.years {
        (from, Some(to)) if from == to => format!("{from} 年度"),
        (from, Some(to)) => format!("{from} 至 {to} 年度"),
        (from, None) => format!("{from} 年度起"),
    }
}
