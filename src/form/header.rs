//! Nested labels: the heads of columns and the groups of rows are the same kind of tree.

use std::ops::Range;

/// A tree of labels over a run of leaves, kept flat in reading order (a group before what it holds).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    nodes: Vec<Label>,
    depth: usize,
    leaves: usize,
}

/// One label of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The label as printed.
    pub full: String,
    /// The label where there is little room.
    pub short: String,
    /// The label in a sentence.
    pub name: String,
    /// Distance from the root; top labels have 0.
    pub depth: usize,
    /// The leaves it stands over.
    pub leaves: Range<usize>,
    /// Whether it is a leaf itself.
    pub is_leaf: bool,
}

impl Header {
    /// All labels in reading order.
    pub fn labels(&self) -> &[Label] {
        &self.nodes
    }

    /// How many levels there are; a tree of leaves alone has 1.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// How many leaves there are.
    pub fn leaves(&self) -> usize {
        self.leaves
    }

    /// The labels over one leaf, from the top group down to the leaf.
    pub fn path(&self, leaf: usize) -> impl Iterator<Item = &Label> {
        self.nodes.iter().filter(move |label| label.leaves.contains(&leaf))
    }

    /// The label of one leaf.
    pub fn leaf(&self, leaf: usize) -> Option<&Label> {
        self.path(leaf).last()
    }

    /// Opens a group; [`Header::close`] it after its leaves are added.
    pub(super) fn open(&mut self, full: &str, short: &str, name: &str, depth: usize) -> usize {
        self.depth = self.depth.max(depth + 1);
        self.nodes.push(Label {
            full: full.to_owned(),
            short: short.to_owned(),
            name: name.to_owned(),
            depth,
            leaves: self.leaves..self.leaves,
            is_leaf: false,
        });
        self.nodes.len() - 1
    }

    /// Ends a group opened before.
    pub(super) fn close(&mut self, node: usize) {
        let end = self.leaves;
        if let Some(label) = self.nodes.get_mut(node) {
            label.leaves.end = end;
        }
    }

    /// Adds a leaf.
    pub(super) fn push_leaf(&mut self, full: &str, short: &str, name: &str, depth: usize) {
        let node = self.open(full, short, name, depth);
        self.leaves += 1;
        self.close(node);
        if let Some(label) = self.nodes.get_mut(node) {
            label.is_leaf = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_spans_its_leaves() {
        let mut header = Header::default();
        header.push_leaf("自然人", "自然人", "自然人", 0);
        let group = header.open("法人或其他组织", "法人", "法人", 0);
        header.push_leaf("商业企业", "商业", "商业企业", 1);
        header.push_leaf("其他", "其他", "法人其他", 1);
        header.close(group);
        assert_eq!((header.depth(), header.leaves()), (2, 3));
        let names: Vec<_> = header.path(2).map(|label| label.name.as_str()).collect();
        assert_eq!(names, ["法人", "法人其他"]);
        assert_eq!(header.labels()[1].leaves, 1..3);
    }
}
