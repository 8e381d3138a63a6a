//! How the program ended, and what it says about that on the command line.

use std::fmt;
use std::path::PathBuf;

use crate::store::journal::Difference;

/// How the program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Farewell {
    /// The user left it; everything was saved or given up.
    Left,
    /// Something else ended it.
    Ended {
        /// What.
        cause: Cause,
        /// What became of the changes that were not saved.
        work: Work,
    },
}

/// What ended the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Somebody asked it to end.
    Terminated,
    /// The terminal is gone, or can not be read or written.
    Disconnected,
    /// A mistake in the program.
    Broken,
}

/// What became of the changes that were not saved. It is told from what can be read back, not from what was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// There were none.
    Clean,
    /// The next opening brings all of them back.
    Kept(Keeping),
    /// The next opening does not bring these back.
    Lost {
        /// In the order of the form.
        changes: Vec<Difference>,
        /// Where the others are, if there are others.
        rest: Option<Keeping>,
    },
    /// What is on the disk can not be read back.
    Doubtful(Keeping),
}

/// Where changes are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// The journal.
    pub journal: PathBuf,
    /// The draft to open for them; none for a report that was never saved, which the first screen offers.
    pub draft: Option<PathBuf>,
}

/// How many lost changes are named. More would push the sentence about them out of the window.
const NAMED: usize = 100;

impl Farewell {
    /// What is to be said, in whole sentences; nothing to a user who has left. Names and figures in it may hold
    /// control characters.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Left => None,
            Self::Ended { cause, work } => Some(format!("{cause}{work}")),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Terminated => "程序被终止。",
            Self::Disconnected => "终端已断开，程序随之结束。",
            Self::Broken => "程序内部出错，已停止；上面的英文说明出错的位置，报告问题时请附上。",
        })
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clean => f.write_str("没有未保存的改动。"),
            Self::Kept(keeping) => write!(f, "没有保存的改动{keeping}"),
            Self::Doubtful(keeping) => {
                write!(f, "没有保存的改动可能不全：恢复文件“{}”现在读不出来。", keeping.journal.display())?;
                write!(f, "请{}，并核对最后的改动。", keeping.way())
            }
            Self::Lost { changes, rest } => {
                write!(f, "下面 {} 处改动没有记下，下次打开时不能恢复，请重新填写：", changes.len())?;
                for change in changes.iter().take(NAMED) {
                    write!(f, "\n  {}：{} 改为 {}", change.name, text(&change.old), text(&change.new))?;
                }
                if changes.len() > NAMED {
                    write!(f, "\n  其余 {} 处没有列出", changes.len() - NAMED)?;
                }
                rest.as_ref().map_or(Ok(()), |keeping| write!(f, "\n其他没有保存的改动{keeping}"))
            }
        }
    }
}

impl fmt::Display for Keeping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "都记在恢复文件“{}”里，{}时可以恢复。", self.journal.display(), self.way())
    }
}

impl Keeping {
    fn way(&self) -> String {
        match &self.draft {
            Some(draft) => format!("下次打开“{}”", draft.display()),
            None => "下次不带文件名运行 gouji ".to_owned(),
        }
    }
}

fn text(value: &str) -> &str {
    if value.is_empty() { "（空）" } else { value }
}
