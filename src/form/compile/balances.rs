//! The balance rows that tables show below their figures.

use super::Errors;
use crate::form::Form;
use crate::form::error::Spot;
use crate::form::program::{Instance, InstanceId, Node};
use crate::form::source::FormSource;
use crate::form::table::Balance;

/// Finds, for each table that shows a balance, the instance that balances each of its columns.
pub(super) fn find(source: &FormSource, form: &mut Form, errors: &mut Errors) {
    for (index, table) in source.tables.iter().enumerate() {
        let (Some(balance), Some(block)) =
            (&table.balance, form.tables.get(index).and_then(|table| table.blocks.first()))
        else {
            continue;
        };
        let spot = Spot::default().field("tables").item(index).field("balance").field("rule");
        if !form.rules.iter().any(|rule| rule.code == balance.rule) {
            let known = form.rules.iter().map(|rule| rule.code.as_str());
            errors.unknown(&spot, None, "规则", &balance.rule, known);
            continue;
        }
        let in_column = |column: usize| -> Option<InstanceId> {
            let mut instances = form.program.numbered().filter(|(_, instance)| {
                form.rule(instance.rule).is_some_and(|rule| rule.code == balance.rule)
                    && matches!(form.program.node(instance.test), Some(Node::Compare(_)))
            });
            let all_in_column = |instance: &Instance| {
                form.program.cells(&instance.cells).iter().all(|cell| {
                    form.slot(*cell).is_some_and(|slot| slot.table.index() == index && slot.column == column)
                })
            };
            instances.find(|(_, instance)| all_in_column(instance)).map(|(id, _)| id)
        };
        let columns: Vec<_> = (0..block.columns.len()).map(in_column).collect();
        if columns.iter().all(Option::is_none) {
            errors.push(
                spot,
                format!("规则“{}”不是按列成立的等式", balance.rule),
                "平衡行只能显示按列的关系",
            );
        }
        if let Some(table) = form.tables.get_mut(index) {
            table.balance =
                Some(Balance { left: balance.left.clone(), right: balance.right.clone(), columns });
        }
    }
}
