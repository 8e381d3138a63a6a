//! First letters of the pinyin of the characters that occur in names of commands.

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
const INITIALS: [(char, &str); 20] = [
    ('b', "保报备补本表部帮标"),
    ('c', "存车撤重处查词除出成"),
    ('d', "打对第到段定度动断"),
    ('e', "二"),
    ('f', "方翻封分份返复否符"),
    ('g', "格改个告搁挂"),
    ('h', "行回核合后换画"),
    ('j', "建计剪接"),
    ('k', "开空宽"),
    ('l', "例另零六令"),
    ('m', "末面命幕"),
    ('n', "粘"),
    ('p', "屏"),
    ('q', "清全前切去取起"),
    ('s', "示上首三四审删是"),
    ('t', "同题贴退替"),
    ('w', "五未文问"),
    ('x', "新下修行向销选项消小"),
    ('y', "一右移页原"),
    ('z', "左做重制置粘找最助字自"),
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
    fn initials_find_names() {
        assert!(begins("核对合计", "hd"));
        assert!(contains("核对合计", "hj"));
        assert!(begins("行末补零", "hmbl") && begins("行末补零", "xm"));
        assert!(!contains("核对合计", "hjx") && !contains("保存", "保"));
    }
}
