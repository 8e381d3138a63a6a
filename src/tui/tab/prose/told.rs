//! What there is to say about the prose at the caret, in one line or two.

use std::borrow::Cow;

use crate::check::{Issue, Noted};
use crate::form::Severity;
use crate::model::visible;
use crate::prose::claims::Match;
use crate::tui::action::Action;
use crate::tui::context::View;
use crate::tui::key::Key;
use crate::tui::overlay::window::head;
use crate::tui::shown::Line;
use crate::tui::tab::lines::fold;
use crate::tui::theme::Role;

/// Columns in front of the sentence.
const MARK: u16 = 3;

/// The lines about a remark, so wide and at most so many: one, or two where the sentence needs them. The piece of
/// the text that it is about is not said again. The keys that mend or explain it come last, where they are never cut.
pub(super) fn lines(view: &View<'_>, noted: &Noted, (width, rows): (u16, usize)) -> Vec<Line> {
    let Noted { text, remark } = noted;
    let (policy, form, report) = (view.policy, view.session.form(), view.session.report());
    let issue = Issue::Remark(noted);
    let reason = issue.explanation(form, report);
    let (mark, role) = match remark.severity {
        _ if !reason.is_empty() => ("   ", Role::Agrees),
        Severity::Mandatory => (" ! ", Role::ErrorMark),
        Severity::Verify => (" ? ", Role::WarningMark),
    };
    let key = |action| view.keymap.key_for(action, view.contexts).map(Key::hint);
    let fix = remark
        .fix
        .as_ref()
        .and_then(|fix| Some(format!("  {}{}", key(Action::ApplyFix)?, visible(&fix.name))));
    let explain = key(Action::Explain).filter(|_| issue.may_stand(form));
    let explain = explain.map(|key| format!("  {key}{}", Action::Explain.name()));
    let keys: String = fix.into_iter().chain(explain).chain([" ".to_owned()]).collect();
    let piece = report.text(*text).get(remark.range.clone()).unwrap_or_default();
    let sentence = visible(&without_quotation(&remark.message, piece)).into_owned();
    let sentence = match reason {
        "" => sentence,
        reason => format!("已说明：{}（{}）", visible(reason), sentence.trim_end_matches('。')),
    };
    let last = width.saturating_sub(MARK + policy.measure(&keys));
    let front = Line::of(role, mark);
    if policy.measure(&sentence) <= last || rows < 2 {
        let sentence = head(&sentence, last, policy);
        return vec![front.add(Role::Text, sentence).add_right(Role::HintKey, keys)];
    }
    let first = fold(&sentence, width.saturating_sub(MARK), policy).into_iter().next().unwrap_or_default();
    let rest = sentence.strip_prefix(&first).unwrap_or_default().trim_start();
    let rest = head(rest, last, policy);
    let below = Line::of(Role::Text, " ".repeat(MARK.into())).add(Role::Text, rest);
    vec![front.add(Role::Text, first), below.add_right(Role::HintKey, keys)]
}

/// The line about a claim that agrees with the tables: with what. None if there is nothing that it agrees with.
pub(super) fn agreement(view: &View<'_>, matches: &[Match], width: u16) -> Option<Line> {
    let held: Vec<String> = matches.iter().map(|held| format!("{} {}", held.name, held.value)).collect();
    let told = format!(" = 相符：{}", visible(&held.join("，")));
    (!held.is_empty()).then(|| Line::of(Role::Dim, head(&told, width, view.policy)))
}

/// A message without the quotation of what the caret is at anyway, where that begins it or stands behind the figures.
fn without_quotation<'m>(message: &'m str, piece: &str) -> Cow<'m, str> {
    let piece = piece.trim();
    let parts = message.split_once(&format!("“{piece}”")).filter(|_| !piece.is_empty());
    let Some((before, after)) = parts else { return message.into() };
    if let Some(reason) = after.strip_prefix('：') {
        return reason.into();
    }
    // Any other verb needs its subject.
    match before.strip_suffix('：').filter(|_| after.starts_with("读作")) {
        Some(figures) => format!("{figures}，{after}").into(),
        None => message.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_quotation;

    #[test]
    fn what_the_caret_is_at_is_not_quoted_again() {
        let message = "文中 98 件，表中一、本年新收为 99，相差 1：“新收申请98件”读作新收申请。";
        assert_eq!(
            without_quotation(message, "新收申请98件 "),
            "文中 98 件，表中一、本年新收为 99，相差 1，读作新收申请。"
        );
        assert_eq!(without_quotation(message, "别的"), message);
        assert_eq!(without_quotation("“的的”重复。", "的的"), "“的的”重复。");
        assert_eq!(without_quotation("活数“{{a}}”：没有“a”这一格。", "{{a}}"), "没有“a”这一格。");
        assert_eq!(without_quotation("：“”读作", ""), "：“”读作");
        let said = "表中二、上年结转为 5，文中说“没有结转”。";
        assert_eq!(without_quotation(said, "没有结转"), said, "a sentence keeps its object");
    }
}
