//! The style sheets of a page, as far as they hide something by its class. What a selector with more to it than the
//! name of an element and classes hides is not known to be hidden; what one shows is taken to be shown.

use std::collections::HashMap;

use super::tree::{Element, Step, Tree};

/// Rules that are taken in, and those of them that end with the same class.
const RULES: usize = 5000;
const RULES_OF_A_CLASS: usize = 20;

/// What the style sheets of a page hide or show.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Rules by the last class that they are for.
    rules: HashMap<String, Vec<Rule>>,
    count: usize,
}

#[derive(Debug)]
struct Rule {
    element: Option<String>,
    classes: Vec<String>,
    hides: bool,
    /// The greatest one decides.
    weight: (bool, usize, usize),
}

impl Styles {
    /// Reads the style sheets in a page.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut styles = Self::default();
        let mut is_sheet = false;
        for step in tree.walk() {
            let Step::Enter(id) = step else {
                is_sheet = false;
                continue;
            };
            match (tree.element(id), tree.text(id)) {
                (Some(element), _) => is_sheet = element.name() == "style" && is_for_screens(element),
                (_, Some(text)) if is_sheet => styles.add(text),
                _ => {}
            }
        }
        styles
    }

    /// Whether they hide an element, which may say itself whether it is hidden.
    pub(super) fn hide(&self, element: &Element, said: Option<bool>) -> bool {
        if self.rules.is_empty() {
            return said == Some(true);
        }
        let classes: Vec<&str> =
            element.attribute("class").unwrap_or_default().split_ascii_whitespace().take(50).collect();
        let fits = |rule: &&Rule| {
            rule.element.as_deref().is_none_or(|name| name == element.name())
                && rule.classes.iter().all(|class| classes.contains(&class.as_str()))
        };
        let rules = classes.iter().filter_map(|class| self.rules.get(*class)).flatten();
        let decisive = rules.filter(fits).max_by_key(|rule| rule.weight);
        match (decisive, said) {
            (Some(rule), Some(said)) => {
                if rule.weight.0 {
                    rule.hides
                } else {
                    said
                }
            }
            (Some(rule), None) => rule.hides,
            (None, said) => said == Some(true),
        }
    }

    /// Takes in a style sheet. Rules for some circumstances only, such as printing, are left out.
    fn add(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        let mut rest = sheet.as_str();
        while let Some((selectors, inside)) = rest.split_once('{') {
            let selectors = selectors.rsplit(';').next().unwrap_or_default().trim();
            if selectors.starts_with('@') {
                rest = behind_block(inside);
                continue;
            }
            let (rules, after) = inside.split_once('}').unwrap_or((inside, ""));
            rest = after;
            let mut rules = rules.to_ascii_lowercase();
            rules.retain(|c| !c.is_whitespace());
            let Some(hides) = declared(&rules) else { continue };
            let is_important = rules.contains("!important");
            for selector in selectors.split(',') {
                if self.count >= RULES {
                    return;
                }
                self.rule(selector.trim(), hides, is_important);
            }
        }
    }

    fn rule(&mut self, selector: &str, hides: bool, is_important: bool) {
        let steps = |c: char| c.is_whitespace() || matches!(c, '>' | '+' | '~');
        let last = selector.rsplit(steps).next().unwrap_or_default();
        let is_simple = last.len() == selector.len();
        if last.contains([':', '[', '#', '*']) || (hides && !is_simple) {
            return;
        }
        let mut names = last.split('.');
        let element = names.next().filter(|name| !name.is_empty()).map(str::to_ascii_lowercase);
        let classes: Vec<String> = names.map(str::to_owned).collect();
        let Some(class) = classes.last() else { return };
        let rules = self.rules.entry(class.clone()).or_default();
        if rules.len() >= RULES_OF_A_CLASS {
            return;
        }
        self.count += 1;
        // What stands inside of something else outweighs what stands anywhere.
        let parts = 2 * classes.len() + usize::from(element.is_some()) + if is_simple { 0 } else { 1000 };
        rules.push(Rule { element, classes, hides, weight: (is_important, parts, self.count) });
    }
}

/// Whether rules, in small letters and without blanks, hide or show something; none if they say nothing about that.
pub(super) fn declared(rules: &str) -> Option<bool> {
    let (mut display, mut visibility, mut hide) = (None, None, None);
    for rule in rules.split(';') {
        let Some((name, value)) = rule.split_once(':') else { continue };
        match name {
            "display" => display = Some(value.starts_with("none")),
            "visibility" => visibility = Some(value.starts_with("hidden") || value.starts_with("collapse")),
            "mso-hide" => hide = Some(value.starts_with("all")),
            _ => {}
        }
    }
    let said = [display, visibility, hide];
    said.contains(&Some(true)).then_some(true).or(said.into_iter().flatten().next())
}

fn is_for_screens(style: &Element) -> bool {
    style.attribute("media").is_none_or(|media| {
        let media = media.to_ascii_lowercase();
        media.trim().is_empty() || media.contains("all") || media.contains("screen")
    })
}

fn without_comments(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.replace("<!--", "").replace("-->", "")
}

/// What follows a block with blocks in it.
fn behind_block(inside: &str) -> &str {
    let mut open = 1_usize;
    for (at, c) in inside.char_indices() {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return inside.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}
