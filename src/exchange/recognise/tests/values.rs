//! Whole reports in one file of values.

use super::*;
use crate::exchange::{Limits, csv};

const REPORT: &str = "某县人民政府2022年政府信息公开工作年度报告,,,
,,,
一、总体情况,,,
（一）主动公开,,,
\"全年公开12,264条，都在网站上。\",,,
二、主动公开政府信息情况,,,
第二十条第（一）项,,,
信息内容,本年制发件数,本年废止件数,现行有效件数
规章,3,,74
行政规范性文件,1,2,\"1,003\"
第二十条第（五）项,,,
信息内容,本年处理决定数量,,
行政许可,9,,
五、存在的主要问题及改进情况,,,
人手不足。,,,
某县人民政府,,,
2023年1月20日,,,
";

#[test]
fn headings_and_prose_between_tables_go_to_their_sections() {
    let national = encoding_rs::GB18030.encode(REPORT).0.into_owned();
    let tabs =
        REPORT.replace("12,264", "12 264").replace("1,003", "1 003").replace(',', "\t").replace(' ', ",");
    for bytes in [REPORT.as_bytes(), &national, tabs.as_bytes()] {
        let document = csv::read(bytes, &Limits::default()).unwrap();
        let import = import(&document);
        let text = |section: usize| import.report.text(import.form.sections[section].text.unwrap());
        assert_eq!(text(0), "（一）主动公开\n全年公开12,264条，都在网站上。");
        assert_eq!((text(1), text(4)), ("", "人手不足。"));
        assert_eq!(figures(&import, "disclosure.regulation"), "3 _ 74");
        assert_eq!(figures(&import, "disclosure.normative"), "1 2 1003");
        assert_eq!(figures(&import, "disclosure.licence"), "9");
        let fact = |name: &str| import.report.fact(import.form.fact(name).unwrap().id);
        assert_eq!((fact("unit"), fact("year"), fact("signed")), ("某县人民政府", "2022", "2023-01-20"));
        assert_eq!(messages(&import, NoteKind::LeftOver), "");
        assert_eq!(vanished(&document, &import), Vec::<String>::new());
    }
}
