//! Words, as the caret passes and deletes them.
//!
//! Chinese is written without blanks, and the rule must be one that a clerk can foresee, so there is no dictionary.
//! A line falls into pieces:
//!
//! - A figure with what belongs to it: digits of either width with their commas and points, a percent sign, the unit
//!   behind (`1,234件`, `3.6万元`, `33.9%`, `2023年`).
//! - A word of another script, with digits and inner points, hyphens and the like (`www.example.gov.cn`, `GB/T`).
//! - A run of Chinese characters. It ends behind a particle that leans on what stands before it (`的`, `地`, `了`, ...)
//!   and before a word that opens what follows (`和`, `与`, `在`, `对`, ...); common pairs that only look so (`目的`,
//!   `参与`, `对于`, `及时`) are left whole.
//! - A run of closing marks, or of opening ones.
//!
//! Going right ends behind a piece and the blanks after it; going left, at the start of one. So both stop at the same
//! places, and what is deleted is what would have been passed.

use unicode_segmentation::UnicodeSegmentation;

/// Where the word before `byte` starts, blanks between them passed.
pub fn before(text: &str, byte: usize) -> usize {
    let solid = text.get(..byte).map_or(byte, |head| head.trim_end().len());
    let pieces = pieces(text, certain_start(text, solid));
    pieces.take_while(|(start, _)| *start < solid).last().map_or(0, |(start, _)| start)
}

/// Where the word after `byte` ends, with the blanks behind it.
pub fn after(text: &str, byte: usize) -> usize {
    // From a blank it is only blanks that are passed.
    let piece = pieces(text, certain_start(text, byte)).find(|(_, end)| *end > byte);
    let end = piece.map_or(text.len(), |(start, end)| if start > byte { byte } else { end });
    let tail = text.get(end..).unwrap_or_default();
    // A combining mark may stand on a blank, which is then none.
    let blanks = tail.graphemes(true).take_while(|glyph| kind(glyph) == Kind::Blank).map(str::len);
    end + blanks.sum::<usize>()
}

/// The start of a piece before `byte`, near to it, so that a long paragraph need not be gone through from its start: a
/// full stop is inside no figure and no word, and ends a run of marks if none stands behind it.
fn certain_start(text: &str, byte: usize) -> usize {
    let behind = text.get(..byte).unwrap_or_default().rmatch_indices('。').map(|(at, stop)| at + stop.len());
    let begins = |at: &usize| {
        let next = text.get(*at..).and_then(|rest| rest.chars().next());
        *at < byte && next.is_some_and(|c| matches!(kind_of(c), Kind::Han | Kind::Digit | Kind::Opening))
    };
    behind.into_iter().find(begins).unwrap_or(0)
}

/// What a character is to this rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Digit,
    Letter,
    Han,
    Opening,
    Mark,
}

/// Particles that lean on what stands before them.
const TRAILING: &str = "的地得了着等们";
/// Words that open what follows.
const LEADING: &str = "和与及或在对将被把从由向于并以为按经";
/// Pairs in which these characters are no words of their own.
const PAIRS: &str = "目的 的确 各地 当地 地方 地区 地址 土地 场地 地点 获得 取得 得到 了解 为了 除了 等级 等候 平等 \
    我们 他们 人们 它们 着力 着重 着手 着眼 随着 沿着 \
    和谐 和平 总和 与会 参与 及时 以及 涉及 普及 及其 或者 现在 存在 正在 在线 在职 在于 所在 旨在 内在 潜在 \
    对外 对照 对象 对应 对接 对策 对比 对待 核对 相对 反对 面对 针对 绝对 应对 比对 校对 将来 即将 从事 从而 从严 服从 \
    自由 理由 由于 由此 缘由 方向 向上 转向 定向 倾向 关于 对于 属于 基于 鉴于 等于 便于 位于 处于 用于 限于 利于 至于 \
    并且 并行 合并 并列 并轨 以上 以下 以来 以内 以外 以前 以后 以便 予以 可以 所以 加以 得以 难以 以为 足以 \
    为主 作为 行为 成为 认为 因为 称为 为民 分为 视为 按照 按时 按期 按钮 已经 经济 经费 经验 经过 曾经 财经 经办 \
    经营 经常 地理 基地 属地 心得";
/// Units that belong to the figure before them, the longest first where one begins another.
const UNITS: [&str; 41] = [
    "万元",
    "亿元",
    "万人",
    "万件",
    "万条",
    "小时",
    "分钟",
    "工作日",
    "个月",
    "万",
    "亿",
    "千",
    "百",
    "元",
    "件",
    "条",
    "次",
    "项",
    "个",
    "份",
    "人",
    "宗",
    "起",
    "篇",
    "期",
    "场",
    "家",
    "名",
    "户",
    "年",
    "月",
    "日",
    "天",
    "号",
    "字",
    "页",
    "类",
    "种",
    "批",
    "倍",
    "部",
];
/// Marks that stand inside a figure, between two digits.
const IN_FIGURES: &str = ",.，．:：/-";
/// Marks that stand inside a word of another script.
const IN_WORDS: &str = "._-@/'’:&+";

/// The pieces of a text from the start of one on, as byte ranges, blanks left out.
fn pieces(text: &str, from: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut at = from;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..).unwrap_or_default();
            let first = rest.graphemes(true).next()?;
            let start = at;
            at += match kind(first) {
                Kind::Blank => {
                    at += first.len();
                    continue;
                }
                Kind::Digit => figure(rest),
                Kind::Letter => run(rest, |kind| matches!(kind, Kind::Letter | Kind::Digit), IN_WORDS),
                Kind::Han => phrase(rest),
                Kind::Opening => run(rest, |kind| kind == Kind::Opening, ""),
                Kind::Mark => run(rest, |kind| kind == Kind::Mark, ""),
            };
            return Some((start, at));
        }
    })
}

/// The length of the figure at the start of a text, with percent sign or unit; of a word that begins with digits.
fn figure(text: &str) -> usize {
    let digits = run(text, |kind| kind == Kind::Digit, IN_FIGURES);
    let rest = text.get(digits..).unwrap_or_default();
    if rest.starts_with(['%', '％', '‰']) {
        return digits + whole(rest, rest.chars().next().map_or(0, char::len_utf8));
    }
    if rest.graphemes(true).next().is_some_and(|glyph| kind(glyph) == Kind::Letter) {
        return digits + run(rest, |kind| matches!(kind, Kind::Letter | Kind::Digit), IN_WORDS);
    }
    let unit = UNITS.iter().find(|unit| rest.starts_with(**unit));
    digits + unit.map_or(0, |unit| whole(rest, unit.len()))
}

/// The length of the Chinese run at the start of a text, up to a particle.
fn phrase(text: &str) -> usize {
    let mut length = 0;
    let mut previous: Option<char> = None;
    let mut paired = false;
    for glyph in text.graphemes(true) {
        let Some(c) = glyph.chars().next().filter(|_| kind(glyph) == Kind::Han) else { break };
        let pairs_back = previous.is_some_and(|previous| !paired && is_pair(previous, c));
        if let Some(before) = previous
            && !pairs_back
        {
            let behind_particle = TRAILING.contains(before) && !paired && !TRAILING.contains(c);
            let next = text.get(length + glyph.len()..).and_then(|rest| rest.chars().next());
            let opens = LEADING.contains(c) && !next.is_some_and(|next| is_pair(c, next) && !opens_pair(c));
            if behind_particle || opens {
                break;
            }
        }
        paired = pairs_back;
        previous = Some(c);
        length += glyph.len();
    }
    length
}

/// Whether a pair that begins with this character opens what follows just as the character alone does.
fn opens_pair(c: char) -> bool {
    matches!(c, '对' | '由' | '为' | '按' | '以' | '并' | '从')
}

fn is_pair(first: char, second: char) -> bool {
    let particle = |c: char| TRAILING.contains(c) || LEADING.contains(c);
    (particle(first) || particle(second))
        && PAIRS.split_whitespace().any(|pair| {
            let mut characters = pair.chars();
            (characters.next(), characters.next()) == (Some(first), Some(second))
        })
}

/// The length of the run at the start of a text of glyphs that belong, with single marks of `inner` between them.
fn run(text: &str, belongs: impl Fn(Kind) -> bool, inner: &str) -> usize {
    let mut length = 0;
    let mut glyphs = text.graphemes(true).peekable();
    while let Some(glyph) = glyphs.next() {
        let may_join = length > 0 && inner.contains(glyph);
        let joins = may_join && glyphs.peek().is_some_and(|next| belongs(kind(next)));
        if !belongs(kind(glyph)) && !joins {
            break;
        }
        length += glyph.len();
    }
    length
}

/// A length as far as the next boundary of graphemes.
fn whole(text: &str, length: usize) -> usize {
    let mut end = 0;
    for glyph in text.graphemes(true) {
        if end >= length {
            break;
        }
        end += glyph.len();
    }
    end
}

fn kind(glyph: &str) -> Kind {
    if glyph.trim().is_empty() { Kind::Blank } else { glyph.chars().next().map_or(Kind::Blank, kind_of) }
}

fn kind_of(c: char) -> Kind {
    match c {
        '0'..='9' | '０'..='９' => Kind::Digit,
        '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '〖' | '“' | '‘' | '(' | '[' | '{' | '［' => {
            Kind::Opening
        }
        '\u{2e80}'..='\u{2fdf}'
        | '〇'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Kind::Han,
        c if c.is_alphanumeric() => Kind::Letter,
        _ => Kind::Mark,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The text with a bar wherever going right stops.
    fn stops(text: &str) -> String {
        let mut shown = String::new();
        let mut at = 0;
        while at < text.len() {
            let next = after(text, at);
            shown += &text[at..next];
            shown.push('|');
            at = next;
        }
        shown
    }

    #[test]
    fn figures_keep_their_units_and_words_their_points() {
        assert_eq!(stops("共1,234件，占33.9%。"), "共|1,234件|，|占|33.9%|。|");
        assert_eq!(stops("２０２３年1月31日收费3.6万元"), "２０２３年|1月|31日|收费|3.6万元|");
        assert_eq!(stops("见 www.gov.cn、GB/T 9704-2012。"), "见 |www.gov.cn|、|GB/T |9704-2012|。|");
        assert_eq!(stops("5G基站，1、2"), "5G|基站|，|1|、|2|");
    }

    #[test]
    fn chinese_runs_break_at_marks_and_particles() {
        assert_eq!(stops("（一）主动公开。全年"), "（|一|）|主动公开|。|全年|");
        assert_eq!(stops("公民和法人的合法权益"), "公民|和法人的|合法权益|");
        assert_eq!(stops("做好了在线服务与监督"), "做好了|在线服务|与监督|");
        assert_eq!(stops("按照条例的要求"), "按照条例的|要求|");
        assert_eq!(stops("他说：“好。”（见附件）"), "他说|：|“|好|。”|（|见附件|）|");
    }

    #[test]
    fn pairs_that_look_like_particles_are_left_whole() {
        for whole in ["及时公开", "目的", "获得", "参与", "合并", "存在问题", "认为", "核对", "各地"]
        {
            assert_eq!(stops(whole), format!("{whole}|"));
        }
        assert_eq!(stops("改革对于企业"), "改革|对于企业|");
    }

    #[test]
    fn left_passes_blanks_and_stops_where_right_does() {
        let text = "共1,234件 二";
        assert_eq!(before(text, text.len()), 12);
        assert_eq!(before(text, 12), 3);
        assert_eq!(before(text, 8), 3, "inside a word");
        assert_eq!(before(text, 3), 0);
        assert_eq!(after(text, 3), 12);
        assert_eq!((before("  ", 2), after("  ", 0), after("", 0)), (0, 2, 0));
    }

    proptest! {
        #[test]
        fn pieces_are_whole_graphemes_and_both_ways_agree(
            text in r"[甲的和对于目 　，。（“1２,.%件年aB/\u{301}\u{200d}👩é]{0,30}",
        ) {
            let boundaries: Vec<usize> =
                text.grapheme_indices(true).map(|(byte, _)| byte).chain([text.len()]).collect();
            for &byte in &boundaries {
                let (left, right) = (before(&text, byte), after(&text, byte));
                prop_assert!(boundaries.contains(&left) && boundaries.contains(&right), "{text:?} {byte}");
                let from_start: Vec<_> = pieces(&text, 0).collect();
                let certain = certain_start(&text, byte);
                prop_assert!(certain == 0 || from_start.iter().any(|(start, _)| *start == certain), "{text:?}");
                prop_assert!(left < byte || byte == 0);
                prop_assert!(right > byte || byte == text.len());
                let seen = text[..right].trim_end().len();
                if seen > byte {
                    prop_assert!(before(&text, right) <= byte, "{text:?} {byte} {right}");
                }
            }
        }
    }
}
