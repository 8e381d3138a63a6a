//! The name of the unit in a text and on the cover.

use super::*;

/// The unit of the cover, a text, the name that is marked, and the text after the fix.
const UNITS: &[(&str, &str, &str, &str)] = &[
    (
        "甲县人民政府办公室",
        "甲县人民政府2024年政府信息公开工作年度报告\n正文。",
        "甲县人民政府",
        "甲县人民政府办公室2024年政府信息公开工作年度报告\n正文。",
    ),
    (
        "甲县人民政府",
        "甲县人民政府办公室 2024 年度政府信息公开工作年度报告",
        "甲县人民政府办公室",
        "甲县人民政府 2024 年度政府信息公开工作年度报告",
    ),
    (
        "甲市乙区人民政府",
        "根据规定，现公布乙区政府办公厅2024年政府信息公开工作年度报告。",
        "乙区政府办公厅",
        "根据规定，现公布甲市乙区人民政府2024年政府信息公开工作年度报告。",
    ),
    (
        "甲县人民政府",
        "根据规定，现公布甲县政府办公室2024年政府信息公开工作年度报告。",
        "甲县政府办公室",
        "根据规定，现公布甲县人民政府2024年政府信息公开工作年度报告。",
    ),
    (
        "甲县人民政府办公室",
        "本报告由甲县人民政府根据有关规定编制。",
        "甲县人民政府",
        "本报告由甲县人民政府办公室根据有关规定编制。",
    ),
    (
        "甲县人民政府办公室",
        "特此报告。\n\u{3000}\u{3000}甲县人民政府",
        "甲县人民政府",
        "特此报告。\n\u{3000}\u{3000}甲县人民政府办公室",
    ),
    (
        "沭阳县统计局",
        "沐阳县统计局2024年政府信息公开工作年度报告",
        "沐阳县统计局",
        "沭阳县统计局2024年政府信息公开工作年度报告",
    ),
    // Nothing is to be said of these.
    ("甲市乙区人民政府", "乙区人民政府2024年政府信息公开工作年度报告", "", ""),
    ("甲市人民政府办公厅", "2024年甲市人民政府办公厅政府信息公开工作年度报告", "", ""),
    ("甲县人民政府", "本报告由甲县人民政府办公室编制，请与甲县人民政府办公室联系。", "", ""),
    ("甲县人民政府", "特此报告。\n甲县人民政府办公室", "", ""),
    (
        "甲县人民政府办公室",
        "甲县人民政府办公室代表甲县人民政府受理申请9件，甲县人民政府制发文件3件。",
        "",
        "",
    ),
    ("甲县人民政府办公室", "本报告由甲县人民政府政务公开办公室编制。", "", ""),
    ("甲县人民政府办公室", "按时公布甲县人民政府2023年政府信息公开工作年度报告。", "", ""),
    (
        "甲县人民政府办公室",
        "汇总编制各部门政府信息公开工作年度报告，现将2024年政府信息公开工作年度报告公布。",
        "",
        "",
    ),
    ("甲县教育局", "县教育局2024年政府信息公开工作年度报告", "", ""),
    ("甲县教育局", "甲县人民政府\n甲县财政局\n全县教育部门", "", ""),
    ("", "甲县人民政府2024年政府信息公开工作年度报告", "", ""),
];

#[test]
fn the_unit_has_to_be_that_of_the_cover() {
    let form = form("2021");
    for (unit, text, name, mended) in UNITS {
        let remarks = lint(&setting(form, "overview", 2024, unit), text);
        if name.is_empty() {
            assert!(remarks.is_empty(), "{unit} {text}: {remarks:#?}");
            continue;
        }
        let [remark] = remarks.as_slice() else { panic!("{unit} {text}: {remarks:#?}") };
        assert_eq!((remark.topic, &text[remark.range.clone()]), (Topic::Unit, *name), "{text}");
        assert!(remark.message.contains(unit) && remark.message.contains(name), "{}", remark.message);
        assert_eq!(&apply(text, remark.fix.as_ref().unwrap()), mended);
        assert!(lint(&setting(form, "overview", 2024, unit), mended).is_empty(), "{mended}");
    }
}
