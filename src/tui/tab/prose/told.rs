//! What there is to say about the prose at the caret, in one line or two.

use crate::form::Severity;
use crate::model::visible;
use crate::prose::Remark;
use crate::tui::action::Action;
use crate::tui::context::View;
use crate::tui::overlay::window::head;
use crate::tui::shown::Line;
use crate::tui::tab::lines::fold;
use crate::tui::theme::Role;

/// Columns in front of the sentence.
const MARK: u16 = 3;

/// The lines about a remark, so wide and at most so many: one, or two where the sentence needs them. The piece of
/// `text` that it is about is not said again. The key that mends it comes last, where it is never cut.
pub(super) fn lines(view: &View<'_>, text: &str, remark: &Remark, (width, rows): (u16, usize)) -> Vec<Line> {
    let policy = view.policy;
    let (mark, role) = match remark.severity {
        Severity::Mandatory => (" ! ", Role::ErrorMark),
        Severity::Verify => (" ? ", Role::WarningMark),
    };
    let fix = remark.fix.as_ref().and_then(|fix| {
        let key = view.keymap.key_for(Action::ApplyFix, view.contexts)?;
        Some(format!("  {}{} ", key.hint(), visible(&fix.name)))
    });
    let fix = fix.unwrap_or_default();
    let piece = text.get(remark.range.clone()).unwrap_or_default();
    let sentence = visible(without_quotation(&remark.message, piece)).into_owned();
    let last = width.saturating_sub(MARK + policy.measure(&fix));
    let front = Line::of(role, mark);
    if policy.measure(&sentence) <= last || rows < 2 {
        let sentence = head(&sentence, last, policy);
        return vec![front.add(Role::Text, sentence).add_right(Role::HintKey, fix)];
    }
    let first = fold(&sentence, width.saturating_sub(MARK), policy).into_iter().next().unwrap_or_default();
    let rest = sentence.strip_prefix(&first).unwrap_or_default().trim_start();
    let rest = head(rest, last, policy);
    let below = Line::of(Role::Text, " ".repeat(MARK.into())).add(Role::Text, rest);
    vec![front.add(Role::Text, first), below.add_right(Role::HintKey, fix)]
}

/// A message without the quotation in front of what the caret is at anyway.
fn without_quotation<'m>(message: &'m str, piece: &str) -> &'m str {
    let piece = piece.trim();
    let Some((before, after)) = message.split_once(&format!("“{piece}”")).filter(|_| !piece.is_empty())
    else {
        return message;
    };
    match after.strip_prefix('：') {
        Some(reason) => reason,
        // Any other verb needs its subject.
        None if before.is_empty() && after.starts_with("读作") => after,
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::without_quotation;

    #[test]
    fn what_the_caret_is_at_is_not_quoted_again() {
        let message = "“新收申请98件”读作新收申请 98 件，表中一、本年新收为 99，相差 1。";
        assert_eq!(
            without_quotation(message, "新收申请98件 "),
            "读作新收申请 98 件，表中一、本年新收为 99，相差 1。"
        );
        assert_eq!(without_quotation(message, "别的"), message);
        assert_eq!(without_quotation("“的的”重复。", "的的"), "“的的”重复。");
        assert_eq!(without_quotation("活数“{{a}}”：没有“a”这一格。", "{{a}}"), "没有“a”这一格。");
        assert_eq!(without_quotation("“”读作", ""), "“”读作");
    }
}
