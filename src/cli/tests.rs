use std::collections::HashSet;

use super::*;
use crate::exchange::Format;
use crate::form::Catalogue;

/// Runs a command line and gives what it printed and the message of its error.
fn told(args: &[&str]) -> (String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("gouji").chain(args.iter().copied()).map(OsString::from);
    let outcome = run(args, &mut out, &mut err);
    let error = outcome.err().map_or(String::new(), |error| error.to_string());
    (String::from_utf8(out).unwrap(), error)
}

/// The words of at least three ASCII letters.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= 3).collect()
}

fn names(command: &clap::Command, known: &mut HashSet<String>) {
    let mut add = |name: &str| known.extend(words(name).into_iter().map(str::to_owned));
    add(command.get_name());
    for arg in command.get_arguments() {
        add(arg.get_long().unwrap_or_default());
        arg.get_possible_values().iter().for_each(|value| add(value.get_name()));
    }
    command.get_subcommands().for_each(|inner| names(inner, known));
}

/// Names of the program, of its options, of other programs, and the paths of the forms: all the English that there
/// may be.
fn known() -> HashSet<String> {
    let mut known: HashSet<String> = ["Word", "Excel", "PDF"].map(str::to_owned).into();
    known.extend(Format::ALL.map(|format| format.extension().to_owned()));
    names(&usage::command(), &mut known);
    for form in Catalogue::default().all().unwrap() {
        for place in common::places(&form) {
            known.extend(words(&form.path(place)).into_iter().map(str::to_owned));
        }
    }
    known
}

fn all_commands(command: &clap::Command, path: &[String], found: &mut Vec<Vec<String>>) {
    found.push(path.to_vec());
    for inner in command.get_subcommands() {
        all_commands(inner, &[path, &[inner.get_name().to_owned()]].concat(), found);
    }
}

#[test]
fn the_help_of_every_command_is_chinese() {
    let known = known();
    let mut commands = Vec::new();
    all_commands(&usage::command(), &[], &mut commands);
    assert_eq!(commands.len(), 13);
    for command in commands {
        for flag in ["--help", "-h"] {
            let args: Vec<&str> = command.iter().map(String::as_str).chain([flag]).collect();
            let (help, error) = told(&args);
            assert_eq!(error, "");
            for part in ["用法：gouji", "选项：", "显示帮助"] {
                assert!(help.contains(part), "{args:?}: {help}");
            }
            let foreign: Vec<_> = words(&help).into_iter().filter(|word| !known.contains(*word)).collect();
            assert!(foreign.is_empty(), "{args:?}: {foreign:?}\n{help}");
        }
    }
}

#[test]
fn every_misuse_is_explained_in_chinese() {
    let known = known();
    for (args, expected) in [
        (&["form", "chekc"][..], "没有“chekc”这个命令。是否为“check”？"),
        (&["form"], "缺少命令"),
        (&["check"], "缺少 <文件>..."),
        (&["check", "甲", "--fromat", "json"], "没有“--fromat”这个选项。是否为“--format”？"),
        (&["check", "甲", "--format", "xml"], "“--format <样式>”不能是“xml”，可以是 text、json"),
        (&["check", "甲", "--format"], "“--format <样式>”后面缺少内容"),
        (
            &["check", "甲", "--format", "text", "--format", "text"],
            "“--format <样式>”写了两次，或不能写在这里",
        ),
        (&["new", "--unit", "甲", "--year", "20", "-o", "乙"], "“--year <年度>”不能是“20”：年份要写四位数字"),
        (&["new", "--unit", "甲"], "缺少 --year <年度>、--output <文件>"),
        (&["restore", "甲", "0"], "“<序号>”不能是“0”：序号要写从 1 起的数字"),
        (&["甲", "乙"], "写了“[草稿]”之后不能再写别的命令或参数"),
        (&["form", "list", "乙"], "多了一个参数“乙”"),
        (&["--raw"], "没有“--raw”这个选项"),
        (&["get", "甲", "--raw"], "--raw 要求正好写一个路径，现有 0 个"),
        (&["new", "--unit", " ", "--year", "2024", "-o", "乙"], "单位名称不能为空"),
        (&["form", "show", "2018"], "没有名为“2018”的表式（现有 2019、2021），也没有这个文件"),
    ] {
        let (out, error) = told(args);
        assert!(error.starts_with(expected), "{args:?}: {error}");
        assert_eq!(out, "");
        let own: Vec<&str> = args.iter().flat_map(|arg| words(arg)).collect();
        let foreign = words(&error).into_iter().find(|word| !known.contains(*word) && !own.contains(word));
        assert_eq!(foreign, None, "{error}");
    }
    assert!(told(&["form", "check"]).1.contains("用法请运行 gouji form check --help 查看"));
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    struct Gone(io::ErrorKind);
    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let args = || ["gouji", "form", "list"].map(OsString::from);
    let outcome = run(args(), &mut Gone(io::ErrorKind::BrokenPipe), &mut Vec::new());
    assert_eq!(outcome.unwrap(), ExitCode::SUCCESS);
    let error = run(args(), &mut Gone(io::ErrorKind::StorageFull), &mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "写出结果失败：磁盘空间不足");
}

#[test]
fn escapes_are_taken_back() {
    for value in ["", "甲\n乙", "C:\\new\\table", "\\", "\\\\n", "\r\n\t", "末\n"] {
        assert_eq!(common::unescaped(&common::escaped(value)), value);
    }
    assert_eq!(common::escaped("甲\u{1b}[31m"), "甲<U+001B>[31m");
    assert_eq!(common::unescaped("甲\\x\\"), "甲\\x\\");
}

#[test]
fn the_version_is_told() {
    assert_eq!(told(&["--version"]), (format!("gouji {}\n", env!("CARGO_PKG_VERSION")), String::new()));
}
