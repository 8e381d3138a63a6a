//! The names that serde gives to types, in Chinese.

use std::borrow::Cow;

/// What serde says it expected: `a string`, `u8`, `struct Draft with 3 elements`. Our own expectations are
/// Chinese already and stay.
pub(super) fn expected(words: &str) -> Cow<'_, str> {
    if is_chinese(words) {
        return Cow::Borrowed(words);
    }
    let count = words.split_ascii_whitespace().find_map(|word| word.parse::<u32>().ok());
    if let Some(count) = count {
        return Cow::Owned(format!("一组（{count} 项）"));
    }
    let known = match words {
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize"
        | "an integer" => "整数",
        "f32" | "f64" | "a number" | "a float" => "数字",
        "a string" | "a borrowed string" | "str" | "string" | "path string" => "文字",
        "a boolean" | "bool" => "true 或 false",
        "a character" | "char" => "一个字符",
        "unit" => "()",
        "option" => "Some(内容) 或 None",
        "a sequence" | "an array" => "用 [ ] 括起来的一列内容",
        "a map" => "用 { } 括起来的内容",
        "an empty array" => "空的 [ ]",
        "variant identifier" | "field identifier" | "identifier" => "一个名称",
        _ => "",
    };
    if !known.is_empty() {
        return Cow::Borrowed(known);
    }
    let named = [
        "tuple struct ",
        "unit struct ",
        "struct variant ",
        "tuple variant ",
        "newtype variant ",
        "struct ",
        "enum ",
    ]
    .iter()
    .find_map(|prefix| words.strip_prefix(prefix));
    match named.filter(|name| !name.contains(' ')) {
        Some(name) => Cow::Owned(format!("“{name}”")),
        None => Cow::Borrowed("别的内容"),
    }
}

/// What `ron` says it found: ``the unsigned integer `3` ``, `the string "x"`, `a map`.
pub(super) fn found(words: &str) -> Cow<'_, str> {
    for (prefix, kind) in [
        ("the boolean ", ""),
        ("the unsigned integer ", "整数 "),
        ("the signed integer ", "整数 "),
        ("the floating point number ", "数字 "),
        ("the UTF-8 character ", "字符 "),
        ("the string ", "文字 "),
    ] {
        if let Some(value) = words.strip_prefix(prefix) {
            let value = value.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).unwrap_or(value);
            return Cow::Owned(format!("{kind}{value}"));
        }
    }
    match words {
        "a unit value" => Cow::Borrowed("()"),
        "an optional value" => Cow::Borrowed("Some 或 None"),
        "a sequence" => Cow::Borrowed("一列内容"),
        "a map" => Cow::Borrowed("带名称的内容"),
        words if words.starts_with("the byte string") => Cow::Borrowed("字节串"),
        words if is_chinese(words) => Cow::Borrowed(words),
        _ => Cow::Borrowed("别的内容"),
    }
}

/// Whether a message was written for our users.
pub(super) fn is_chinese(words: &str) -> bool {
    words.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}
