//! Reasons why something that looks wrong is right (审核说明).
//!
//! A reason answers one sentence about one place. When a figure of the sentence changes, so does the sentence, and the
//! reason has lapsed: it stays in the report and answers nothing.

use super::{Evaluation, Issue};
use crate::form::{Form, Severity};
use crate::model::{Edit, Question, Report};

impl Issue<'_> {
    /// What a reason for it answers.
    pub fn question(self, form: &Form, report: &Report) -> Question {
        Question {
            path: form.path(self.place()),
            code: self.code(form).to_owned(),
            message: self.message(form, report).into_owned(),
        }
    }

    /// Whether it may stand with a reason: 核实 may, 强制 must be mended.
    pub fn may_stand(self, form: &Form) -> bool {
        self.severity(form) == Severity::Verify
    }

    /// The reason why it may stand; empty if none was given for what it says now.
    pub fn explanation<'r>(self, form: &Form, report: &'r Report) -> &'r str {
        // Sentences are composed only where there may be a reason: this is asked of every issue in every frame.
        let code = self.code(form);
        if self.may_stand(form) && report.explanations().any(|(question, _)| question.code == code) {
            report.explanation(&self.question(form, report))
        } else {
            ""
        }
    }

    /// Whether a reason was given for what it says now.
    pub fn is_explained(self, form: &Form, report: &Report) -> bool {
        !self.explanation(form, report).is_empty()
    }
}

impl Evaluation {
    /// The issues that wait for a person: all but those with a reason, in the order of
    /// [`issues`](Evaluation::issues).
    pub fn open_issues<'a>(
        &'a self,
        form: &'a Form,
        report: &'a Report,
    ) -> impl Iterator<Item = Issue<'a>> + Clone {
        self.issues().filter(move |issue| !issue.is_explained(form, report))
    }

    /// The edit that answers a question with a reason, or takes the reason back where there are no words. Reasons
    /// for the same rule at the same place that have lapsed go with it.
    pub fn explain(&self, form: &Form, report: &Report, question: &Question, words: &str) -> Edit {
        let answer = Edit::Explain { question: question.clone(), to: words.trim().to_owned() };
        let lapsed = self.lapsed(form, report, question);
        if lapsed.is_empty() {
            return answer;
        }
        let gone = lapsed
            .into_iter()
            .map(|(question, _)| Edit::Explain { question: question.clone(), to: String::new() });
        Edit::Many(gone.chain([answer]).collect())
    }

    /// Reasons for the same rule at the same place which answered what it said before, and nothing any more.
    pub fn lapsed<'r>(
        &self,
        form: &Form,
        report: &'r Report,
        asked: &Question,
    ) -> Vec<(&'r Question, &'r str)> {
        let alike = |question: &Question| question.path == asked.path && question.code == asked.code;
        let mut given = report.explanations().filter(|(question, _)| alike(question)).peekable();
        if given.peek().is_none() {
            return Vec::new();
        }
        let place = form.place(&asked.path);
        let here =
            self.issues().filter(|issue| Some(issue.place()) == place && issue.code(form) == asked.code);
        let present: Vec<Question> = here.map(|issue| issue.question(form, report)).collect();
        given.filter(|(question, _)| *question != asked && !present.contains(question)).collect()
    }
}

#[cfg(test)]
mod tests;
