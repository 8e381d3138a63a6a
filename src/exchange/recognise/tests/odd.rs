//! What stands where figures do and can not be read as one.

use super::*;

#[test]
fn figures_with_units_may_be_one_blank_apart() {
    let lines = "二、主动公开政府信息情况\n规章 1件 2件 3件\n行政规范性文件 4件 5件 6件\n行政许可 1.2万件\n\
        三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 1人 2件 3件 4件 5件 6件 7件";
    let import = import(&text(lines));
    assert_eq!(figures(&import, "disclosure.regulation"), "1 2 3");
    assert_eq!(figures(&import, "disclosure.normative"), "4 5 6");
    assert_eq!(figures(&import, "disclosure.licence"), "12000");
    assert_eq!(figures(&import, "requests.received"), "1 2 3 4 5 6 7");
    let doubts = messages(&import, NoteKind::Doubtful);
    assert!(doubts.contains("“1.2万件”由万件换算为件，填为12000"), "{doubts}");
    assert!(doubts.contains("“1人”的单位与表式不同"), "{doubts}");
    let texts = (0..import.form.texts.len()).map(|at| import.report.text(crate::model::TextId::new(at)));
    assert_eq!(texts.collect::<String>(), "");
}
