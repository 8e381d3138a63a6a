//! First letters of the pinyin of the characters that occur in names of commands and of cells.

/// Whether the initials of `name` begin with `letters`.
pub(super) fn begins(name: &str, letters: &str) -> bool {
    agrees(&name.chars().collect::<Vec<_>>(), letters)
}

/// Whether `letters` stand somewhere in the initials of `name`.
pub(super) fn contains(name: &str, letters: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    (0..name.len()).any(|from| agrees(name.get(from..).unwrap_or_default(), letters))
}

/// The characters by initial; one that is read in several ways stands under each.
const INITIALS: [(char, &str); 22] = [
    ('a', "安案"),
    ('b', "保报备补本表部帮不办版编般标"),
    ('c', "存车撤重处查词除出成持程采层"),
    ('d', "打对第到段定度动大当道都单多的断导"),
    ('e', "二额"),
    ('f', "方翻封分份返复否符反发府废服法罚范访费负附"),
    ('g', "格改个告搁挂供公关国构果规购过管"),
    ('h', "行回核合后换画会或护获活乎"),
    ('j', "建计剪举件具决减卷及家接机禁纠经结缴金集级继九据"),
    ('k', "开空宽况可看科款"),
    ('l', "例另零六令律理类量领联落"),
    ('m', "末面命幕密明没目秘门每"),
    ('n', "粘内年能"),
    ('p', "屏"),
    ('q', "清全前切去取起七企其强情期权求确请"),
    ('r', "人仍容然认日入"),
    ('s', "示上首三四审删是事商尚属收数申社讼诉式设少市所省说"),
    ('t', "同题贴退他投提统通体填条替"),
    ('w', "五未文问万务危外握无物稳维位卫"),
    ('x', "新下修行向销选项消信性息效现相许询需系续讯限小"),
    ('y', "一右移页原业予于以元已有由益研要议逾应院用"),
    ('z', "左做重制置粘找最助字自中作增总执掌政止正直章组转这镇州治知种织注"),
];

fn agrees(name: &[char], letters: &str) -> bool {
    letters.chars().count() <= name.len()
        && letters.chars().zip(name).all(|(letter, character)| is_initial(letter, *character))
}

fn is_initial(letter: char, character: char) -> bool {
    INITIALS.iter().any(|(known, characters)| *known == letter && characters.contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::Action;

    #[test]
    fn every_character_of_every_name_is_known() {
        for action in Action::ALL {
            for character in action.name().chars() {
                let known = INITIALS.iter().any(|(_, characters)| characters.contains(character));
                assert!(known, "{character} in {action:?}");
            }
        }
    }

    #[test]
    fn every_character_of_every_cell_is_known() {
        for (name, text) in crate::assets::FORMS {
            let form = crate::form::Form::read(name, text).unwrap();
            for cell in form.all_cells() {
                let name = form.name(crate::model::Place::Cell(cell));
                for character in name.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) {
                    let known = INITIALS.iter().any(|(_, characters)| characters.contains(character));
                    assert!(known, "{character} in {name}");
                }
            }
        }
    }

    #[test]
    fn initials_find_names() {
        assert!(begins("核对合计", "hd"));
        assert!(contains("核对合计", "hj"));
        assert!(begins("行末补零", "hmbl") && begins("行末补零", "xm"));
        assert!(!contains("核对合计", "hjx") && !contains("保存", "保"));
    }
}
