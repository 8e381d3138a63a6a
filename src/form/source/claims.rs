//! The claims of a form as its file says them. Lists of words are single strings with blanks between the words.

use serde::Deserialize;

/// How prose speaks of the figures of the tables.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimsSource {
    /// Words that may stand between the words of a phrase.
    pub between: String,
    /// Words that may stand between a phrase and its figure.
    pub tail: String,
    /// Words in a clause that make its figure one of a part, of a channel or of another time.
    pub apart: String,
    /// Ends of names of units that are only a part of an area.
    pub others: String,
    /// What prose may be about.
    pub topics: Vec<TopicSource>,
    /// What figures in prose may stand for.
    pub quantities: Vec<QuantitySource>,
    /// Words of parts which together are the whole.
    pub complete: Vec<String>,
    /// Words which say that nothing is left to be done.
    pub done: Vec<DoneSource>,
    /// What a section has to speak of if the tables show something.
    #[serde(default)]
    pub expects: Vec<ExpectSource>,
}

/// What prose may be about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicSource {
    /// Name within the claims.
    pub id: String,
    /// The words that bring it up.
    pub words: String,
    /// Sections whose prose is about it before it says so.
    #[serde(default)]
    pub sections: String,
}

/// What a figure in prose may stand for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantitySource {
    /// Name within the claims.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// The topic of which its phrases speak.
    #[serde(default)]
    pub topic: String,
    /// Whether the phrases are also clear where nothing is known of the topic.
    #[serde(default)]
    pub alone: bool,
    /// The units in which it is told.
    pub units: String,
    /// What it should equal: any one of these.
    #[serde(default)]
    pub equals: Vec<AmountSource>,
    /// What a percentage behind it is a share of: any one of these.
    #[serde(default)]
    pub share_of: Vec<AmountSource>,
    /// How it is told: words with `|` between those that may take each other's place, `#` for the figure at the end
    /// where it stands between, behind or in front of them. Without `#` the words say that there is none.
    pub phrases: Vec<String>,
    /// What it is called where its growth is told.
    #[serde(default)]
    pub named: String,
    /// Words in the clause that make the figure one of something else.
    #[serde(default)]
    pub except: String,
    /// The quantities of which it is a part; one of them must have been told before.
    #[serde(default)]
    pub under: String,
    /// Words of which one must have been said before, outside the sections of its topic.
    #[serde(default)]
    pub near: String,
}

/// A sum of cells with its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountSource {
    /// Name for people.
    pub name: String,
    /// The cells, as in a rule.
    pub sum: String,
}

/// Words which say that nothing is left to be done.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoneSource {
    /// The topic.
    #[serde(default)]
    pub topic: String,
    /// The words.
    pub words: String,
    /// What is at 100% if nothing is left.
    #[serde(default)]
    pub rates: String,
    /// Words in the clause that take that meaning from them.
    #[serde(default)]
    pub except: String,
    /// What must then be 0.
    pub left: AmountSource,
}

/// What a section has to speak of if the tables show something.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectSource {
    /// The section.
    pub section: String,
    /// The words of which one has to be there.
    pub words: String,
    /// Words that look like them and say something else.
    #[serde(default)]
    pub except: String,
    /// What is expected only if this is more than 0.
    pub when: AmountSource,
    /// What follows from it, and what is missing.
    pub says: String,
}
