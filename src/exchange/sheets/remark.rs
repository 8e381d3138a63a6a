//! What someone wrote beside a cell (批注), as programs keep it.

/// Only what was said: without the name of its author in front, and without the frame around a comment of a newer
/// kind, in which Excel explains that there is such a comment.
pub(super) fn without_frame(said: &str, author: &str) -> String {
    let said = said.trim();
    if said.starts_with('[') {
        let inner =
            ["\n注释:", "\n注释：", "\n批注:", "\nComment:"].iter().find_map(|mark| said.split_once(mark));
        if let Some((_, inner)) = inner {
            return inner.trim().to_owned();
        }
    }
    let unsigned = said.strip_prefix(author).filter(|_| !author.is_empty());
    let unsigned = unsigned.and_then(|rest| rest.trim_start().strip_prefix([':', '：']));
    unsigned.unwrap_or(said).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_said_is_kept() {
        assert_eq!(without_frame("办公室:\n其中修订1件", "办公室"), "其中修订1件");
        assert_eq!(without_frame("办公室：其中修订1件", ""), "办公室：其中修订1件");
        assert_eq!(without_frame("[线程批注]\n\n此版本可读取。\n\n注释:\n    含上年1件", "x"), "含上年1件");
        assert_eq!(without_frame("[注1] 含上年1件", ""), "[注1] 含上年1件");
    }
}
