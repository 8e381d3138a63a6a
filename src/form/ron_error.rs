//! What `ron` could not read, said in Chinese, at the place where a person would look for it.

mod brackets;
mod types;

use std::ops::Range;

use ron::Error;
use ron::error::SpannedError;

use super::caret::{Source, closest};
use super::outline::{Outline, Position, Scanner};
use brackets::Unpaired;

/// A mistake in a RON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Bytes of the text to mark; never beyond its end, empty where something is missing.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it, if that can be told.
    pub hint: Option<String>,
}

impl Explanation {
    /// Explains the error that `ron` gave for exactly this text.
    pub fn new(text: &str, error: &SpannedError) -> Self {
        let place = Place::new(text, error);
        if let Some(explanation) = place.unpaired(&error.code) {
            return explanation;
        }
        let message = message(text, &error.code);
        let hint = place.hint(&error.code);
        Self { span: place.span(&error.code), message, hint }
    }

    /// The message with its line; see [`Source::render`].
    pub fn render(&self, source: &Source<'_>) -> String {
        source.render(self.span.clone(), &self.message, self.hint.as_deref())
    }
}

/// Where `ron` stopped.
struct Place<'t> {
    text: &'t str,
    /// The last thing read.
    start: usize,
    /// The cursor: mostly the first thing that did not fit.
    end: usize,
}

impl<'t> Place<'t> {
    fn new(text: &'t str, error: &SpannedError) -> Self {
        let offset = |position: ron::error::Position| {
            Position { line: position.line, column: position.col }.offset(text)
        };
        let start = offset(error.span.start);
        Self { text, start, end: offset(error.span.end).max(start) }
    }

    /// What to mark for this kind of error.
    fn span(&self, code: &Error) -> Range<usize> {
        match code {
            Error::NoSuchStructField { .. }
            | Error::DuplicateStructField { .. }
            | Error::NoSuchEnumVariant { .. }
            | Error::NoSuchExtension(_)
            | Error::IntegerOutOfBounds
            | Error::InvalidEscape(_)
            | Error::ExpectedDifferentStructName { .. } => self.start..self.end,
            Error::UnclosedBlockComment => self.open_comment(),
            Error::ExpectedStringEnd => self.open_string(),
            Error::MissingStructField { .. } => {
                brackets::closed_at(self.text, self.end).unwrap_or(self.here())
            }
            _ => self.here(),
        }
    }

    /// The character at the cursor, or the word that begins there.
    fn here(&self) -> Range<usize> {
        let rest = self.rest();
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let first = rest.chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8);
        self.end..self.end + word.max(first)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.end..).unwrap_or_default()
    }

    /// The string that is still open at the end of the text; only its quote, since all after it seems part of it.
    fn open_string(&self) -> Range<usize> {
        let strings = Scanner::new(self.text).strings();
        let start =
            strings.last().filter(|string| string.end == self.text.len()).map_or(self.start, |s| s.start);
        let opening = self.text.get(start..).and_then(|rest| rest.find('"')).map_or(0, |quote| quote + 1);
        start..start + opening
    }

    fn open_comment(&self) -> Range<usize> {
        let start = self.text.get(..self.end).and_then(|before| before.rfind("/*")).unwrap_or(self.start);
        start..(start + 2).min(self.text.len())
    }

    /// Many errors are the late consequence of a bracket without its partner.
    fn unpaired(&self, code: &Error) -> Option<Explanation> {
        let suspicious = matches!(
            code,
            Error::Eof
                | Error::ExpectedComma
                | Error::ExpectedArrayEnd
                | Error::ExpectedMapEnd
                | Error::ExpectedMapColon
                | Error::ExpectedOptionEnd
                | Error::ExpectedStructLikeEnd
                | Error::TrailingCharacters
        );
        if !suspicious || full_width(self.rest()).is_some() {
            return None;
        }
        let unpaired = brackets::first_unpaired(self.text)?;
        // A bracket that was never reached is not the cause.
        if unpaired.noticed_at(self.text) > self.end {
            return None;
        }
        Some(match unpaired {
            Unpaired::Opening { at, bracket, closing: None } => Explanation {
                span: at..at + 1,
                message: format!(
                    "括号“{bracket}”没有配对，一直到文件结尾都没有“{}”",
                    brackets::partner(bracket)
                ),
                hint: Some(format!("请在这一组内容的末尾补上“{}”", brackets::partner(bracket))),
            },
            Unpaired::Opening { at, bracket, closing: Some((closing, found)) } => {
                let line = Position::at(self.text, at).line;
                Explanation {
                    span: closing..closing + 1,
                    message: format!(
                        "第 {line} 行的括号“{bracket}”应当用“{}”配对，这里却是“{found}”",
                        brackets::partner(bracket)
                    ),
                    hint: Some(format!("请检查这之前是否漏写了“{}”", brackets::partner(bracket))),
                }
            }
            Unpaired::Closing { at, bracket } => Explanation {
                span: at..at + 1,
                message: format!("多了一个“{bracket}”，前面没有与它配对的括号"),
                hint: Some("请删去它，或者检查前面的括号".to_owned()),
            },
        })
    }

    fn hint(&self, code: &Error) -> Option<String> {
        if let Some((wrong, right)) = full_width(self.rest())
            && !matches!(code, Error::Message(_) | Error::InvalidValueForType { .. })
        {
            return Some(format!("请把全角或中文的“{wrong}”改成半角的 {right}"));
        }
        let hint = match code {
            Error::NoSuchStructField { expected, found, .. }
            | Error::NoSuchEnumVariant { expected, found, .. } => {
                return one_of(expected, found);
            }
            Error::ExpectedComma if self.rest().starts_with('.') => {
                "整数不能带小数点；两项之间要用英文逗号 , 隔开"
            }
            Error::ExpectedComma => match self.chinese_quote_before() {
                Some(hint) => return Some(hint),
                None => "两项之间要用英文逗号 , 隔开",
            },
            Error::ExpectedMapColon if self.rest().starts_with('=') => "请把 = 改成英文冒号 :",
            Error::ExpectedMapColon => match self.chinese_quote_before() {
                Some(hint) => return Some(hint),
                None => "名称和内容之间要用英文冒号 : 隔开",
            },
            Error::ExpectedStringEnd
                if self.text.get(self.end..).is_some_and(|rest| rest.contains(['”', '“'])) =>
            {
                "文字要以英文双引号 \" 结束，后面的中文引号不能代替它"
            }
            Error::ExpectedStringEnd => "请在文字末尾补上英文双引号 \"",
            Error::ExpectedString => "文字要放在英文双引号 \" 里",
            Error::ExpectedInteger | Error::ExpectedFloat if self.rest().starts_with('"') => "数字不加引号",
            Error::ExpectedInteger | Error::ExpectedFloat => "这里只写数字，不写单位、逗号和文字",
            Error::ExpectedBoolean => "只能写 true（是）或 false（否）",
            Error::ExpectedOption | Error::ExpectedOptionEnd => "有内容时写成 Some(内容)，没有时写 None",
            Error::IntegerOutOfBounds => "请检查是否多写了数位，或不应有负号",
            Error::MissingStructField { .. } => "请在这对括号里补上它",
            Error::DuplicateStructField { .. } => "请删去其中一处",
            Error::ExceededRecursionLimit => "请减少括号的层数",
            Error::UnclosedBlockComment => "请在注释末尾补上 */",
            Error::InvalidEscape(_) => "反斜杠 \\ 有特殊含义；要写反斜杠本身，请写两个",
            Error::TrailingCharacters => "最外层的括号之后不应再有内容",
            _ => return None,
        };
        Some(hint.to_owned())
    }

    /// A string closed with a Chinese quote runs on to the next string, and the error comes only there.
    fn chinese_quote_before(&self) -> Option<String> {
        let strings = Scanner::new(self.text).strings();
        let string = strings.into_iter().rfind(|string| string.end <= self.end)?;
        let content = self.text.get(string.clone())?;
        let quote = content.char_indices().find(|(_, c)| matches!(c, '“' | '”'))?;
        let Position { line, column } = Position::at(self.text, string.start + quote.0);
        Some(format!("第 {line} 行第 {column} 列的中文引号“{}”是否应为英文双引号 \" ？", quote.1))
    }
}

/// The sentence for each kind of error.
fn message(text: &str, code: &Error) -> String {
    let sentence = match code {
        Error::ExpectedNamedStructLike(_) | Error::ExpectedStructLike | Error::Eof
            if Outline::scan(text).is_blank() =>
        {
            "文件是空的"
        }
        Error::Eof => "内容没有写完，文件就结束了",
        Error::ExpectedArray => "这里应当是用 [ ] 括起来的一列内容",
        Error::ExpectedArrayEnd => "这里应当是 ]",
        Error::ExpectedAttribute => "文件开头的 #![ ] 写法不对",
        Error::ExpectedAttributeEnd => "文件开头的 #![ ] 没有以 )] 结束",
        Error::ExpectedBoolean => "这里应当是 true 或 false",
        Error::ExpectedComma => "这里缺少逗号",
        Error::ExpectedChar => "这里应当是用单引号 ' 括起来的一个字符",
        Error::ExpectedByteLiteral | Error::ExpectedByteString => "这里的字节写法不对",
        Error::ExpectedFloat => "这里应当是数字",
        Error::FloatUnderscore => "小数里不能有下划线",
        Error::ExpectedInteger => "这里应当是整数",
        Error::ExpectedOption => "这里应当是 Some(内容) 或 None",
        Error::ExpectedOptionEnd | Error::ExpectedStructLikeEnd => "这里应当是 )",
        Error::ExpectedMap => "这里应当是用 { } 括起来的内容",
        Error::ExpectedMapColon => "这里缺少冒号",
        Error::ExpectedMapEnd => "这里应当是 }",
        Error::ExpectedDifferentStructName { expected, found } => {
            return format!("这里应当是“{expected}”，却写了“{found}”");
        }
        Error::ExpectedStructLike => "这里应当是用 ( ) 括起来的内容",
        Error::ExpectedNamedStructLike("") => "这里应当直接是括号 ( ，前面不加名称",
        Error::ExpectedNamedStructLike(name) => return format!("这里应当是“{name}( … )”"),
        Error::ExpectedUnit => "这里应当是 ()",
        Error::ExpectedString => "这里应当是文字",
        Error::ExpectedStringEnd => "从这里开始的文字没有结束的引号",
        Error::ExpectedIdentifier => "这里应当是一个名称",
        Error::InvalidEscape(_) => "反斜杠后面的写法不对",
        Error::IntegerOutOfBounds => "整数超出了允许的范围",
        Error::InvalidIntegerDigit { digit, base } => return format!("{base} 进制的整数里不能有“{digit}”"),
        Error::NoSuchExtension(name) => return format!("文件开头要求的扩展“{name}”不存在"),
        Error::UnclosedBlockComment => "从这里开始的注释没有结束",
        Error::UnclosedLineComment => "最后一行注释之后缺少换行",
        Error::UnderscoreAtBeginning => "数字不能以下划线开头",
        Error::UnexpectedChar(_) => "这里有一个不该出现的“/”：注释要写成 // 或 /* */",
        Error::TrailingCharacters => "文件在此之前已经完整，后面还有多余的内容",
        Error::Utf8Error(_) => "文字里有无法识别的编码",
        Error::InvalidValueForType { expected, found } => {
            return format!("这里应当是{}，却是{}", types::expected(expected), types::found(found));
        }
        Error::ExpectedDifferentLength { expected, found } => {
            return format!("这里应当是{}，却有 {found} 项", types::expected(expected));
        }
        Error::NoSuchEnumVariant { found, .. } => return format!("没有名为“{found}”的选项"),
        Error::NoSuchStructField { found, .. } => return format!("没有名为“{found}”的项目"),
        Error::MissingStructField { field, .. } => return format!("缺少项目“{field}”"),
        Error::DuplicateStructField { field, .. } => return format!("项目“{field}”写了两次"),
        Error::InvalidIdentifier(name) => return format!("“{name}”不能用作名称"),
        Error::SuggestRawIdentifier(name) if name.starts_with(|c: char| c.is_ascii_digit()) => {
            return format!("这里应当是一个名称，却是“{name}”");
        }
        Error::SuggestRawIdentifier(name) => return format!("名称“{name}”里有特殊符号，要写成“r#{name}”"),
        Error::ExceededRecursionLimit => "括号嵌套过深",
        Error::ExpectedStructName(name) => return format!("这里应当写出名称“{name}”"),
        Error::ExpectedRangeSyntax => "这里应当是范围，例如 1..5",
        // Our own messages come this way and are Chinese; those of other code are not for users.
        Error::Message(message) if types::is_chinese(message) => return message.clone(),
        Error::Io(_) => "读取时出错",
        _ => "这里的内容不合要求",
    };
    sentence.to_owned()
}

/// The first character of `rest` that is written full-width or Chinese where RON wants ASCII, and that ASCII.
fn full_width(rest: &str) -> Option<(char, char)> {
    let c = rest.trim_start().chars().next()?;
    let right = match c {
        '“' | '”' | '„' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        '：' => ':',
        '，' | '、' => ',',
        '（' => '(',
        '）' => ')',
        '【' => '[',
        '】' => ']',
        // The rest of the block stands in the order of ASCII.
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0)?,
        _ => return None,
    };
    Some((c, right))
}

/// The likeliest name, or the few that there are.
fn one_of(expected: &[&str], found: &str) -> Option<String> {
    if let Some(name) = closest(found, expected.iter().copied()) {
        return Some(format!("是否为“{name}”？"));
    }
    if expected.is_empty() {
        return None;
    }
    let more = if expected.len() > 12 { "等" } else { "" };
    let names: Vec<String> = expected.iter().take(12).map(|name| format!("“{name}”")).collect();
    Some(format!("可以用的有{}{more}", names.join("、")))
}

#[cfg(test)]
mod tests;
