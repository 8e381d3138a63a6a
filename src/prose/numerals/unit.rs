//! Units behind a figure.

/// A unit behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit(&'static str);

/// Longer ones before those they begin with.
const UNITS: [&str; 58] = [
    "个百分点",
    "万元",
    "亿元",
    "件次",
    "条次",
    "人次",
    "场次",
    "批次",
    "期次",
    "篇次",
    "起次",
    "户次",
    "件",
    "条",
    "份",
    "个",
    "项",
    "期",
    "场",
    "篇",
    "宗",
    "人",
    "名",
    "位",
    "家",
    "元",
    "起",
    "类",
    "种",
    "部",
    "批",
    "户",
    "幅",
    "张",
    "册",
    "本",
    "页",
    "版",
    "门",
    "字",
    "套",
    "例",
    "卷",
    "款",
    "组",
    "处",
    "台",
    "块",
    "支",
    "封",
    "通",
    "则",
    "次",
    "轮",
    "辆",
    "所",
    "座",
    "只",
];

/// What makes the character before it a part of another word.
const OTHER_WORDS: [(&str, &[&str]); 16] = [
    ("部", &["门", "分", "委", "署"]),
    ("场", &["所", "景"]),
    ("期", &["间", "限", "末", "初"]),
    ("条", &["例"]),
    ("本", &["级", "单", "局", "县", "市", "区", "年", "镇", "机"]),
    ("版", &["块", "本"]),
    ("门", &["户"]),
    ("处", &["室", "理", "罚"]),
    ("所", &["有", "属"]),
    ("通", &["过", "报", "知"]),
    ("支", &["持", "队"]),
    ("组", &["织", "成"]),
    ("名", &["单"]),
    ("人", &["大", "民", "员", "事"]),
    ("类", &["似"]),
    ("次", &["年", "月", "日"]),
];

impl Unit {
    /// 个百分点, in which growth of percentages is told.
    pub const POINT: Self = Self("个百分点");

    /// The unit as written.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// The unit with this name, if figures are ever read with it.
    pub fn named(name: &str) -> Option<Self> {
        UNITS.iter().copied().find(|unit| *unit == name).map(Self)
    }

    /// The unit that these characters begin with.
    pub(super) fn at(rest: &[char]) -> Option<Self> {
        let unit = UNITS.iter().copied().find(|unit| starts(rest, unit))?;
        let after = rest.get(unit.chars().count()..).unwrap_or_default();
        let other = OTHER_WORDS.iter().find(|(word, _)| *word == unit);
        let is_other = other.is_some_and(|(_, follow)| follow.iter().any(|follow| starts(after, follow)));
        (!is_other).then_some(Self(unit))
    }

    pub(super) fn length(self) -> usize {
        self.0.chars().count()
    }
}

/// Whether these characters begin with a word.
pub(super) fn starts(rest: &[char], word: &str) -> bool {
    let mut rest = rest.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}
