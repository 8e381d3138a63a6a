//! The few forms of Markdown that the manual uses.

/// A piece of the manual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading of any level.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// An item of a list.
    Item(String),
}

/// The manual in pieces. Lines of a paragraph or an item are joined; marks for bold and code are dropped.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Whether the next line goes on with the last piece.
    let mut open = false;
    for line in text.lines() {
        let line = line.trim().replace("**", "").replace('`', "");
        if line.is_empty() {
            open = false;
        } else if line.starts_with('#') {
            blocks.push(Block::Heading(line.trim_start_matches('#').trim().to_owned()));
            open = false;
        } else if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            blocks.push(Block::Item(item.to_owned()));
            open = true;
        } else if let (true, Some(Block::Paragraph(text) | Block::Item(text))) = (open, blocks.last_mut()) {
            let wide = text.chars().next_back().is_some_and(|c| !c.is_ascii());
            if !wide && line.starts_with(|c: char| c.is_ascii()) {
                text.push(' ');
            }
            text.push_str(&line);
        } else {
            blocks.push(Block::Paragraph(line));
            open = true;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_paragraphs_and_lists_are_told_apart() {
        let text = "# 甲\n\n一段\n分两行。\n\n## 乙\n- 按 `F1`\n  看帮助\n- **第二**\n尾";
        assert_eq!(
            blocks(text),
            [
                Block::Heading("甲".into()),
                Block::Paragraph("一段分两行。".into()),
                Block::Heading("乙".into()),
                Block::Item("按 F1看帮助".into()),
                Block::Item("第二尾".into()),
            ]
        );
    }

    #[test]
    fn latin_words_stay_apart() {
        assert_eq!(blocks("a\nb"), [Block::Paragraph("a b".into())]);
    }
}
