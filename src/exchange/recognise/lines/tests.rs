//! Every shape of a line gives the same pieces.

use super::*;

fn document(text: &str) -> Document {
    let paragraph = |(index, line): (usize, &str)| Block::Paragraph {
        text: line.to_owned(),
        style: Style::Body,
        at: At::Line(index + 1),
    };
    Document { blocks: text.split('\n').enumerate().map(paragraph).collect(), ..Document::default() }
}

fn taken_apart(text: &str) -> Vec<String> {
    let document = document(text);
    let lines = Lines::of(&document, |_| false);
    lines.pieces.iter().map(|piece| piece.text.to_owned()).collect()
}

#[test]
fn every_shape_of_a_row_gives_the_same_pieces() {
    let row = ["规章", "3", "", "7"];
    assert_eq!(taken_apart("规章\t3\t\t7"), row);
    assert_eq!(taken_apart("\t规章\n\t3\n\t\n\t7"), row);
    assert_eq!(taken_apart("规章 | 3 |  | 7 |"), row);
    assert_eq!(taken_apart("| 规章 | 3 |  | 7 |"), row);
    assert_eq!(taken_apart("规章 |\n3 |\n|\n7 |"), row);
    assert_eq!(taken_apart("规章\n|\n3\n|\n|\n7\n|"), row);
    assert_eq!(taken_apart("规章     3   0    7"), ["规章", "3", "0", "7"]);
    assert_eq!(taken_apart("  行政 规章 3 0 7"), ["行政 规章", "3", "0", "7"]);
    assert_eq!(taken_apart("规章\u{3000}3\u{a0}\u{a0}/"), ["规章", "3", "/"]);
    assert_eq!(taken_apart("（四）无法 2.没有现成信息   3   0"), ["（四）无法", "2.没有现成信息", "3", "0"]);
    assert_eq!(taken_apart("（四）无法 2.没有现成信息"), ["（四）无法", "2.没有现成信息"]);
    assert_eq!(taken_apart("加强学习 2.没有现成信息"), ["加强学习 2.没有现成信息"]);
    assert_eq!(taken_apart("本年新收 2 件，其他组织 457"), ["本年新收 2 件，其他组织 457"]);
    assert_eq!(taken_apart("公开（区分的，只计一项） 4"), ["公开（区分的，只计一项）", "4"]);
    assert_eq!(taken_apart("形，不计其他情形） 4"), ["形，不计其他情形）", "4"]);
    assert_eq!(taken_apart("比上年 1.5倍 2.5万   3"), ["比上年 1.5倍 2.5万", "3"]);
}

#[test]
fn page_numbers_and_rules_are_noise() {
    let mut builder = crate::exchange::document::TableBuilder::new(2, 4);
    builder.push(Cell { text: "第 3 页".to_owned(), columns: 2, ..Cell::default() });
    let table = Block::Table(builder.build().unwrap());
    let document = Document { blocks: vec![table], ..Document::default() };
    let sorts: Vec<_> = Lines::of(&document, |_| false).lines.iter().map(|line| line.sort).collect();
    assert_eq!(sorts, [LineSort::Noise]);
    for text in ["- 4 -", "—12—", "-3-", "第 3 页", "第3页，共9页", "|---|:--:|", "------"] {
        assert!(is_noise(text), "{text}");
    }
    for text in ["4", "-4", "—", "规章", "第3项", "/"] {
        assert!(!is_noise(text), "{text}");
    }
}
