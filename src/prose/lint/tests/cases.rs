//! One case a line: what is wrong, what is said of it, and how it is mended; and what must be left alone.

use super::*;
use Topic::{Date, Document, Heading, Hidden, Missing, Pairs, Punctuation, Sections, Words};

/// Section, year, text, topic, the piece that is marked, a part of what is said, and the text after the fix; empty
/// where there is none.
type Fault = (&'static str, i64, &'static str, Topic, &'static str, &'static str, &'static str);

const FAULTS: &[Fault] = &[
    // Headings.
    ("overview", 2021, "—、总体情况\n正文。", Heading, "—、", "横线", "一、总体情况\n正文。"),
    ("overview", 2021, "-、总体情况\n正文。", Heading, "-、", "横线", "一、总体情况\n正文。"),
    ("overview", 2021, "丨、总体情况", Heading, "丨、", "横线", "一、总体情况"),
    (
        "overview",
        2021,
        "（—）主动公开\n正文。\n（二）依申请公开",
        Heading,
        "（—）",
        "横线",
        "（一）主动公开\n正文。\n（二）依申请公开",
    ),
    (
        "problems",
        2020,
        "（一）存在的问题\n有三点不足。\n（2）改进措施\n将加强培训。",
        Heading,
        "（2）",
        "应为“（二）”",
        "（一）存在的问题\n有三点不足。\n（二）改进措施\n将加强培训。",
    ),
    (
        "overview",
        2021,
        "（一）甲事\n正文。\n（三）乙事\n正文。",
        Heading,
        "（三）",
        "缺“（二）”",
        "（一）甲事\n正文。\n（二）乙事\n正文。",
    ),
    (
        "overview",
        2021,
        "（一）甲事\n正文。\n（一）乙事\n正文。",
        Heading,
        "（一）",
        "重复",
        "（一）甲事\n正文。\n（二）乙事\n正文。",
    ),
    ("overview", 2021, "（一）甲\n文。\n（二）乙\n文。\n（一）丙\n文。", Heading, "（一）", "又从", ""),
    ("overview", 2021, "（二）甲事\n正文。", Heading, "（二）", "前面没有“（一）”", ""),
    (
        "overview",
        2021,
        "(一)甲事\n正文。\n（二）乙事",
        Heading,
        "(一)",
        "半角括号",
        "（一）甲事\n正文。\n（二）乙事",
    ),
    (
        "overview",
        2021,
        "1.甲事。\n2.乙事。\n4.丙事。",
        Heading,
        "4.",
        "缺“3.”",
        "1.甲事。\n2.乙事。\n3.丙事。",
    ),
    ("overview", 2021, "1.甲事。\n2、乙事。", Heading, "2、", "写法不一", "1.甲事。\n2.乙事。"),
    ("overview", 2021, "（1）甲事。\n(2)乙事。", Heading, "(2)", "半角括号", "（1）甲事。\n（2）乙事。"),
    (
        "overview",
        2021,
        "不足有三：一是人手少，二是栏目旧，四是解读少。",
        Heading,
        "四是",
        "缺“三是”",
        "不足有三：一是人手少，二是栏目旧，三是解读少。",
    ),
    (
        "overview",
        2021,
        "一是人手少；二是栏目旧；二是解读少。",
        Heading,
        "二是",
        "重复",
        "一是人手少；二是栏目旧；三是解读少。",
    ),
    (
        "overview",
        2021,
        "一是人手少。\n三是栏目旧。",
        Heading,
        "三是",
        "缺“二是”",
        "一是人手少。\n二是栏目旧。",
    ),
    // Pairs.
    ("overview", 2021, "依据《条例（以下简称条例）编制。", Pairs, "《", "》", ""),
    ("overview", 2021, "公开文件3件（其中规章1件。", Pairs, "（", "）", ""),
    ("overview", 2021, "公开文件3件，其中规章1件）。", Pairs, "）", "（", ""),
    ("overview", 2021, "开展“放管服“改革。", Pairs, "“", "方向反了", "开展“放管服”改革。"),
    ("overview", 2021, "开展”放管服”改革。", Pairs, "”", "方向反了", "开展“放管服”改革。"),
    ("overview", 2021, "公开文件（其中规章1件)。", Pairs, ")", "一半角一全角", "公开文件（其中规章1件）。"),
    ("overview", 2021, "开展\"放管服\"改革。", Pairs, "\"", "直引号", "开展“放管服”改革。"),
    // Documents.
    (
        "overview",
        2021,
        "依据国办公开办函[2021]30号编制。",
        Document,
        "[2021]",
        "六角括号",
        "依据国办公开办函〔2021〕30号编制。",
    ),
    (
        "overview",
        2021,
        "依据国办公开办函（2021）30号编制。",
        Document,
        "（2021）",
        "六角括号",
        "依据国办公开办函〔2021〕30号编制。",
    ),
    (
        "overview",
        2021,
        "印发工作要点（某政办发【2021】5号）。",
        Document,
        "【2021】",
        "六角括号",
        "印发工作要点（某政办发〔2021〕5号）。",
    ),
    (
        "overview",
        2021,
        "印发工作要点（某政办发﹝2021﹞5号）。",
        Document,
        "﹝2021﹞",
        "六角括号",
        "印发工作要点（某政办发〔2021〕5号）。",
    ),
    (
        "overview",
        2025,
        "按照国办公开办函〔2019〕60号的格式编制。",
        Document,
        "国办公开办函〔2019〕60号",
        "应依据国办公开办函〔2021〕30号",
        "按照国办公开办函〔2021〕30号的格式编制。",
    ),
    (
        "overview",
        2025,
        "按照国办公开办函(2019) 60号的格式编制。",
        Document,
        "国办公开办函(2019) 60号",
        "2025年度",
        "按照国办公开办函〔2021〕30号的格式编制。",
    ),
    (
        "overview",
        2020,
        "按照国办公开办函〔2021〕30号的格式编制。",
        Document,
        "国办公开办函〔2021〕30号",
        "应依据国办公开办函〔2019〕60号",
        "按照国办公开办函〔2019〕60号的格式编制。",
    ),
    // Punctuation.
    ("overview", 2021, "本年公开文件,更新栏目.", Punctuation, ",", "2 处", "本年公开文件，更新栏目。"),
    ("overview", 2021, "申请3件,办结3件;没有结转", Punctuation, ",", "半角", "申请3件，办结3件；没有结转"),
    ("overview", 2021, "邮箱:ab@cd.cn", Punctuation, ":", "半角", "邮箱：ab@cd.cn"),
    ("overview", 2021, "主动公开(含规章)信息", Punctuation, "(", "半角", "主动公开（含规章）信息"),
    (
        "overview",
        2021,
        "申请{{requests.received.total}}件, 均已办结。",
        Punctuation,
        ", ",
        "半角",
        "申请{{requests.received.total}}件，均已办结。",
    ),
    ("overview", 2021, "公开文件，，更新栏目。", Punctuation, "，，", "重复", "公开文件，更新栏目。"),
    ("overview", 2021, "公开文件。。", Punctuation, "。。", "重复", "公开文件。"),
    ("overview", 2021, "公开文件、，更新栏目。", Punctuation, "、，", "重复", "公开文件，更新栏目。"),
    ("overview", 2021, "公开文件，更新栏目，。", Punctuation, "，。", "重复", "公开文件，更新栏目。"),
    // Words.
    ("overview", 2021, "对栏目进行进行调整。", Words, "进行进行", "重复", "对栏目进行调整。"),
    ("overview", 2021, "公开的的信息。", Words, "的的", "重复", "公开的信息。"),
    (
        "overview",
        2021,
        "加强队伍建设加强队伍建设。",
        Words,
        "加强队伍建设加强队伍建设",
        "重复",
        "加强队伍建设。",
    ),
    // Dates.
    ("overview", 2020, "统计期限自20201月1日起。", Date, "20201月", "缺“年”", "统计期限自2020年1月1日起。"),
    ("overview", 2025, "截至202512月31日。", Date, "202512月", "缺“年”", "截至2025年12月31日。"),
    ("overview", 2021, "2021年2月30日印发。", Date, "2021年2月30日", "2月没有30日", ""),
    ("overview", 2021, "2021年2月29日印发。", Date, "2021年2月29日", "2月没有29日", ""),
    ("overview", 2021, "2021年13月印发。", Date, "2021年13月", "没有13月", ""),
    ("overview", 2021, "自2021年12月31日至2021年1月1日。", Date, "2021年12月31日至2021年1月1日", "早于", ""),
    (
        "overview",
        2021,
        "统计期限为2020年1月1日至2020年12月31日。",
        Date,
        "2020年1月1日至2020年12月31日",
        "本报告年度是2021年",
        "统计期限为2021年1月1日至2021年12月31日。",
    ),
    (
        "overview",
        2021,
        "数据统计期限自2020 年 1 月 1 日起，至 12 月 31 日止。",
        Date,
        "2020 年 1 月 1 日起，至 12 月 31 日",
        "2020年",
        "数据统计期限自2021 年 1 月 1 日起，至 12 月 31 日止。",
    ),
    (
        "overview",
        2021,
        "2020年，我局主动公开信息25条。",
        Date,
        "2020年",
        "本报告年度是2021年",
        "2021年，我局主动公开信息25条。",
    ),
    (
        "overview",
        2021,
        "2020年本单位公开信息25条。",
        Date,
        "2020年",
        "本报告年度是2021年",
        "2021年本单位公开信息25条。",
    ),
    (
        "overview",
        2021,
        "现将2020年度政府信息公开工作情况报告如下。",
        Date,
        "2020年",
        "本报告年度是2021年",
        "现将2021年度政府信息公开工作情况报告如下。",
    ),
    // Sections.
    ("overview", 2021, "本报告由四个部分组成。", Sections, "四", "有 6 个", "本报告由六个部分组成。"),
    (
        "overview",
        2021,
        "报告全文包括总体情况等5部分。",
        Sections,
        "5",
        "有 6 个",
        "报告全文包括总体情况等6部分。",
    ),
    (
        "overview",
        2023,
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项等六部分组成。",
        Sections,
        "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项",
        "没有列出“四、",
        "",
    ),
    (
        "overview",
        2023,
        "年报由总体情况、收到和处理政府信息公开申请情况、主动公开政府信息情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其它需要报告的事项组成。",
        Sections,
        "主动公开政府信息情况",
        "先后不同",
        "",
    ),
    (
        "overview",
        2023,
        "年报由总体情况、主动公开政府信息情况、收到的处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及整改措施情况、其他需要报告的事项组成。",
        Sections,
        "存在的主要问题及整改措施情况",
        "不同",
        "年报由总体情况、主动公开政府信息情况、收到的处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项组成。",
    ),
    (
        "overview",
        2023,
        "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、主要问题和整改措施、其他需要报告的事项，年报可在网站查阅。",
        Sections,
        "主要问题和整改措施",
        "不同",
        "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项，年报可在网站查阅。",
    ),
    // Missing.
    ("problems", 2021, "无。", Missing, "无。", "没有写出", ""),
    ("problems", 2021, "本年度没有存在的问题。", Missing, "本年度没有存在的问题。", "没有写出", ""),
    (
        "problems",
        2021,
        "专职人员偏少，新来的同志业务不熟，栏目有时一个月才更新一次。",
        Missing,
        "",
        "没有写改进",
        "",
    ),
    // Hidden.
    ("overview", 2021, "公开\u{200b}文件。", Hidden, "\u{200b}", "零宽空格", "公开文件。"),
    ("overview", 2021, "公开\u{a0}文件 a\u{a0}b。", Hidden, "\u{a0}", "2 处", "公开文件 a b。"),
    ("overview", 2021, "一、\u{3000}总体情况", Hidden, "\u{3000}", "全角空格", "一、总体情况"),
    ("overview", 2021, "公开\t文件。", Hidden, "\t", "制表符", "公开文件。"),
    ("overview", 2021, "⼀件文件。", Hidden, "⼀", "形似", "一件文件。"),
    ("overview", 2021, "公开\u{fffd}件。", Hidden, "\u{fffd}", "无法辨认", ""),
];

/// Section, year and text of which nothing is to be said.
const FINE: &[(&str, i64, &str)] = &[
    (
        "overview",
        2021,
        "一、总体情况\n（一）主动公开\n1.规章。\n（1）甲。\n（2）乙。\n2.规范性文件。\n（1）丙。\n（二）依申请公开\n1.受理。",
    ),
    (
        "problems",
        2021,
        "五、存在的主要问题及改进情况\n（一）问题\n不足有二：一是人手少；二是栏目旧。\n（二）改进\n一是加人；二是改版。",
    ),
    ("problems", 2021, "存在问题：\n1.人手少。\n2.栏目旧。\n改进措施：\n1.加人。\n2.改版。"),
    ("overview", 2021, "一是公开文件，其中一是规章，二是规范性文件；二是更新栏目；三是培训。"),
    ("overview", 2021, "依据第二十条第\n（一）项公开。"),
    ("overview", 2021, "1.05%的申请来自企业。\n3.6万元。"),
    ("overview", 2021, "（1）甲事。\n（2）乙事。\n（一）丙事\n（二）丁事"),
    ("overview", 2021, "(1)甲事。\n(2)乙事。"),
    (
        "overview",
        2021,
        "推进“三审三校”，落实《条例》（以下简称《条例》）。分两步：1）学习；2）考试。It’s OK.",
    ),
    (
        "overview",
        2021,
        "国办公开办函〔2021〕30号、国令第711号、国办公开办函〔2019〕61号、（2021）京01行初3号。",
    ),
    (
        "overview",
        2021,
        "网址（http://a.gov.cn/b,c;d?e=1）、邮箱ab.c@d.cn，8:30至17:00，共1,234条，占3.6%，比例3:1，使用APP、Excel, Word.",
    ),
    ("overview", 2021, "共{{requests.received.total}}件（{{a.b.c}}）。谁起草、谁解读……——“好”！？"),
    (
        "overview",
        2021,
        "为了了解情况，以目的的实现为准；天天有更新，人人会使用，层层抓落实，一一答复，件件有着落；依申请公开公开情况；反复研究研究；二〇二〇二〇年；一件一件办，以及及时答复；公平和和谐；来自企业和社会组织等等。",
    ),
    (
        "overview",
        2021,
        "2020年比上年增长2%。2020年收到5件，2021年收到8件。2016年以来，我局持续公开。2022年我局将加强培训。2020年度部门决算已公开。",
    ),
    (
        "overview",
        2020,
        "2020年2月29日印发，统计期限自2020年1月1日至2020年12月31日。12月31日前办结，历时13个月。",
    ),
    (
        "overview",
        2021,
        "与2020年1月1日至12月31日的上年数据相比，与去年同期2020年1月1日至2020年12月31日相比，有所增长。",
    ),
    (
        "overview",
        2021,
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议和提起行政诉讼情况、存在的主要问题及改进情况以及其他需要报告的事项等六个部分组成。",
    ),
    (
        "overview",
        2020,
        "报告全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项等六部分组成。",
    ),
    ("overview", 2021, "培训分为三个部分，报告会占第四部分。"),
    ("other", 2021, "无。"),
    ("problems", 2021, "栏目更新不及时，下一步将按月检查。"),
    ("problems", 2021, ""),
    ("overview", 2021, "\u{3000}\u{3000}公开文件。 \n  更新栏目。"),
];

#[test]
fn every_fault_is_found_and_mended() {
    let forms = [form("2019"), form("2021")];
    for (section, year, text, topic, piece, said, mended) in FAULTS {
        let form = forms.iter().find(|form| form.covers(*year)).unwrap();
        let setting = setting(form, section, *year, "");
        let remarks = lint(&setting, text);
        let found = remarks.iter().find(|remark| {
            remark.topic == *topic && &text[remark.range.clone()] == *piece && remark.message.contains(said)
        });
        let Some(found) = found else { panic!("{text}: {remarks:#?}") };
        let after = found.fix.as_ref().map_or(String::new(), |fix| apply(text, fix));
        assert_eq!(&after, mended, "{text}");
        let others: Vec<_> = remarks.iter().filter(|other| other.topic != *topic).collect();
        assert!(others.is_empty(), "{text}: {others:#?}");
    }
}

#[test]
fn what_is_right_is_left_alone() {
    let forms = [form("2019"), form("2021")];
    for (section, year, text) in FINE {
        let form = forms.iter().find(|form| form.covers(*year)).unwrap();
        let remarks = lint(&setting(form, section, *year, ""), text);
        assert!(remarks.is_empty(), "{text}: {remarks:#?}");
    }
}

#[test]
fn every_mended_text_is_fine() {
    let forms = [form("2019"), form("2021")];
    for (section, year, _, _, _, _, mended) in FAULTS.iter().filter(|fault| !fault.6.is_empty()) {
        let form = forms.iter().find(|form| form.covers(*year)).unwrap();
        let remarks = lint(&setting(form, section, *year, ""), mended);
        // One text of the list has two faults.
        let left = remarks.iter().filter(|remark| remark.topic != Sections);
        assert_eq!(left.count(), 0, "{mended}: {remarks:#?}");
    }
}

#[test]
fn an_old_form_for_a_new_year_is_not_told_twice() {
    // That the form is the wrong one is a rule of the form; its own document is right beside it.
    let form = form("2019");
    let text = "按照国办公开办函〔2021〕30号编制。";
    assert!(lint(&setting(form, "overview", 2022, ""), text).is_empty());
}

#[test]
fn without_a_year_nothing_is_said_of_years() {
    let form = form("2021");
    let setting = Setting { year: None, ..setting(form, "overview", 2021, "") };
    assert!(lint(&setting, "2019年，我局公开信息5条，统计期限为2019年1月1日至2019年12月31日。").is_empty());
    assert_eq!(lint(&setting, "20201月1日").len(), 1);
}

#[test]
fn the_unit_by_its_name_tells_of_its_year() {
    let form = form("2021");
    let text = "2020年，某某区统计局公开信息25条。";
    assert_eq!(lint(&setting(form, "overview", 2021, "某某区统计局"), text).len(), 1);
    assert!(lint(&setting(form, "overview", 2021, "某某镇"), text).is_empty());
}

#[test]
fn what_stood_in_last_years_report_is_told() {
    let form = form("2021");
    let each = |count: u8, head: &str, tail: &str| {
        (0..count)
            .map(|index| [head, &char::from(b'A' + index).to_string(), tail].concat())
            .collect::<String>()
    };
    let last = each(8, "2020年，第", "项工作由办公室牵头，各科室按照分工做好信息的梳理、审核和发布。");
    let same = last.replace("2020", "2021");
    let with = |text: &str| {
        let setting = Setting { last_year: Some(&last), ..setting(form, "disclosure", 2021, "") };
        lint(&setting, text).into_iter().filter(|remark| remark.topic == Topic::Repeated).collect::<Vec<_>>()
    };
    let all = with(&same);
    assert_eq!(all.len(), 1);
    assert!(
        all[0].message.contains("8 句中有 8 句") && all[0].message.contains("100%"),
        "{}",
        all[0].message
    );
    assert_eq!(likeness(&same, &last).percent(), 100);

    let fresh = each(9, "今年新做的第", "件事，是把历年的文件逐件核对，补上缺少的文号和日期。");
    let first_four: String = same.split_inclusive('。').take(4).collect();
    let mixed = format!("{fresh}{first_four}");
    let run = with(&mixed);
    assert_eq!(run.len(), 1);
    assert!(run[0].message.contains("连续 4 句"), "{}", run[0].message);
    assert_eq!(&mixed[run[0].range.clone()], first_four);

    assert!(with(&fresh).is_empty());
    assert!(with("无其他需要报告的事项。").is_empty());
}
