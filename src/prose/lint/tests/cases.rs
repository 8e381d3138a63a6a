//! One case a line: what is wrong, what is said of it, and how it is mended.

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
    (
        "overview",
        2021,
        "（一）甲\n已落实各项措施。\n（二）乙\n加强具体指导。\n（一）丙\n文。",
        Heading,
        "（一）",
        "又从",
        "",
    ),
    ("overview", 2021, "1.甲事已办。\n2.乙事已办。\n1.丙事已办。", Heading, "1.", "又从", ""),
    (
        "overview",
        2021,
        "一是人手少。\n1.栏目旧。\n1.解读少。",
        Heading,
        "1.",
        "重复",
        "一是人手少。\n1.栏目旧。\n2.解读少。",
    ),
    // Pairs.
    ("overview", 2021, "公开文件［其中规章1件。", Pairs, "［", "］", ""),
    ("overview", 2021, "编印【2021年要点。", Pairs, "【", "】", ""),
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
    ("overview", 2021, "上年转结1件。", Words, "转结", "应为“结转”", "上年结转1件。"),
    ("overview", 2022, "上年轉結1件。", Words, "轉結", "应为“結轉”", "上年結轉1件。"),
    // Dates.
    (
        "overview",
        2021,
        "工作平稳，2012年我局共公开信息25条。",
        Date,
        "2012年",
        "本报告年度是2021年",
        "工作平稳，2021年我局共公开信息25条。",
    ),
    (
        "overview",
        2021,
        "截至2012年12月31日，网站公开信息25条。",
        Date,
        "2012年",
        "本报告年度是2021年",
        "截至2021年12月31日，网站公开信息25条。",
    ),
    (
        "overview",
        2021,
        "截至2031年底，网站公开信息25条。",
        Date,
        "2031年",
        "本报告年度",
        "截至2021年底，网站公开信息25条。",
    ),
    ("overview", 2025, "统计期限自20251月1日起。", Date, "20251月", "缺“年”", "统计期限自2025年1月1日起。"),
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
    (
        "overview",
        2020,
        "一、工作基本情况\n正文。",
        Sections,
        "工作基本情况",
        "格式的标题“总体情况”",
        "一、总体情况\n正文。",
    ),
    (
        "requests",
        2022,
        "三、主动公开政府信息情况\n正文。",
        Sections,
        "三、主动公开政府信息情况",
        "格式为“二、主动公开政府信息情况”",
        "",
    ),
    (
        "overview",
        2023,
        "年度报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在问题及改进情况、其他需要报告的事项等六部分组成。",
        Sections,
        "存在问题及改进情况",
        "格式的标题",
        "年度报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项等六部分组成。",
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
fn every_kind_that_can_be_mended_is_mended_on_one_key() {
    for topic in [Heading, Pairs, Document, Punctuation, Words, Date, Sections, Hidden] {
        let mended = FAULTS.iter().filter(|fault| fault.3 == topic && !fault.6.is_empty()).count();
        assert!(mended >= 2, "{topic:?}");
    }
}

#[test]
fn the_number_of_the_own_section_is_mended() {
    let text = "四、收到和处理政府信息公开申请情况\n表外没有说明。";
    let remarks = lint(&setting(form("2021"), "requests", 2024, ""), text);
    let found = remarks.iter().find(|remark| remark.topic == Sections).unwrap();
    let mended = apply(text, found.fix.as_ref().unwrap());
    assert_eq!(mended, "三、收到和处理政府信息公开申请情况\n表外没有说明。");
    assert_eq!(lint(&setting(form("2021"), "requests", 2024, ""), &mended), []);
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
