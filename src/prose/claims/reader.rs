//! Binds figures to quantities, clause by clause.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use super::parts::Parts;
use super::phrase;
use super::shares;
use super::topics::{About, Topics};
use super::{Claim, Claims, Said};
use crate::form::wording::{FigureAt, Phrase, Quantity, Wording};
use crate::prose::Setting;
use crate::prose::numerals::{self, Decimal, Kind, Numeral, Style};

/// A text with its figures, sentences and topics.
pub(super) struct Reader<'a> {
    pub(super) setting: &'a Setting<'a>,
    pub(super) wording: &'a Wording,
    pub(super) text: &'a str,
    /// The same text, and as long, with the years beside the reporting year as 上年 and 下年.
    relative: String,
    pub(super) numerals: Vec<Numeral>,
    topics: Topics,
    /// Where sentences begin.
    sentences: Vec<usize>,
}

/// A phrase found beside a figure.
struct Match<'a> {
    index: usize,
    quantity: &'a Quantity,
    phrase: &'a Phrase,
    /// The words of the phrase.
    words: Range<usize>,
}

/// How far back the words of a sentence or paragraph are looked for, in bytes.
const REACH: usize = 6000;
/// The most of a text that is read, in bytes: ten times the longest section ever seen.
const LONGEST: usize = 200_000;

impl<'a> Reader<'a> {
    pub(super) fn new(setting: &'a Setting<'a>, text: &'a str) -> Self {
        let end =
            (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let text = text.get(..end).unwrap_or_default();
        let wording = &setting.form.claims;
        let breaks = text.char_indices().filter(|(_, c)| matches!(c, '。' | '！' | '？' | '\n'));
        Self {
            setting,
            wording,
            text,
            relative: relative(text, setting.year),
            numerals: numerals::read(text),
            topics: Topics::of(text, setting.text, wording),
            sentences: std::iter::once(0).chain(breaks.map(|(at, c)| at + c.len_utf8())).collect(),
        }
    }

    pub(super) fn claims(mut self) -> Claims {
        let mut claims = Claims::default();
        // For each figure, the claim that it makes.
        let mut bound: Vec<Option<usize>> = Vec::new();
        for index in 0..self.numerals.len() {
            let claim = self.claim(index, &claims.found);
            if let Some(claim) = &claim
                && let Some(topic) = self.wording.quantities.get(claim.quantity).and_then(|known| known.topic)
            {
                self.topics.turn(claim.range.end, topic);
            }
            bound.push(claim.is_some().then_some(claims.found.len()));
            claims.found.extend(claim);
        }
        shares::read(&self, &bound, &mut claims);
        claims.parts = Parts { reader: &self, bound: &bound, claims: &claims }.remarks();
        self.zeros(&mut claims.found);
        self.done(&mut claims.done);
        claims
    }

    /// The words of the clause in front of a figure, back to the figure before it.
    pub(super) fn clause(&self, index: usize) -> Range<usize> {
        let Some(numeral) = self.numerals.get(index) else { return 0..0 };
        let end = numeral.range.start;
        let last = index.checked_sub(1).and_then(|last| self.numerals.get(last)).map_or(0, |last| last.end);
        let start = self.slice(last..end).rfind(is_break).map_or(last, |at| {
            let at = last + at;
            at + self.slice(at..end).chars().next().map_or(0, char::len_utf8)
        });
        start..end
    }

    pub(super) fn sentence(&self, place: usize) -> usize {
        self.sentences.partition_point(|start| *start <= place).saturating_sub(1)
    }

    /// The figures between two places, with their indexes.
    pub(super) fn figures(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &Numeral)> {
        let first = self.numerals.partition_point(|numeral| numeral.range.start < range.start);
        let rest = (first..).zip(self.numerals.get(first..).unwrap_or_default());
        rest.take_while(move |(_, numeral)| numeral.end <= range.end)
    }

    pub(super) fn sentence_start(&self, place: usize) -> usize {
        self.sentences.get(self.sentence(place)).copied().unwrap_or_default().max(self.back(place))
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn claim(&self, index: usize, earlier: &[Claim]) -> Option<Claim> {
        let numeral = self.numerals.get(index)?;
        if numeral.kind != Kind::Count || numeral.approx {
            return None;
        }
        let mut clause = self.clause(index);
        // Words behind the figure before may belong to it: 1件维持、1件尚未审结.
        let taken = earlier.last().map_or(0, |last| last.range.end);
        clause.start = clause.start.max(taken).min(clause.end);
        let mut found: Option<Match<'_>> = None;
        for candidate in self.matches(index, &clause) {
            let better = found.as_ref().is_none_or(|best| candidate.is_better_than(best));
            if better && self.fits(&candidate, numeral, &clause, earlier) {
                found = Some(candidate);
            }
        }
        let found = found?;
        let range = found.words.start.min(numeral.range.start)..found.words.end.max(numeral.end);
        let lead = self.slice(clause.start..found.words.start.max(clause.start));
        let whose = whose(phrase::strip_back(lead, self.wording)).to_owned();
        Some(Claim {
            quantity: found.index,
            words: self.slice(range.clone()).trim().to_owned(),
            told_as: told_as(found.phrase),
            is_part: self.is_part(numeral.range.start),
            sentence: self.sentence(numeral.range.start),
            range,
            figure: Some(numeral.range.clone()),
            value: numeral.decimal()?,
            unit: numeral.unit,
            style: numeral.style,
            whose,
        })
    }

    /// All phrases beside a figure.
    fn matches(&self, index: usize, clause: &Range<usize>) -> Vec<Match<'a>> {
        let Some(numeral) = self.numerals.get(index) else { return Vec::new() };
        let before = self.relative.get(clause.clone()).unwrap_or_default();
        let next = self.numerals.get(index + 1).map_or(self.text.len(), |next| next.range.start);
        let behind = self.relative.get(numeral.end..next).unwrap_or_default();
        let behind = behind.find(is_break).map_or(behind, |end| behind.get(..end).unwrap_or_default());
        let ends = phrase::ends(before, self.wording);
        let may_follow = phrase::is_filler(self.slice(clause.clone()).trim_matches(CONNECTING), self.wording);
        let begins = LazyCell::new(|| phrase::begins(behind, self.wording));
        let mut found = Vec::new();
        for (index, quantity) in self.wording.quantities.iter().enumerate() {
            if numeral.unit.is_some_and(|unit| !quantity.units.iter().any(|known| known == unit.name())) {
                continue;
            }
            for phrase in &quantity.phrases {
                let front = |steps| {
                    phrase::before(before, &ends, steps, self.wording)
                        .map(|(start, end)| clause.start + start..clause.start + end)
                };
                let back = |steps| {
                    phrase::after(behind, &begins, steps, self.wording)
                        .filter(|end| ends_well(behind.get(*end..).unwrap_or_default(), self.wording))
                        .map(|end| numeral.end..numeral.end + end)
                };
                let words = match phrase.figure {
                    FigureAt::End => front(&phrase.steps),
                    FigureAt::Start if may_follow => back(&phrase.steps),
                    FigureAt::Within(at) => phrase.steps.split_at_checked(at).and_then(|(first, rest)| {
                        let first = front(first)?;
                        back(rest).map(|rest| first.start..rest.end)
                    }),
                    FigureAt::Start | FigureAt::Zero => None,
                };
                found.extend(words.map(|words| Match { index, quantity, phrase, words }));
            }
        }
        found
    }

    /// Whether a phrase beside a figure means what it says.
    fn fits(&self, found: &Match<'_>, numeral: &Numeral, clause: &Range<usize>, earlier: &[Claim]) -> bool {
        let quantity = found.quantity;
        let lead = self.slice(clause.start..found.words.start.max(clause.start));
        let whole = self.slice(clause.start..found.words.end.max(clause.end));
        let unit = match numeral.unit {
            Some(unit) => quantity.units.iter().any(|known| known == unit.name()),
            None => quantity.units.iter().any(|known| known == "件") && self.ends_clause(numeral.end),
        };
        let is_money = quantity.equals.iter().any(|amount| amount.precision.decimals() > 0);
        unit && (is_money || numeral.whole().is_some())
            && self.is_about(found, found.words.end.max(clause.end))
            && !quantity.except.iter().any(|word| whole.contains(word.as_str()))
            && self.is_of_all(quantity, lead)
            && !self.tells_other_year(clause.start..found.words.end.max(clause.end), &found.words)
            && !is_second_of_two(lead)
            && self.is_under(quantity, earlier, numeral.range.start)
            && !self.repeats_whole(found.index, earlier, numeral.range.start)
    }

    /// Whether the text is about the topic of a quantity.
    fn is_about(&self, found: &Match<'_>, place: usize) -> bool {
        let (quantity, start) = (found.quantity, found.words.start);
        let Some(topic) = quantity.topic else { return true };
        let about = match self.topics.at(place) {
            About::Topic(about) => about == topic,
            About::Unknown => quantity.alone,
            // There is none of either.
            About::Several => quantity.alone && found.phrase.figure == FigureAt::Zero,
        };
        let own = self.wording.topics.iter().any(|topic| topic.texts.contains(&self.setting.text));
        let paragraph = self.paragraph_start(start);
        let until = self.slice(paragraph..place);
        let near =
            quantity.near.is_empty() || own || quantity.near.iter().any(|word| until.contains(word.as_str()));
        about && near
    }

    /// Whether a clause speaks of the whole reporting unit and not of a part of it, a channel or another time.
    fn is_of_all(&self, quantity: &Quantity, lead: &str) -> bool {
        // What no table has is mostly told by channel, and only compared with itself.
        let by_channel = quantity.equals.is_empty();
        let lead = if by_channel { whose(lead) } else { lead };
        if self.wording.apart.iter().any(|word| lead.contains(word.as_str())) {
            return false;
        }
        let whose = phrase::strip_back(lead, self.wording);
        if by_channel {
            return true;
        }
        let Some(end) = self.wording.others.iter().find(|end| whose.ends_with(end.as_str())) else {
            return true;
        };
        let own = whose.contains(['我', '本', '全']);
        let name: String =
            whose.chars().rev().take(end.chars().count() + 2).collect::<Vec<_>>().into_iter().rev().collect();
        own || self.setting.unit.contains(&name)
    }

    /// Whether a clause names another year than the reported one, besides the words of a phrase.
    fn tells_other_year(&self, clause: Range<usize>, words: &Range<usize>) -> bool {
        let Some(year) = self.setting.year else { return false };
        let start = clause.start;
        let clause = self.slice(clause);
        let mut signs = clause.match_indices('年').filter(|(at, _)| !words.contains(&(start + at)));
        signs.any(|(at, _)| {
            let before = clause.get(..at).unwrap_or_default().trim_end();
            let rest = before.trim_end_matches(|c: char| c.is_ascii_digit());
            let told = before.get(rest.len()..).unwrap_or_default();
            told.len() == 4 && told.parse() != Ok(year)
        })
    }

    /// A part of another quantity counts only where that one was told last.
    fn is_under(&self, quantity: &Quantity, earlier: &[Claim], place: usize) -> bool {
        if quantity.under.is_empty() {
            return true;
        }
        let paragraph = self.paragraph_start(place);
        let siblings = |claim: &&Claim| {
            self.wording.quantities.get(claim.quantity).is_none_or(|known| known.under != quantity.under)
        };
        let last = earlier.iter().rev().filter(|claim| claim.range.start >= paragraph).find(siblings);
        last.is_some_and(|claim| quantity.under.contains(&claim.quantity))
    }

    /// Whether a figure is a part of the same quantity told in the same sentence.
    fn repeats_whole(&self, quantity: usize, earlier: &[Claim], place: usize) -> bool {
        let sentence = self.sentence(place);
        let mut same = earlier.iter().filter(|claim| claim.sentence == sentence);
        same.any(|claim| claim.quantity == quantity) && self.is_part(place)
    }

    /// Whether 其中 stands before a place in its sentence.
    fn is_part(&self, place: usize) -> bool {
        let sentence = self.slice(self.sentence_start(place)..place);
        ["其中", "含", "包括"].iter().any(|word| sentence.contains(word))
    }

    /// Where the paragraph of a place begins, as far back as anybody would read for what it is about.
    fn paragraph_start(&self, place: usize) -> usize {
        let from = self.back(place);
        self.slice(from..place).rfind('\n').map_or(from, |at| from + at + 1)
    }

    fn clause_start(&self, place: usize) -> usize {
        let from = self.back(place);
        let before = self.slice(from..place);
        let last = before.char_indices().rev().find(|(_, c)| is_break(*c));
        last.map_or(from, |(at, c)| from + at + c.len_utf8())
    }

    fn back(&self, place: usize) -> usize {
        (place.saturating_sub(REACH)..=place).find(|at| self.text.is_char_boundary(*at)).unwrap_or(place)
    }

    fn ends_clause(&self, place: usize) -> bool {
        self.slice(place..self.text.len()).trim_start_matches(' ').chars().next().is_none_or(is_break)
    }

    /// Words which say that there is none of something.
    fn zeros(&self, found: &mut Vec<Claim>) {
        let at_once = BTreeSet::from([0]);
        for (index, quantity) in self.wording.quantities.iter().enumerate() {
            let mut last = None;
            for phrase in quantity.phrases.iter().filter(|phrase| phrase.figure == FigureAt::Zero) {
                let Some(first) = phrase.steps.first() else { continue };
                let starts = first.iter().flat_map(|word| self.relative.match_indices(word.as_str()));
                for start in starts.map(|(at, _)| at) {
                    let clause_end = self.text.get(start..).and_then(|rest| rest.find(is_break));
                    let clause_end = clause_end.map_or(self.text.len(), |end| start + end);
                    let clause = self.relative.get(start..clause_end).unwrap_or_default();
                    let Some(end) = phrase::after(clause, &at_once, &phrase.steps, self.wording) else {
                        continue;
                    };
                    if !says_none(clause.get(end..).unwrap_or_default()) || last == Some(clause_end) {
                        continue;
                    }
                    let words = start..start + end;
                    let clause_start = self.clause_start(start);
                    let candidate = Match { index, quantity, phrase, words: words.clone() };
                    if self.zero_fits(&candidate, clause_start..clause_end) {
                        last = Some(clause_end);
                        found.push(self.zero(&candidate));
                    }
                }
            }
        }
        found.sort_by_key(|claim| claim.range.start);
    }

    fn zero_fits(&self, found: &Match<'_>, clause: Range<usize>) -> bool {
        let lead = self.slice(clause.start..found.words.start);
        let whole = self.slice(clause.clone());
        self.is_about(found, found.words.end)
            && !found.quantity.except.iter().any(|word| whole.contains(word.as_str()))
            && self.is_of_all(found.quantity, lead)
            && !self.tells_other_year(clause, &found.words)
            && !self.is_part(found.words.start)
    }

    fn zero(&self, found: &Match<'_>) -> Claim {
        Claim {
            quantity: found.index,
            range: found.words.clone(),
            figure: None,
            value: Decimal::whole(0),
            unit: None,
            style: Style::Digits { full: false, separator: None },
            words: self.slice(found.words.clone()).to_owned(),
            told_as: found.phrase.written(),
            whose: String::new(),
            is_part: false,
            sentence: self.sentence(found.words.start),
        }
    }

    /// Words which say that nothing is left.
    fn done(&self, found: &mut Vec<Said>) {
        for (index, done) in self.wording.done.iter().enumerate() {
            let about = |place: usize| match (done.topic, self.topics.at(place)) {
                (None, _) => true,
                (Some(topic), About::Topic(found)) => found == topic,
                _ => false,
            };
            let mut say = |range: Range<usize>, clause: &str| {
                let words = self.slice(range.clone()).to_owned();
                if about(range.start.max(1)) && !done.except.iter().any(|word| clause.contains(word.as_str()))
                {
                    found.push(Said { done: index, range, words });
                }
            };
            for word in &done.words {
                for (at, _) in self.text.match_indices(word.as_str()) {
                    say(at..at + word.len(), self.slice(self.clause_start(at)..at));
                }
            }
            let rates = std::slice::from_ref(&done.rates);
            for (number, numeral) in self.numerals.iter().enumerate() {
                let hundred = numeral.decimal().and_then(|value| value.scaled(6)) == Some(100_000_000);
                if numeral.kind != Kind::Percent || !hundred {
                    continue;
                }
                let clause = self.clause(number);
                let words = self.slice(clause.clone());
                if let Some((start, _)) =
                    phrase::before(words, &phrase::ends(words, self.wording), rates, self.wording)
                {
                    say(clause.start + start..numeral.end, words);
                }
            }
        }
    }
}

impl Match<'_> {
    /// A longer reading is the better one: 予以公开和部分公开 rather than 部分公开.
    fn is_better_than(&self, other: &Self) -> bool {
        let rank = |found: &Self| {
            (found.phrase.figure == FigureAt::Start, found.words.start, usize::MAX - found.words.end)
        };
        rank(self) < rank(other)
    }
}

/// The words of a phrase; 收到 99 件申请 is told as 收到申请 99 件.
fn told_as(phrase: &Phrase) -> String {
    match phrase.figure {
        FigureAt::Within(_) => Phrase { figure: FigureAt::End, steps: phrase.steps.clone() }.written(),
        FigureAt::End | FigureAt::Start | FigureAt::Zero => phrase.written(),
    }
}

/// Puts 上年 and 下年 for the years beside the reporting year, with blanks in front so that all places stay.
fn relative(text: &str, year: Option<i64>) -> String {
    let mut written = text.to_owned();
    let Some(year) = year else { return written };
    for (other, word) in [(year.saturating_sub(1), "上年"), (year.saturating_add(1), "下年")] {
        let digits = other.to_string();
        for (at, _) in text.match_indices(&digits) {
            let behind = text.get(at + digits.len()..).unwrap_or_default();
            let blanks = behind.len() - behind.trim_start_matches(' ').len();
            let before = text.get(..at).unwrap_or_default();
            let is_year = behind.trim_start_matches(' ').starts_with('年');
            let length = digits.len() + blanks + '年'.len_utf8();
            if is_year && !before.ends_with(|c: char| c.is_ascii_digit()) && length >= word.len() {
                written.replace_range(at..at + length, &format!("{word:>width$}", width = length - 4));
            }
        }
    }
    written
}

/// What may stand between a clause and a figure in front of its words.
const CONNECTING: [char; 12] = ['另', '有', '其', '中', '尚', '还', '剩', '余', '、', '均', '：', '并'];

/// What divides clauses.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '！' | '？' | ',' | ';' | '（' | '）' | '(' | ')' | '\n')
}

/// The words in front of a phrase without what only leads over to them.
fn whose(lead: &str) -> &str {
    let mut rest = lead.trim_matches([' ', '、', '：']);
    while let Some(shorter) =
        ["通过", "依托", "利用", "经", "在", "其中", "由"].iter().find_map(|word| rest.strip_prefix(word))
    {
        rest = shorter.trim_start();
    }
    rest
}

/// Whether something else is named together with the phrase, so that the figure is that of both.
fn is_second_of_two(lead: &str) -> bool {
    let lead = lead.trim_end();
    let joints = ["、", "和", "及", "与", "以及", "或", "暨"];
    joints.iter().any(|joint| lead.strip_suffix(joint).is_some_and(|first| !first.trim().is_empty()))
}

/// Whether nothing of weight follows a phrase behind its figure.
fn ends_well(rest: &str, wording: &Wording) -> bool {
    rest.trim_start().starts_with('、') || phrase::is_filler(rest, wording)
}

/// Whether words that deny something end here, or go on in a way that takes nothing back.
fn says_none(rest: &str) -> bool {
    let rest = rest.trim_start();
    let endings = [
        "案件",
        "的案件",
        "情况",
        "的情况",
        "情形",
        "的情形",
        "的申请",
        "申请",
        "继续办理",
        "办理",
        "、",
        "和",
        "及",
        "或",
        "与",
        "件",
        "的",
    ];
    rest.is_empty() || endings.iter().any(|ending| rest.starts_with(ending))
}
