//! Sentences that stood in last year's report.

use super::*;

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
