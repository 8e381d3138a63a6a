//! Reading keymap files: RON to bindings, with everything that is wrong.

use std::fmt;

use serde::Deserialize;
use thiserror::Error;

use crate::tui::action::{Action, UnknownAction};
use crate::tui::key::{Key, KeyError};
use crate::tui::keymap::Context;
use crate::tui::keymap::locate::{Literals, Position};

/// All that is wrong in a keymap file, in the order of the file; never empty.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub struct KeymapErrors(pub Vec<KeymapError>);

/// One mistake in a keymap file.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("第{line}行第{column}列：{problem}")]
pub struct KeymapError {
    /// Line, from 1.
    pub line: usize,
    /// Character of the line, from 1.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong in a keymap file.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Problem {
    /// The file is not RON of the right shape; nothing else is known about it.
    #[error("{0}")]
    Syntax(String),
    /// No context has this id.
    #[error("没有叫“{0}”的场合，可用的有：{list}", list = Context::ALL.map(Context::id).join("、"))]
    UnknownContext(String),
    /// Not a key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No action has this id.
    #[error(transparent)]
    Action(#[from] UnknownAction),
    /// The file has more keys than any keyboard.
    #[error("按键超过{MOST}个，从这里起没有再看，请只写要改的键")]
    TooMany,
    /// The key has a meaning in this context already.
    #[error("“{key}”在“{context}”里已于第{first}行用过，一个键只能有一个用处，请去掉一处")]
    Duplicate {
        /// The key.
        key: Key,
        /// The context that has it twice.
        context: Context,
        /// The line of the first use.
        first: usize,
    },
    /// The key is a character that is text in this context.
    #[error("在“{context}”里“{key}”是要录入的字符，不能作命令键，请改用功能键或加 ctrl-、alt-")]
    Text {
        /// The key.
        key: Key,
        /// The context in which it is text.
        context: Context,
    },
}

/// As many keys a file may have. Every key of the keyboard is looked for among them.
const MOST: usize = 2000;

/// As many mistakes are told one by one.
const MAX_LISTED: usize = 50;

impl fmt::Display for KeymapErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, error) in self.0.iter().take(MAX_LISTED).enumerate() {
            if nth > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        match self.0.len().saturating_sub(MAX_LISTED) {
            0 => Ok(()),
            more => write!(f, "\n另有{more}处错误"),
        }
    }
}

/// One key of the file and what it means.
pub(super) struct Line {
    pub(super) context: Context,
    pub(super) key: Key,
    /// Nothing for the action `none`.
    pub(super) action: Option<Action>,
    first_seen: usize,
}

pub(super) fn read(text: &str) -> Result<Vec<Line>, KeymapErrors> {
    // Notepad begins a file with a byte order mark, and RON calls that a mistake.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let blocks: Vec<Block> = ron::from_str(text).map_err(|error| syntax(&error))?;
    let mut reading =
        Reading { literals: Literals::of(text), lines: Vec::new(), errors: Vec::new(), room: MOST };
    for block in &blocks {
        reading.block(block);
        if reading.room == 0 {
            break;
        }
    }
    if reading.errors.is_empty() {
        Ok(reading.lines)
    } else {
        reading.errors.sort_by_key(|error| (error.line, error.column));
        Err(KeymapErrors(reading.errors))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    context: String,
    bindings: Vec<Binding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Binding {
    keys: Vec<String>,
    action: String,
}

struct Reading {
    literals: Literals,
    lines: Vec<Line>,
    errors: Vec<KeymapError>,
    /// How many more keys there may be.
    room: usize,
}

impl Reading {
    fn block(&mut self, block: &Block) {
        let at = self.literals.next(&block.context);
        let context = self.value(at, block.context.parse());
        for binding in &block.bindings {
            if binding.keys.len() > self.room {
                self.room = 0;
                let at = binding.keys.first().map_or(at, |name| self.literals.next(name));
                return self.error(at, Problem::TooMany);
            }
            self.room -= binding.keys.len();
            let keys = binding.keys.iter().filter_map(|name| {
                let at = self.literals.next(name);
                let key = self.value(at, name.parse::<Key>().map_err(Problem::from))?;
                Some((key, at))
            });
            let keys: Vec<(Key, Position)> = keys.collect();
            let at = self.literals.next(&binding.action);
            let action = match binding.action.as_str() {
                "none" => None,
                id => self.value(at, id.parse::<Action>().map_err(Problem::from)),
            };
            if let Some(context) = context {
                for (key, at) in keys {
                    self.bind(context, key, at, action);
                }
            }
        }
    }

    /// A key with an unknown action is remembered too, so that its second use is reported.
    fn bind(&mut self, context: Context, key: Key, at: Position, action: Option<Action>) {
        if key.typed().is_some_and(|c| context.takes(c)) {
            self.error(at, Problem::Text { key, context });
        } else if let Some(before) = self.lines.iter().find(|line| line.context == context && line.key == key)
        {
            let first = before.first_seen;
            self.error(at, Problem::Duplicate { key, context, first });
        } else {
            self.lines.push(Line { context, key, action, first_seen: at.line });
        }
    }

    fn value<T>(&mut self, at: Position, value: Result<T, Problem>) -> Option<T> {
        value.map_err(|problem| self.error(at, problem)).ok()
    }

    fn error(&mut self, at: Position, problem: Problem) {
        self.errors.push(KeymapError { line: at.line, column: at.column, problem });
    }
}

fn syntax(error: &ron::error::SpannedError) -> KeymapErrors {
    use ron::Error;
    let text = match &error.code {
        Error::Eof => "文件没有写完，请看括号和引号是否成对".into(),
        Error::ExpectedString | Error::ExpectedStringEnd => {
            "这里应是英文引号括起的文字，如 \"f1\"（中文引号不行）".into()
        }
        Error::ExpectedComma => "这里缺少英文逗号".into(),
        Error::ExpectedArray => "这里应是 [".into(),
        Error::ExpectedArrayEnd => "这里应是 ] 或逗号".into(),
        Error::ExpectedMapColon => "名称后面应是英文冒号".into(),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => "这里应是 (".into(),
        Error::ExpectedStructLikeEnd => "这里应是 ) 或逗号".into(),
        Error::NoSuchStructField { expected, found, .. } => {
            format!("不认识“{found}”，这里只能写：{}", expected.join("、"))
        }
        Error::MissingStructField { field, .. } => format!("这一段缺少“{field}”"),
        Error::DuplicateStructField { field, .. } => format!("“{field}”写了两次"),
        Error::InvalidEscape(_) => "引号里的反斜杠写法不对；反斜杠本身要写两个".into(),
        Error::UnclosedBlockComment => "注释没有结束".into(),
        Error::TrailingCharacters => "文件应到 ] 为止，后面多了内容".into(),
        Error::ExceededRecursionLimit => "括号套得太深".into(),
        _ => "写法不对，请对照随程序附带的按键表".into(),
    };
    let at = error.span.start;
    KeymapErrors(vec![KeymapError { line: at.line, column: at.col, problem: Problem::Syntax(text) }])
}
