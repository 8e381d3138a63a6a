//! Heads in plain text, in the order of the form or in another.

use super::*;

const LEVELS: &str = "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人SEP法人或其他组织SEP总计\n\
    商业企业SEP科研机构SEP社会公益组织SEP法律服务机构SEP其他\n";
const ROW: &str = "一、本年新收政府信息公开申请数量SEP1SEP2SEP3SEP4SEP5SEP6SEP21\n\
    二、上年结转政府信息公开申请数量SEP0SEP0SEP0SEP0SEP0SEP0SEP0";

fn with(heads: &str, separator: &str) -> Import {
    import(&text(&format!("{heads}{ROW}").replace("SEP", separator)))
}

#[test]
fn nested_heads_in_the_order_of_the_form_are_followed() {
    let flat = "三、收到和处理政府信息公开申请情况\n\
        自然人SEP商业企业SEP科研机构SEP社会公益组织SEP法律服务机构SEP其他SEP总计\n";
    // As a page has it where the tall cells come between the lines of the others.
    let tall = "三、收到和处理政府信息公开申请情况\n申请人情况\n法人或其他组织\n自然人SEP总计\n\
        商业企业SEP科研机构SEP社会公益组织SEP法律服务机构SEP其他\n";
    for separator in ["    ", "\t", "\n\t"] {
        for heads in [LEVELS, flat, tall] {
            if heads == tall && separator == "\n\t" {
                continue;
            }
            let import = with(heads, separator);
            assert_eq!(figures(&import, "requests.received"), "1 2 3 4 5 6 21", "{separator:?} {heads}");
        }
    }
}

#[test]
fn figures_under_heads_in_another_order_are_not_guessed() {
    let exchanged = LEVELS.replace("商业企业SEP科研机构", "科研机构SEP商业企业");
    let last = LEVELS.replace("自然人SEP法人或其他组织SEP总计", "法人或其他组织SEP总计SEP自然人");
    for separator in ["    ", "\t", "\n\t"] {
        for heads in [&exchanged, &last] {
            let import = with(heads, separator);
            assert_eq!(figures(&import, "requests.received"), "_ _ _ _ _ _ _", "{separator:?} {heads}");
            let doubts = messages(&import, NoteKind::Doubtful);
            assert!(doubts.contains("“一、本年新收”上方的表头与表式的各列不同"), "{doubts}");
        }
    }
}

#[test]
fn the_heads_of_a_whole_block_in_another_order_are_seen() {
    let names = "结果维持SEP结果纠正SEP其他结果SEP尚未审结SEP总计";
    let numbers: Vec<String> = (1..=15).map(|number| number.to_string()).collect();
    let other = names.replace("结果维持SEP结果纠正", "结果纠正SEP结果维持");
    for (second, expected) in [(names, "6 7 8 9 10"), (other.as_str(), "_ _ _ _ _")] {
        for separator in ["    ", "\t", "\n\t"] {
            let lines = format!(
                "四、政府信息公开行政复议、行政诉讼情况\n行政复议SEP行政诉讼\n\
                 {names}SEP未经复议直接起诉SEP复议后起诉\n{second}SEP{names}\n{}",
                numbers.join("SEP")
            );
            let import = import(&text(&lines.replace("SEP", separator)));
            assert_eq!(figures(&import, "remedies.litigation_direct"), expected, "{separator:?}");
        }
    }
}

#[test]
fn a_head_over_the_figure_of_another_column_is_seen_in_text() {
    let document = text("二、主动公开政府信息情况\n信息内容\t采购总金额\t\n政府集中采购\t2248\t");
    let import = recognise(&document, &Catalogue::default(), Some("2019")).unwrap();
    assert_eq!(figures(&import, "disclosure.procurement"), "_ _");
}

#[test]
fn lines_that_leave_out_merged_cells_are_no_grid() {
    let document = text(
        "三、收到和处理政府信息公开申请情况\n(本列数据的勾稽关系) | 申请人情况 | ||||||||\n\
         自然人 | 法人或其他组织 | 总计 | |||||||\n\
         商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||\n\
         一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 | ||",
    );
    assert_eq!(figures(&import(&document), "requests.received"), "1 2 3 4 5 6 21");
}
