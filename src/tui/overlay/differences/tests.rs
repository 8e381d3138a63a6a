use proptest::prelude::*;

use super::*;
use crate::model::{CellId, Place};

fn difference(name: &str, old: &str, new: &str) -> Difference {
    Difference {
        place: Place::Cell(CellId::new(0)),
        path: String::new(),
        name: name.to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
    }
}

#[test]
fn only_the_piece_that_differs_is_named_of_a_long_text() {
    let before = "本年度收到申请99件，均已按期答复，没有收取费用，也没有发生行政复议。";
    let after = before.replace("99", "98");
    assert_eq!(changed_piece(before, &after), ("9".to_owned(), "8".to_owned()));
    assert_eq!(changed_piece("99", "98"), ("99".to_owned(), "98".to_owned()));
    assert_eq!(changed_piece("", "3"), ("（空）".to_owned(), "3".to_owned()));
    let (gone, all) = changed_piece("", &"字".repeat(90));
    assert_eq!((gone.as_str(), all), ("（空）", "字".repeat(40) + "……"));
}

#[test]
fn values_stand_under_their_heads() {
    let policy = Policy::Narrow;
    let table = Differences::new(
        ["屏幕上", "文件里"],
        &[difference("一、本年新收·自然人", "99", "83"), difference("六·其他", "", "\u{7}")],
    );
    let width = policy.measure("一、本年新收·自然人") + 2 * (8 + GAP);
    for wide in [width, 100] {
        let lines = table.lines(wide, policy);
        assert_eq!(lines.len(), 2);
        for line in lines.iter().chain([&table.head(wide, policy)]) {
            assert_eq!(line.width(policy), width);
        }
    }
}

/// Found at random: a hidden character takes more columns than it has characters.
#[test]
fn a_hidden_character_in_a_narrow_window_has_room() {
    let table = Differences::new(["草稿里", "恢复后"], &[difference("", "", "一\u{202e}22一")]);
    for line in table.lines(30, Policy::Narrow).iter().chain([&table.head(30, Policy::Narrow)]) {
        assert!(line.width(Policy::Narrow) <= 30, "{line:?}");
    }
}

proptest! {
    #[test]
    fn no_line_is_wider_than_the_window(
        rows in prop::collection::vec(("[一a·“\u{7}]{0,30}", "[一2\n”]{0,30}", "[一2\u{202e}]{0,60}"), 0..4),
        width in 0u16..90,
        wide in any::<bool>(),
    ) {
        let policy = if wide { Policy::Wide } else { Policy::Narrow };
        let rows: Vec<Difference> = rows.iter().map(|(name, old, new)| difference(name, old, new)).collect();
        let table = Differences::new(["草稿里", "恢复后"], &rows);
        let lines = table.lines(width, policy);
        prop_assert!(lines.len() >= rows.len());
        if width >= 30 {
            for line in lines.iter().chain([&table.head(width, policy)]) {
                prop_assert!(line.width(policy) <= width, "{line:?}");
            }
        }
    }
}
