//! Prose and tables held against each other, in the whole program.

use gouji::check::{Issue, Noted};
use gouji::session::Session;

use crate::cli::Desk;
use crate::support::play::Play;

const YIYUAN: &str = "sample-data/yiyuan-2020.ron";

/// The pieces of the text of a section that there is something to say about, with the code.
fn marked(session: &Session, section: &str) -> Vec<(String, String)> {
    let form = session.form();
    let text = form.text_of(section).unwrap();
    let written = session.report().text(text);
    let noted = session.evaluation().remarks().iter().filter(|noted| noted.text == text);
    noted
        .map(|noted| (noted.remark.topic.code().to_owned(), written[noted.remark.range.clone()].to_owned()))
        .collect()
}

fn codes(session: &Session) -> Vec<String> {
    session
        .evaluation()
        .issues_in_order(session.form())
        .into_iter()
        .map(|issue| issue.code(session.form()).to_owned())
        .collect()
}

/// The sample with the caret behind the 99 of 新收…申请99件 in section 一.
fn behind_the_99(width: u16, height: u16) -> Play {
    let mut play = Play::open(YIYUAN, width, height);
    assert_eq!(codes(play.session()), Vec::<String>::new(), "the sample agrees with itself");
    play.keys("<alt-1><ctrl-f>").paste("政府信息公开申请99").keys("<enter><esc>");
    play
}

#[test]
fn a_figure_changed_in_the_prose_is_told_at_that_key_and_mended_on_one() {
    let mut play = behind_the_99(80, 24);
    play.keys("<backspace>");
    assert!(marked(play.session(), "overview").iter().any(|(code, _)| code == "P-CLAIM"), "申请9件");
    play.keys("8");
    let (code, piece) = marked(play.session(), "overview").first().cloned().unwrap();
    assert_eq!(code, "P-CLAIM");
    assert!(piece.contains("98件"), "{piece}");
    assert!(play.shows("[一总体 疑1]"), "{}", play.screen());
    assert!(play.shows("98 件") && play.shows("F4改为 99"), "{}", play.screen());
    play.keys("<f4>");
    assert_eq!(codes(play.session()), Vec::<String>::new());
    assert!(
        play.session().report().text(play.session().form().text_of("overview").unwrap()).contains("申请99件")
    );
    play.keys("<ctrl-z>");
    assert!(!codes(play.session()).is_empty(), "mending is one step");
}

#[test]
fn a_figure_that_agrees_tells_what_it_was_held_against() {
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let mut play = behind_the_99(width, height);
        let below = |play: &Play| play.lines()[usize::from(height) - 2].trim_end().to_owned();
        assert!(below(&play).starts_with(" = 相符：一、本年新收 99"), "{}", play.screen());
        play.keys("<backspace>8");
        assert!(play.shows(" ? 文中 98 件") && !play.shows("相符"), "{}", play.screen());
        play.keys("<ctrl-home>");
        assert_eq!(below(&play), "", "no figure, nothing to tell: {}", play.screen());
    }
}

#[test]
fn the_cell_changed_to_the_figure_of_the_prose_clears_it_and_raises_the_balance() {
    let mut play = behind_the_99(80, 24);
    play.keys("<backspace>8<alt-3>98<enter>");
    assert_eq!(marked(play.session(), "overview"), [], "the narrative agrees with the cell");
    let codes = codes(play.session());
    assert!(codes.iter().any(|code| code == "T3-A"), "{codes:?}");
    // The other place that names the figure says 99 still.
    assert!(marked(play.session(), "requests").iter().any(|(code, _)| code == "P-CLAIM"));
}

#[test]
fn a_live_figure_follows_its_cell() {
    let mut play = behind_the_99(120, 40);
    play.keys("<backspace><backspace>").paste("{{requests.received.total}}");
    assert_eq!(codes(play.session()), Vec::<String>::new(), "{}", play.screen());
    assert!(play.shows("申请{99}件"), "{}", play.screen());
    play.keys("<alt-3>98<enter><alt-1>");
    assert!(play.shows("申请{98}件"), "{}", play.screen());
    assert_eq!(marked(play.session(), "overview"), [], "what follows the cell can not differ from it");
    play.keys("<ctrl-s>");
    assert!(play.saved_text().contains("申请{{requests.received.total}}件"), "saved as it is written");
}

#[test]
fn an_unknown_live_figure_must_be_mended_and_f3_goes_to_it() {
    let mut play = behind_the_99(80, 24);
    play.keys("<backspace><backspace>").paste("{{requests.receive.total}}").keys("<alt-0><f3>");
    assert_eq!(marked(play.session(), "overview")[0].1, "{{requests.receive.total}}");
    assert!(play.shows("[一总体 错1"), "{}", play.screen());
    assert_eq!(play.place(), "text.overview");
    play.keys("<f4>");
    assert_eq!(marked(play.session(), "overview"), [], "the nearest path was meant\n{}", play.screen());
}

#[test]
fn f3_visits_every_issue_once_and_comes_back() {
    let mut play = Play::open(YIYUAN, 80, 24);
    play.keys("<alt-5>").paste("今年,网站改版。。").keys("<alt-3>98<enter><alt-0>");
    let issues = play.session().evaluation().issues_in_order(play.session().form());
    let mut spots: Vec<_> = issues.into_iter().map(Issue::spot).collect();
    spots.dedup();
    assert!(spots.len() >= 4, "{spots:?}");
    for spot in spots.iter().chain(&spots[..1]).copied().collect::<Vec<_>>() {
        play.keys("<f3>");
        assert_eq!(play.app.workbench().unwrap().spot(), Some(spot));
    }
}

#[test]
fn remarks_are_listed_and_mended_from_the_list() {
    let mut play = behind_the_99(80, 24);
    play.keys("<backspace>8<alt-7>");
    insta::assert_snapshot!("prose-findings-80x24", play.screen());
    play.keys("<f4>");
    assert!(play.shows("没有发现问题"), "{}", play.screen());
}

#[test]
fn remarks_are_marked_in_the_text() {
    let mut play = behind_the_99(120, 40);
    play.keys("<backspace>8");
    insta::assert_snapshot!("prose-marked-120x40", play.screen());
}

/// The sample with other prose in its first section, the caret at its start.
fn with_text(text: &str, width: u16, height: u16) -> Play {
    let mut play = Play::open(YIYUAN, width, height);
    play.keys("<alt-1><ctrl-a><delete>").paste(text).keys("<ctrl-home>");
    play
}

/// A text with every sort of mistake that is told of.
const MISTAKEN: &str = "（一）概况\n本报告共分七个部分，依据国办公开办函[2019]60号编写，统计期限为2019年1月1日至2019年12月31日。\n\
    （三）依申请公开\n全年新收政府信息公开申请98件，其中予以公开82件，占33.9%；全部办结，结转下年度继续办理3件。\n\
    全年新收政府信息公开申请一百零一件，其中自然人申请90件、商业企业申请20件，法人申请5件。\n\
    2020年13月40日，我局的的“网站，改版。。完成（公开目录\u{200b}, 详见{{requests.recieved.total}}。\n\
    对外公开的规范性文件总数为151件，收取信息处理费3万元。收到行政复议5件，行政诉讼没有发生7件。";

#[test]
fn every_remark_can_be_read_whole_in_a_narrow_window() {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for (width, height) in [(80, 24), (120, 40)] {
        let mut play = with_text(MISTAKEN, width, height);
        let written = play.value("text.overview");
        let remarks = play.session().evaluation().remarks().to_vec();
        let topics: std::collections::BTreeSet<_> = remarks.iter().map(|noted| noted.remark.topic).collect();
        assert!(topics.len() >= 10, "{topics:?}");
        let (mut seen, mut last) = (0, None);
        loop {
            play.keys("<f3>");
            let spot = play.app.workbench().unwrap().spot().unwrap();
            if last.is_some_and(|last| spot <= last) || !play.shows("[一总体") {
                break;
            }
            last = Some(spot);
            let lines = play.lines();
            let below = bare(&lines[usize::from(height) - 3..usize::from(height) - 1].concat());
            let here = |noted: &&Noted| noted.remark.range.start == spot.at;
            let told = remarks.iter().filter(here).any(|Noted { remark, .. }| {
                let quoted = bare(&format!("“{}”", written[remark.range.clone()].trim()));
                let message = bare(&gouji::model::visible(&remark.message));
                let short = match message.split_once(&quoted) {
                    Some((_, reason)) if reason.starts_with('：') => {
                        reason.trim_start_matches('：').to_owned()
                    }
                    _ => message.replace(&format!("：{quoted}读作"), "，读作"),
                };
                let key = remark.fix.as_ref().map_or(String::new(), |fix| bare(&format!("F4{}", fix.name)));
                below.contains(&key) && below.replace(&key, "").contains(&short)
            });
            assert!(told, "{}", play.screen());
            seen += 1;
        }
        assert!(seen >= 10, "{seen}");
    }
}

#[test]
fn a_long_remark_takes_the_line_of_the_status_too() {
    let mut play = with_text(MISTAKEN, 80, 24);
    play.keys("<ctrl-f>").paste("占33.9").keys("<enter>");
    insta::assert_snapshot!("prose-remark-80x24", play.screen());
    play.keys("<ctrl-end>");
    assert!(play.shows(" 字（约 1,000 字以内）"), "the status is back: {}", play.screen());
}

#[test]
fn what_is_marked_can_be_told_apart_without_colours() {
    let text = "全年新收政府信息公开申请98件，其中予以公开{{requests.granted.total}}件，1982年82件。";
    let mut play = with_text(text, 80, 24);
    play.keys("<end><shift-left><shift-left>");
    insta::assert_snapshot!("prose-mono-selection-80x24", play.mono_screen());
    play.keys("<ctrl-home><ctrl-f>82");
    insta::assert_snapshot!("prose-mono-search-80x24", play.mono_screen());
}

#[test]
fn commands_tell_where_in_the_text_it_is() {
    let desk = Desk::with_draft("2020");
    let sample =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(YIYUAN)).unwrap();
    desk.write("甲.ron", sample.replace("政府信息公开申请99件", "政府信息公开申请98件").as_bytes());
    let told = desk.run(&["check", "甲.ron"]);
    assert_eq!(told.code, 0, "prose is never certain enough to fail a report: {}", told.out);
    assert!(told.out.contains("【核实】P-CLAIM 第 7 段第"), "{}", told.out);
    let json: serde_json::Value =
        serde_json::from_str(&desk.run(&["check", "--format", "json", "甲.ron"]).out).unwrap();
    let finding = &json[0]["findings"][0];
    assert_eq!((&finding["rule"], &finding["section"]), (&"P-CLAIM".into(), &"overview".into()));
    let (line, column, length) = (&finding["line"], &finding["column"], &finding["length"]);
    let at = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let paragraph =
        sample.lines().filter(|line| line.starts_with("            \"")).nth(at(line) - 1).unwrap();
    let piece: String =
        paragraph.trim().trim_matches('"').chars().skip(at(column) - 1).take(at(length)).collect();
    assert!(piece.contains("申请99件"), "{piece}");
}

#[test]
fn growth_is_held_against_last_years_draft_beside_it() {
    let desk = Desk::with_draft("2024");
    let this = [
        "requests.received.natural=110",
        "requests.carried_in.natural=0",
        "overview=2024年收到政府信息公开申请110件，比上年增长20%。",
    ];
    let mut args = vec!["set", "甲.ron"];
    args.extend(this);
    let set = desk.run(&args);
    assert_eq!(set.code, 0, "{}{}", set.out, set.err);
    desk.run(&["new", "--unit", "某县人民政府", "--year", "2023", "-o", "去年.ron"]);
    desk.run(&["set", "去年.ron", "requests.received.natural=100", "requests.carried_in.natural=0"]);
    let without = desk.run(&["check", "甲.ron"]);
    assert!(!without.out.contains("P-GROWTH"), "{}", without.out);
    let half = desk.run(&["check", "甲.ron", "--last-year", "去年.ron"]);
    assert!(!half.out.contains("P-GROWTH"), "last year's rows have blanks: {}", half.out);
    for row in ["received", "carried_in"] {
        let zero = |column| format!("requests.{row}.{column}=0");
        let zeros = ["business", "research", "welfare", "legal", "other_org"].map(zero);
        let set = desk.run(&[&["set", "去年.ron"], &zeros.each_ref().map(String::as_str)[..]].concat());
        assert_eq!(set.code, 0, "{}{}", set.out, set.err);
    }
    let with = desk.run(&["check", "甲.ron", "--last-year", "去年.ron"]);
    assert!(with.out.contains("P-GROWTH") && with.out.contains("10"), "{}", with.out);
}

#[test]
fn a_total_with_blank_parts_is_not_held_against_prose() {
    let desk = Desk::with_draft("2024");
    let set = |figures: &[&str]| {
        let set = desk.run(&[&["set", "甲.ron"], figures].concat());
        assert_eq!(set.code, 0, "{}{}", set.out, set.err);
        desk.run(&["check", "甲.ron"]).out
    };
    let half = set(&["overview=本年新收政府信息公开申请99件。", "requests.received.natural=90"]);
    assert!(!half.contains("P-CLAIM"), "five of its six parts are blank: {half}");
    let row = ["business", "research", "welfare", "legal", "other_org"];
    let zeros: Vec<String> = row.iter().map(|column| format!("requests.received.{column}=0")).collect();
    let filled = set(&zeros.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(filled.contains("P-CLAIM") && filled.contains("相差 9"), "{filled}");
}

#[test]
fn a_section_silent_on_fees_is_told_with_its_reason() {
    let desk = Desk::with_draft("2024");
    let with = |text: &str| {
        let set = desk.run(&["set", "甲.ron", "requests.other_unpaid.natural=2", &format!("other={text}")]);
        assert_eq!(set.code, 0, "{}{}", set.out, set.err);
        desk.run(&["check", "甲.ron"]).out
    };
    let silent = with("无其他需要报告的事项。");
    let told = "表中（六）其他处理2.逾期未缴费为 2，说明发出过收费通知，而本部分没有提到信息处理费。";
    assert!(silent.contains("【核实】P-MISSING") && silent.contains(told), "{silent}");
    assert!(!with("全年未收取信息处理费。").contains("P-MISSING"));
}
