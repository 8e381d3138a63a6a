//! The words of the printed page that come from the cover: title, preface, sign-off.

use std::collections::HashSet;

use crate::model::FactId;

/// What stands around the sections when a report is printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The title of the whole.
    pub title: Template,
    /// Sentences of the paragraph above the first section. One that speaks of a fact which is not filled in is left
    /// out.
    pub preface: Vec<Template>,
    /// Lines at the end.
    pub sign_off: Vec<Template>,
}

/// Most sentences of a preface that is read back: each may be there or not.
const MOST_SENTENCES: usize = 6;

impl Page {
    /// The facts that a printed preface speaks of, whichever of its sentences were left out; none if the text is
    /// not this preface. `fits` as for [`Template::read_back`].
    pub fn read_preface(
        &self,
        text: &str,
        fits: impl Fn(FactId, &str) -> bool,
    ) -> Option<Vec<(FactId, String)>> {
        let count = self.preface.len();
        if count > MOST_SENTENCES {
            return None;
        }
        // Longer prefaces come first, so that a sentence that is there is read as such.
        (1_u32..1 << count).rev().find_map(|chosen| {
            let sentences = (0..).zip(&self.preface).filter(|(index, _)| chosen >> index & 1 == 1);
            let parts = sentences.flat_map(|(_, sentence)| sentence.parts.iter().cloned()).collect();
            Template { parts }.read_back(text, &fits)
        })
    }
}

/// A sentence with places for facts of the cover.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    Fact(FactId),
}

/// Longest text that is held against a template, in bytes. Printed titles and prefaces are far shorter.
const LONGEST: usize = 1500;
/// Most parts of a template that is held against a text. Each takes a step of recursion.
const MOST_PARTS: usize = 64;

impl Template {
    /// Reads words with `{fact}` in them. `fact` says which fact a name stands for.
    ///
    /// # Errors
    /// The name that stands for no fact, or the text behind a bracket that is not closed.
    pub fn read(text: &str, fact: impl Fn(&str) -> Option<FactId>) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let (words, tail) = rest.split_at(open);
            if !words.is_empty() {
                parts.push(Part::Words(words.to_owned()));
            }
            let (name, tail) = tail[1..].split_once('}').ok_or_else(|| tail[1..].to_owned())?;
            parts.push(Part::Fact(fact(name).ok_or_else(|| name.to_owned())?));
            rest = tail;
        }
        if !rest.is_empty() {
            parts.push(Part::Words(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The sentence with the facts put in; none if one of them has no value.
    pub fn fill(&self, mut fact: impl FnMut(FactId) -> Option<String>) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Fact(id) => text.push_str(&fact(*id)?),
            }
        }
        Some(text)
    }

    /// The facts that a filled sentence speaks of, and what it says of each; none if the text is not this
    /// sentence. `fits` says whether a piece of text can be what a fact says; where several ways to read the text
    /// are left, the first fact is the shortest.
    pub fn read_back(
        &self,
        text: &str,
        fits: impl Fn(FactId, &str) -> bool,
    ) -> Option<Vec<(FactId, String)>> {
        if text.len() > LONGEST || self.parts.len() > MOST_PARTS || !self.has_its_words(text) {
            return None;
        }
        let mut facts = Vec::new();
        let mut hopeless = HashSet::new();
        read_parts(&self.parts, text, &fits, &mut facts, &mut hopeless).then_some(facts)
    }

    /// Whether the words between the facts stand in the text one after another, which hardly any text has that is
    /// not this sentence.
    fn has_its_words(&self, text: &str) -> bool {
        let mut rest = Some(text);
        for part in &self.parts {
            if let Part::Words(words) = part {
                rest = rest.and_then(|rest| rest.split_once(words.as_str())).map(|(_, behind)| behind);
            }
        }
        rest.is_some()
    }
}

/// Reads what is left of the text with the parts that are left. `hopeless` has the places, as parts and bytes that are
/// left, from which it is known that nothing fits, so that the time stays within parts times bytes squared.
fn read_parts(
    parts: &[Part],
    text: &str,
    fits: &impl Fn(FactId, &str) -> bool,
    facts: &mut Vec<(FactId, String)>,
    hopeless: &mut HashSet<(usize, usize)>,
) -> bool {
    let Some((first, rest)) = parts.split_first() else { return text.is_empty() };
    if hopeless.contains(&(parts.len(), text.len())) {
        return false;
    }
    let found = match first {
        Part::Words(words) => text
            .strip_prefix(words.as_str())
            .is_some_and(|text| read_parts(rest, text, fits, facts, hopeless)),
        Part::Fact(id) => {
            let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
            let mut found = false;
            for end in ends {
                let (said, behind) = text.split_at(end);
                let goes_on = match rest.first() {
                    Some(Part::Words(words)) => behind.starts_with(words.as_str()),
                    Some(Part::Fact(_)) => true,
                    None => behind.is_empty(),
                };
                if !goes_on || !fits(*id, said) {
                    continue;
                }
                facts.push((*id, said.to_owned()));
                found = read_parts(rest, behind, fits, facts, hopeless);
                if found {
                    break;
                }
                facts.pop();
            }
            found
        }
    };
    if !found {
        hopeless.insert((parts.len(), text.len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> Template {
        let names = ["unit", "year", "from"];
        Template::read(text, |name| names.iter().position(|known| *known == name).map(FactId::new)).unwrap()
    }

    fn said(text: &str, sentence: &str) -> Option<Vec<String>> {
        let is_year = |text: &str| text.chars().count() == 4 && text.chars().all(|c| c.is_ascii_digit());
        let facts = template(text).read_back(sentence, |fact, text| fact.index() != 1 || is_year(text))?;
        Some(facts.into_iter().map(|(_, text)| text).collect())
    }

    #[test]
    fn a_filled_sentence_says_what_was_put_in() {
        let title = "{unit}{year}年度报告";
        let filled = template(title).fill(|fact| Some(["某县2号办", "2025", ""][fact.index()].to_owned()));
        assert_eq!(filled.as_deref(), Some("某县2号办2025年度报告"));
        assert_eq!(said(title, "某县2号办2025年度报告"), Some(vec!["某县2号办".into(), "2025".into()]));
        assert_eq!(said(title, "某县2号办205年度报告"), None);
        assert_eq!(said(title, "2025年度报告"), None, "没有单位");
        assert_eq!(said("自{from}起。", "自三月起。起。"), Some(vec!["三月起。".into()]));
    }

    #[test]
    fn a_preface_is_read_without_some_of_its_sentences() {
        let preface = vec![template("由{unit}编制。"), template("{year}年的数。"), template("问{from}。")];
        let page = Page { preface, ..Page::default() };
        let read = |text: &str| {
            let facts = page.read_preface(text, |_, _| true)?;
            Some(facts.into_iter().map(|(_, text)| text).collect::<Vec<_>>())
        };
        assert_eq!(read("由甲编制。2025年的数。问乙。"), Some(vec!["甲".into(), "2025".into(), "乙".into()]));
        assert_eq!(read("由甲编制。问乙。"), Some(vec!["甲".into(), "乙".into()]));
        assert_eq!(read("由甲编制。问乙"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn a_sentence_without_its_fact_is_left_out() {
        assert_eq!(template("请联系{unit}。").fill(|_| None), None);
        assert_eq!(template("请联系。").fill(|_| None).as_deref(), Some("请联系。"));
    }

    #[test]
    fn a_name_that_is_no_fact_is_told() {
        assert_eq!(Template::read("甲{nobody}乙", |_| None), Err("nobody".into()));
        assert_eq!(Template::read("甲{unit", |_| None), Err("unit".into()));
    }

    #[test]
    fn many_ways_to_read_take_little_time() {
        let parts = "{unit}的".repeat(30);
        assert_eq!(said(&parts, &format!("{}止", "的".repeat(150))), None);
    }

    #[test]
    fn a_long_line_without_the_words_is_not_taken_apart() {
        let asked = std::cell::Cell::new(0);
        let fits = |_: FactId, _: &str| {
            asked.set(asked.get() + 1);
            true
        };
        let title = template("{unit}{year}年度报告");
        let line = "2025".repeat(LONGEST / 4);
        assert_eq!(title.read_back(&line, fits), None);
        assert_eq!(asked.get(), 0);
        assert!(title.read_back(&format!("{}年度报告", &line[..LONGEST - 20]), fits).is_some());
        assert!(asked.get() < LONGEST, "{} pieces were looked at", asked.get());
    }
}
