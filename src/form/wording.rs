//! How prose speaks of the figures of the tables: the words of the form's claims.

use super::program::CellTerm;
use crate::model::{Precision, TextId};

/// All claims that a form knows.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// Words that may stand between the words of a phrase.
    pub between: Vec<String>,
    /// Words that may stand between a phrase and its figure.
    pub tail: Vec<String>,
    /// Words in a clause that make its figure one of a part, of a channel or of another time.
    pub apart: Vec<String>,
    /// Ends of names of units that are only a part of an area.
    pub others: Vec<String>,
    /// What prose may be about.
    pub topics: Vec<Topic>,
    /// What figures in prose may stand for.
    pub quantities: Vec<Quantity>,
    /// Words of parts which together are the whole.
    pub complete: Vec<Vec<String>>,
    /// Words which say that nothing is left to be done.
    pub done: Vec<Done>,
    /// What a text has to speak of if the tables show something.
    pub expects: Vec<Expect>,
}

/// What prose may be about.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its name in the form.
    pub id: String,
    /// The words that bring it up.
    pub words: Vec<String>,
    /// The texts that are about it before they say so.
    pub texts: Vec<TextId>,
}

/// What a figure in prose may stand for.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// Its name in the form.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The topic of which its phrases speak, as an index; none if they are clear by themselves.
    pub topic: Option<usize>,
    /// Whether the phrases are also clear where nothing is known of the topic.
    pub alone: bool,
    /// The units in which it is told.
    pub units: Vec<String>,
    /// What it should equal: any one of these. Empty for what no table has, which is only compared with itself.
    pub equals: Vec<Amount>,
    /// What a percentage behind it is a share of: any one of these.
    pub share_of: Vec<Amount>,
    /// How it is told.
    pub phrases: Vec<Phrase>,
    /// What it is called where its growth is told.
    pub named: Vec<String>,
    /// Words in the clause that make the figure one of something else.
    pub except: Vec<String>,
    /// The quantities, as indexes, of which it is a part; one of them must have been told before. Empty: any.
    pub under: Vec<usize>,
    /// Words of which one must have been said before, outside the texts of its topic. Empty: none is needed.
    pub near: Vec<String>,
}

/// A sum of cells with its name.
#[derive(Debug, Clone)]
pub struct Amount {
    /// Its name for people.
    pub name: String,
    /// The cells.
    pub terms: Vec<CellTerm>,
    /// How exactly they are kept.
    pub precision: Precision,
}

/// A way to tell a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Where the figure stands.
    pub figure: FigureAt,
    /// The words, each with those that may take its place.
    pub steps: Vec<Vec<String>>,
}

/// Where the figure of a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureAt {
    /// Behind the words: 办结 99 件.
    End,
    /// In front of them: 17 件结转下年度.
    Start,
    /// Behind so many of them, with the rest behind it: 收到 99 件申请.
    Within(usize),
    /// Nowhere: the words say that there is none.
    Zero,
}

/// Words which say that nothing is left to be done.
#[derive(Debug, Clone)]
pub struct Done {
    /// The topic, as an index.
    pub topic: Option<usize>,
    /// The words.
    pub words: Vec<String>,
    /// What is at 100% if nothing is left.
    pub rates: Vec<String>,
    /// Words in the clause that take that meaning from them.
    pub except: Vec<String>,
    /// What must then be 0.
    pub left: Amount,
}

/// What a text has to speak of if the tables show something.
#[derive(Debug, Clone)]
pub struct Expect {
    /// The text.
    pub text: TextId,
    /// The words of which one has to be there.
    pub words: Vec<String>,
    /// Words that look like them and say something else.
    pub except: Vec<String>,
    /// What is expected only if this is more than 0.
    pub when: Amount,
    /// What follows from it, and what is missing.
    pub says: String,
}

impl Phrase {
    /// The phrase as the form writes it.
    pub fn written(&self) -> String {
        let mut words: Vec<_> = self.steps.iter().map(|step| step.join("|")).collect();
        let figure = match self.figure {
            FigureAt::End => words.len(),
            FigureAt::Start => 0,
            FigureAt::Within(front) => front.min(words.len()),
            FigureAt::Zero => return words.join(" "),
        };
        words.insert(figure, "#".to_owned());
        words.join(" ")
    }
}
