//! A report for programs: one object with facts, figures, stated totals and prose by path.
//!
//! ```json
//! {
//!   "form": "2021",
//!   "cover": {"unit": "某县人民政府办公室", "year": "2025"},
//!   "figures": {"some.row.column": 99, "some.row.blank": null, "some.row.other": {"unread": "/"}, "some.row.sum": 99},
//!   "computed": ["some.row.sum"],
//!   "stated": {"some.row.sum": 98},
//!   "texts": {"overview": "……"},
//!   "notes": {},
//!   "explained": [{"at": "some.row", "code": "S-1", "message": "……", "words": "……"}]
//! }
//! ```
//!
//! Numbers have all their digits and never pass through a floating point number. What stands in a cell and is no
//! number is `unread`, a blank cell is `null`. `explained` is there if there are reasons (审核说明).

mod read;
mod write;

pub use read::read;
pub use write::{safe, write};

/// What the paths of cover facts begin with; the rest is the key in `cover`.
const COVER: &str = "cover.";
/// What the paths of prose begin with; the rest is the key in `texts`.
const TEXT: &str = "text.";

/// Whether a text is a JSON number without exponent, and so can stand as one.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

#[cfg(test)]
mod tests;
