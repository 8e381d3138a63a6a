//! Text as a rule of a form: parsed, compiled against a small and an official form, and evaluated.

use std::sync::{Arc, OnceLock};

use gouji::form::compile;
use gouji::form::expr;
use gouji::form::source::{FormSource, RuleSource};
use gouji::model::Report;
use gouji::session::Session;

/// Mistakes lie within the text; what compiles can be evaluated on blank and on filled reports, and told.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(error) = expr::parse(text) {
        assert!(text.get(error.span.clone()).is_some(), "{error:?}");
        assert!(!error.message.is_empty());
        return;
    }
    for form in sources() {
        for is_total in [false, true] {
            let mut form = form.clone();
            let text = Some(text.to_owned());
            let (total, check) = if is_total { (text, None) } else { (None, text) };
            let model = form.rules.last().expect("the forms here have rules").clone();
            form.rules.push(RuleSource { code: "新".to_owned(), total, check, ..model });
            compiled(&form);
        }
    }
}

fn compiled(source: &FormSource) {
    let form = match compile::compile(source) {
        Ok(form) => Arc::new(form),
        Err(errors) => {
            assert!(!errors.is_empty() && errors.iter().all(|error| !error.message.is_empty()));
            return;
        }
    };
    for report in [Report::new(form.shape()), super::filled(&form)] {
        super::assert_all_can_be_told(&Session::open(Arc::clone(&form), report));
    }
}

/// The small form of the seeds and an official one, each with its totals and one rule.
fn sources() -> &'static [FormSource] {
    static SOURCES: OnceLock<Vec<FormSource>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        [include_str!("../seeds/form/small.ron"), gouji::assets::FORMS[1].1]
            .into_iter()
            .map(|text| {
                let mut source: FormSource = options.from_str(text).expect("the form is sound");
                let last = source.rules.last().cloned();
                source.rules.retain(|rule| rule.total.is_some());
                source.rules.extend(last.filter(|rule| rule.total.is_none()));
                source
            })
            .collect()
    })
}
