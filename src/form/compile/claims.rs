//! Claims of the form: words taken apart, names resolved to topics, texts and cells.

use std::collections::{HashMap, HashSet};

use super::Errors;
use super::unroll::{self, Scope};
use crate::form::Form;
use crate::form::error::Spot;
use crate::form::expr::{self, Value};
use crate::form::program::CellTerm;
use crate::form::shape::Lost;
use crate::form::source::{AmountSource, ClaimsSource, FormSource};
use crate::form::wording::{Amount, Done, Expect, FigureAt, Phrase, Quantity, Topic, Wording};
use crate::model::{Precision, TextId};

/// The most topics, quantities and phrases a form may have; some ten times those of the official forms.
const MAX_PARTS: usize = 1000;
/// The most words in a row that a phrase may have, and that may take the place of one of them.
const MAX_STEPS: usize = 8;
const MAX_CHOICES: usize = 100;
/// The most words in one list.
const MAX_WORDS: usize = 1000;

/// Compiles the claims.
pub(super) fn build(source: &FormSource, form: &mut Form, lost: &Lost, errors: &mut Errors) {
    let claims = &source.claims;
    let top = Spot::default().field("claims");
    if !fits(claims, &top, errors) {
        return;
    }
    let mut builder = Builder { form, errors, lost, topics: HashMap::new(), quantities: HashMap::new() };
    let wording = builder.wording(claims, &top);
    form.claims = wording;
}

fn fits(claims: &ClaimsSource, top: &Spot, errors: &mut Errors) -> bool {
    let phrases: usize = claims.quantities.iter().map(|quantity| quantity.phrases.len()).sum();
    let counts = [
        ("topics", claims.topics.len()),
        ("quantities", claims.quantities.len().max(phrases)),
        ("complete", claims.complete.len()),
        ("done", claims.done.len()),
        ("expects", claims.expects.len()),
    ];
    let before = errors.found.len();
    for (name, count) in counts {
        if count > MAX_PARTS {
            errors.push(top.field(name), format!("内容过多：有{count}个，最多{MAX_PARTS}个"), "请删减或合并");
        }
    }
    errors.found.len() == before
}

struct Builder<'a> {
    form: &'a Form,
    errors: &'a mut Errors,
    lost: &'a Lost,
    topics: HashMap<&'a str, usize>,
    quantities: HashMap<&'a str, usize>,
}

impl<'a> Builder<'a> {
    fn wording(&mut self, claims: &'a ClaimsSource, top: &Spot) -> Wording {
        for (index, topic) in claims.topics.iter().enumerate() {
            if self.topics.insert(&topic.id, index).is_some() || topic.id.is_empty() {
                let message = format!("主题“{}”重复或没有名称", topic.id);
                self.errors.push(top.field("topics").item(index).field("id"), message, "每个名称只能用一次");
            }
        }
        for (index, quantity) in claims.quantities.iter().enumerate() {
            if self.quantities.insert(&quantity.id, index).is_some() || quantity.id.is_empty() {
                let message = format!("数量“{}”重复或没有名称", quantity.id);
                self.errors.push(
                    top.field("quantities").item(index).field("id"),
                    message,
                    "每个名称只能用一次",
                );
            }
        }
        let wording = Wording {
            between: self.words(&claims.between, &top.field("between"), false),
            tail: self.words(&claims.tail, &top.field("tail"), false),
            apart: self.words(&claims.apart, &top.field("apart"), false),
            others: self.words(&claims.others, &top.field("others"), false),
            topics: (0..).zip(&claims.topics).map(|(index, _)| self.topic(claims, index, top)).collect(),
            quantities: (0..)
                .zip(&claims.quantities)
                .map(|(index, _)| self.quantity(claims, index, top))
                .collect(),
            complete: (0..)
                .zip(&claims.complete)
                .map(|(index, words)| self.words(words, &top.field("complete").item(index), true))
                .collect(),
            done: (0..).zip(&claims.done).filter_map(|(index, _)| self.done(claims, index, top)).collect(),
            expects: (0..)
                .zip(&claims.expects)
                .filter_map(|(index, _)| self.expect(claims, index, top))
                .collect(),
        };
        self.same_phrases(&wording, top);
        wording
    }

    fn topic(&mut self, claims: &ClaimsSource, index: usize, top: &Spot) -> Topic {
        let source = &claims.topics[index];
        let spot = top.field("topics").item(index);
        let mut texts = Vec::new();
        for section in source.sections.split_whitespace() {
            texts.extend(self.text_named(section, &spot.field("sections")));
        }
        Topic { id: source.id.clone(), words: self.words(&source.words, &spot.field("words"), true), texts }
    }

    fn quantity(&mut self, claims: &ClaimsSource, index: usize, top: &Spot) -> Quantity {
        let source = &claims.quantities[index];
        let spot = top.field("quantities").item(index);
        let phrases_at = spot.field("phrases");
        if source.phrases.is_empty() {
            self.errors.push(phrases_at.clone(), "至少写一种说法", "如 \"办结 #\"，# 表示数字的位置");
        }
        let phrases = source
            .phrases
            .iter()
            .enumerate()
            .filter_map(|(index, phrase)| self.phrase(phrase, &phrases_at.item(index)))
            .collect();
        let mut under = Vec::new();
        for name in source.under.split_whitespace() {
            match self.quantities.get(name) {
                Some(index) => under.push(*index),
                None if self.lost.claims => {}
                None => {
                    let known = self.quantities.keys().copied().collect::<Vec<_>>();
                    self.errors.unknown(&spot.field("under"), None, "数量", name, known.into_iter());
                }
            }
        }
        Quantity {
            id: source.id.clone(),
            name: source.name.clone(),
            topic: self.topic_named(&source.topic, &spot),
            alone: source.alone,
            units: self.words(&source.units, &spot.field("units"), true),
            equals: self.amounts(&source.equals, &spot.field("equals")),
            share_of: self.amounts(&source.share_of, &spot.field("share_of")),
            phrases,
            named: self.words(&source.named, &spot.field("named"), false),
            except: self.words(&source.except, &spot.field("except"), false),
            under,
            near: self.words(&source.near, &spot.field("near"), false),
        }
    }

    fn done(&mut self, claims: &ClaimsSource, index: usize, top: &Spot) -> Option<Done> {
        let source = &claims.done[index];
        let spot = top.field("done").item(index);
        Some(Done {
            topic: self.topic_named(&source.topic, &spot),
            words: self.words(&source.words, &spot.field("words"), true),
            rates: self.words(&source.rates, &spot.field("rates"), false),
            except: self.words(&source.except, &spot.field("except"), false),
            left: self.amount(&source.left, &spot.field("left"))?,
        })
    }

    fn expect(&mut self, claims: &ClaimsSource, index: usize, top: &Spot) -> Option<Expect> {
        let source = &claims.expects[index];
        let spot = top.field("expects").item(index);
        if source.says.trim().is_empty() {
            let hint = "如“说明发出过收费通知，而本部分没有提到信息处理费”";
            self.errors.push(spot.field("says"), "这里要写明由此可知什么、缺少什么", hint);
        }
        let text = self.text_named(&source.section, &spot.field("section"));
        let words = self.words(&source.words, &spot.field("words"), true);
        let except = self.words(&source.except, &spot.field("except"), false);
        let when = self.amount(&source.when, &spot.field("when"));
        Some(Expect { text: text?, words, except, when: when?, says: source.says.clone() })
    }

    fn text_named(&mut self, section: &str, spot: &Spot) -> Option<TextId> {
        let found = self.form.text_of(section);
        if found.is_none() && !self.lost.names {
            let with_text = self.form.sections.iter().filter(|section| section.text.is_some());
            let known = with_text.map(|section| section.id.as_str());
            self.errors.unknown(spot, None, "文字部分", section, known);
        }
        found
    }

    fn topic_named(&mut self, name: &str, spot: &Spot) -> Option<usize> {
        if name.is_empty() {
            return None;
        }
        let found = self.topics.get(name).copied();
        if found.is_none() && !self.lost.claims {
            let known: Vec<_> = self.topics.keys().copied().collect();
            self.errors.unknown(&spot.field("topic"), None, "主题", name, known.into_iter());
        }
        found
    }

    fn words(&mut self, words: &str, spot: &Spot, needed: bool) -> Vec<String> {
        let found: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        if found.is_empty() && needed {
            self.errors.push(spot.clone(), "这里至少要有一个词", "词与词之间用空格分开");
        }
        if found.len() > MAX_WORDS {
            self.errors.push(
                spot.clone(),
                format!("词过多：有{}个，最多{MAX_WORDS}个", found.len()),
                "请删减",
            );
            return Vec::new();
        }
        found
    }

    fn phrase(&mut self, written: &str, spot: &Spot) -> Option<Phrase> {
        let mut parts: Vec<&str> = written.split_whitespace().collect();
        let place = parts.iter().position(|part| *part == "#");
        if let Some(place) = place {
            parts.remove(place);
        }
        let figure = match place {
            None => FigureAt::Zero,
            Some(0) => FigureAt::Start,
            Some(place) if place == parts.len() => FigureAt::End,
            Some(place) => FigureAt::Within(place),
        };
        let steps: Vec<Vec<String>> =
            parts.iter().map(|step| step.split('|').map(str::to_owned).collect()).collect();
        let wrong = |word: &String| word.is_empty() || word.contains('#');
        let long = steps.len() > MAX_STEPS || steps.iter().any(|step| step.len() > MAX_CHOICES);
        if steps.is_empty() || long || steps.iter().flatten().any(wrong) {
            let hint = "写成 \"收到|受理 申请 #\"：空格分开各词，| 分开可以互换的词，# 是数字，只写一个";
            self.errors.push(spot.clone(), format!("说法“{written}”写得不对"), hint);
            return None;
        }
        Some(Phrase { figure, steps })
    }

    fn amounts(&mut self, sources: &[AmountSource], spot: &Spot) -> Vec<Amount> {
        (0..).zip(sources).filter_map(|(index, source)| self.amount(source, &spot.item(index))).collect()
    }

    fn amount(&mut self, source: &AmountSource, spot: &Spot) -> Option<Amount> {
        let spot = spot.field("sum");
        let parsed = match expr::parse_sum(&source.sum) {
            Ok(parsed) => parsed,
            Err(error) => {
                self.errors.push(spot.bytes(error.span), error.message, "");
                return None;
            }
        };
        if self.lost.names {
            return None;
        }
        let mut terms: Vec<CellTerm> = Vec::new();
        for term in &parsed {
            let Value::Sum(cells) = &term.value else {
                self.errors.push(spot.clone(), "这里只能是表中的格", "如 requests.received.total");
                return None;
            };
            let coefficient = if term.negative { -1 } else { 1 };
            let cells = unroll::cells(cells, &Scope::default(), self.form, &spot, self.errors);
            terms.extend(cells.into_iter().map(|cell| CellTerm { cell, coefficient }));
        }
        let mut precisions: Vec<Precision> = Vec::new();
        for term in &terms {
            precisions.extend(self.form.slot(term.cell).map(|slot| slot.kind.precision()));
        }
        precisions.dedup();
        match precisions.as_slice() {
            [precision] => Some(Amount { name: source.name.clone(), terms, precision: *precision }),
            [] => None,
            _ => {
                self.errors.push(spot, "件数与金额不能相加", "请分开写");
                None
            }
        }
    }

    /// A phrase that means two things under one topic means neither.
    fn same_phrases(&mut self, wording: &Wording, top: &Spot) {
        let mut seen = HashSet::new();
        for (index, quantity) in wording.quantities.iter().enumerate() {
            for phrase in &quantity.phrases {
                let written = phrase.written();
                if !seen.insert((quantity.topic, written.clone())) {
                    let spot = top.field("quantities").item(index).field("phrases");
                    let message = format!("说法“{written}”在同一主题下写了两次");
                    self.errors.push(spot, message, "一种说法只能指一个数量");
                }
            }
        }
    }
}
