use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only the reading of it is tested")]
struct Draft {
    id: String,
    #[serde(default)]
    n: u8,
    #[serde(default)]
    done: bool,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    list: Vec<u8>,
    #[serde(default)]
    cells: BTreeMap<String, u8>,
    #[serde(default)]
    rule: Option<Rule>,
    #[serde(default)]
    pair: (u8, u8),
    #[serde(default)]
    mark: Option<char>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only the reading of it is tested")]
enum Rule {
    Sum(u8),
    Count { of: u8 },
}

fn explain(text: &str) -> Explanation {
    let error = ron::from_str::<Draft>(text).expect_err(text);
    Explanation::new(text, &error)
}

/// What is marked, what is said, what is advised.
#[track_caller]
fn check(text: &str, marked: &str, message: &str, hint: &str) {
    let found = explain(text);
    let given =
        (&text[found.span.clone()], found.message.as_str(), found.hint.as_deref().unwrap_or_default());
    assert_eq!(given, (marked, message, hint), "{text}");
}

#[test]
fn chinese_punctuation() {
    let advice = |wrong: &str, right: &str| format!("请把全角或中文的“{wrong}”改成半角的 {right}");
    check("(id: “甲”)", "“", "这里应当是文字", &advice("“", "\""));
    check("(id：\"甲\")", "：", "这里缺少冒号", &advice("：", ":"));
    check("(id: \"甲\"，n: 1)", "，", "这里缺少逗号", &advice("，", ","));
    check("(id: \"甲\"、n: 1)", "、", "这里缺少逗号", &advice("、", ","));
    check("（id: \"甲\")", "（", "这里应当是“Draft( … )”", &advice("（", "("));
    check("(id: \"甲\"）", "）", "这里缺少逗号", &advice("）", ")"));
    check("(id: \"甲\", list: 【1])", "【", "这里应当是用 [ ] 括起来的一列内容", &advice("【", "["));
    check("(id: \"甲\", list: [1，2])", "，", "这里缺少逗号", &advice("，", ","));
    check("(id: \"甲\", n: １２)", "１２", "这里应当是整数", &advice("１", "1"));
    check(
        "(id: \"甲”, n: 1)",
        "\"",
        "从这里开始的文字没有结束的引号",
        "文字要以英文双引号 \" 结束，后面的中文引号不能代替它",
    );
    check(
        "(id: \"甲”,\n note: Some(\"乙\"))",
        "乙",
        "这里缺少逗号",
        "第 1 行第 8 列的中文引号“””是否应为英文双引号 \" ？",
    );
}

#[test]
fn commas_colons_and_ends() {
    check("(id: \"甲\" n: 1)", "n", "这里缺少逗号", "两项之间要用英文逗号 , 隔开");
    check("(id: \"甲\", n: 3.5)", ".", "这里缺少逗号", "整数不能带小数点；两项之间要用英文逗号 , 隔开");
    check("(id = \"甲\")", "=", "这里缺少冒号", "请把 = 改成英文冒号 :");
    check("(id: \"甲\", cells: {\"a\" 1})", "1", "这里缺少冒号", "名称和内容之间要用英文冒号 : 隔开");
    check("(id: \"甲", "\"", "从这里开始的文字没有结束的引号", "请在文字末尾补上英文双引号 \"");
    check("(id: r#\"甲\")", "r#\"", "从这里开始的文字没有结束的引号", "请在文字末尾补上英文双引号 \"");
    check("(id: \"甲\") x", "x", "文件在此之前已经完整，后面还有多余的内容", "最外层的括号之后不应再有内容");
    check("/* 甲 \n", "/*", "从这里开始的注释没有结束", "请在注释末尾补上 */");
    check(" // 空\n", "", "文件是空的", "");
}

#[test]
fn brackets_without_partner() {
    check(
        "(\n id: \"甲\",\n list: [1, 2,\n",
        "[",
        "括号“[”没有配对，一直到文件结尾都没有“]”",
        "请在这一组内容的末尾补上“]”",
    );
    check(
        "(id: \"甲\", n: 1",
        "(",
        "括号“(”没有配对，一直到文件结尾都没有“)”",
        "请在这一组内容的末尾补上“)”",
    );
    check("(\n list: [1, 2)", ")", "第 2 行的括号“[”应当用“]”配对，这里却是“)”", "请检查这之前是否漏写了“]”");
    check("(id: \"甲\"))", ")", "多了一个“)”，前面没有与它配对的括号", "请删去它，或者检查前面的括号");
    let deep = "[".repeat(500);
    let error = ron::from_str::<ron::Value>(&deep).unwrap_err();
    let explanation = Explanation::new(&deep, &error);
    assert_eq!(explanation.message, "括号嵌套过深");
    assert_eq!(explanation.hint.as_deref(), Some("请减少括号的层数"));
}

#[test]
fn names() {
    check("(id: \"甲\", nots: None)", "nots", "没有名为“nots”的项目", "是否为“note”？");
    check(
        "(id: \"甲\", 总计: 1)",
        "总计",
        "没有名为“总计”的项目",
        "可以用的有“id”、“n”、“done”、“note”、“list”、“cells”、“rule”、“pair”、“mark”",
    );
    check("(id: \"甲\", rule: Some(Summ(1)))", "Summ", "没有名为“Summ”的选项", "是否为“Sum”？");
    check("(\n n: 1,\n)", "(\n n: 1,\n)", "缺少项目“id”", "请在这对括号里补上它");
    check("(id: \"甲\", id: \"乙\")", "id", "项目“id”写了两次", "请删去其中一处");
    check("(a.b: 1)", "a", "名称“a.b”里有特殊符号，要写成“r#a.b”", "");
    check("(1: 2)", "1", "这里应当是一个名称，却是“1”", "");
    check("X(id: \"甲\")", "X", "这里应当是“Draft”，却写了“X”", "");
}

#[test]
fn values() {
    check("(id: \"甲\", n: 300)", "300", "整数超出了允许的范围", "请检查是否多写了数位，或不应有负号");
    check("(id: \"甲\", n: \"3\")", "\"", "这里应当是整数", "数字不加引号");
    check("(id: \"甲\", n: 三)", "三", "这里应当是整数", "这里只写数字，不写单位、逗号和文字");
    check("(id: \"甲\", done: yes)", "yes", "这里应当是 true 或 false", "只能写 true（是）或 false（否）");
    check("(id: 甲)", "甲", "这里应当是文字", "文字要放在英文双引号 \" 里");
    check(
        "(id: \"甲\", note: \"乙\")",
        "\"",
        "这里应当是 Some(内容) 或 None",
        "有内容时写成 Some(内容)，没有时写 None",
    );
    check("(id: \"甲\", pair: (1))", ")", "这里应当是一组（2 项），却有 1 项", "");
    check("(id: \"\\q\")", "\\q", "反斜杠后面的写法不对", "反斜杠 \\ 有特殊含义；要写反斜杠本身，请写两个");
    check("(id: \"甲\", n: 0b12)", "2", "2 进制的整数里不能有“2”", "");
}

#[test]
fn types_of_serde_are_named_in_chinese() {
    let error = |code| SpannedError {
        code,
        span: ron::error::Span {
            start: ron::error::Position { line: 1, col: 1 },
            end: ron::error::Position { line: 1, col: 1 },
        },
    };
    for (expected, found, sentence) in [
        ("i64", "the string \"甲\"", "这里应当是整数，却是文字 \"甲\""),
        ("a string", "the unsigned integer `3`", "这里应当是文字，却是整数 3"),
        ("struct Draft", "a unit value", "这里应当是“Draft”，却是()"),
        ("0 到 9 的数字", "a map", "这里应当是0 到 9 的数字，却是带名称的内容"),
        ("something else", "whatever", "这里应当是别的内容，却是别的内容"),
    ] {
        let code = Error::InvalidValueForType { expected: expected.to_owned(), found: found.to_owned() };
        assert_eq!(Explanation::new("1", &error(code)).message, sentence);
    }
    let ours = Explanation::new("1", &error(Error::Message("行的编号重复".to_owned())));
    assert_eq!(ours.message, "行的编号重复");
    let foreign = Explanation::new("1", &error(Error::Message("data did not match".to_owned())));
    assert_eq!(foreign.message, "这里的内容不合要求");
}

/// English words in the messages are those of RON itself, and what the file contains.
fn assert_chinese(text: &str, sentence: &str) {
    let known = ["true", "false", "Some", "None", "Draft", "Sum", "Count", "r"];
    let names = ["id", "n", "done", "note", "list", "cells", "rule", "pair", "mark", "of"];
    for word in sentence.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
        assert!(
            known.contains(&word) || names.contains(&word) || text.contains(word),
            "{word:?} in {sentence}"
        );
    }
}

proptest! {
    #[test]
    fn any_damage_is_explained_in_chinese(at in 0..150_usize, cut in 0..4_usize, insert in "[(){}\\[\\]\"'“，：１a#/*\\\\ \n,:.-]{0,3}") {
        let whole = "Draft(\n    id: \"甲\\n乙\", n: 12, done: true, note: Some(\"丙\"), /* 注 */\n    list: [1, 2, 3],\n    \
                     cells: { \"a\": 1, \"b\": 2 }, rule: Some(Count(of: 3)), pair: (1, 2), mark: Some('x'),\n)\n";
        let chars: Vec<char> = whole.chars().collect();
        let at = at.min(chars.len());
        let rest = chars.iter().skip(at + cut);
        let text: String = chars.iter().take(at).chain(&insert.chars().collect::<Vec<_>>()).chain(rest).collect();
        if let Err(error) = ron::from_str::<Draft>(&text) {
            let found = Explanation::new(&text, &error);
            prop_assert!(text.get(found.span.clone()).is_some(), "{:?} in {}", found, text);
            assert_chinese(&text, &found.message);
            assert_chinese(&text, found.hint.as_deref().unwrap_or_default());
            let block = found.render(&Source { name: "甲.ron".to_owned(), text: &text });
            prop_assert!(block.starts_with("甲.ron 第 "));
        }
    }
}
