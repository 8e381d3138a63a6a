//! Calendar days as people write them.

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, four digits.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day, 1 to 31.
    pub day: u32,
}

impl Date {
    /// Reads `2021-01-31`, `2021/1/31`, `2021.1.31` or `2021年1月31日`, full-width digits included. None if
    /// it is no day of the calendar.
    pub fn read(text: &str) -> Option<Self> {
        let folded = folded(text, "２０２１年１２月３１日".len())?;
        let body = folded.strip_suffix('日').unwrap_or(&folded);
        let mut parts = body.splitn(3, ['-', '/', '.', '年', '月']);
        let year = number(parts.next()?, 4, 4)?;
        let month = number(parts.next()?, 1, 2)?;
        let day = number(parts.next()?, 1, 2)?;
        let date = Self { year, month: u32::try_from(month).ok()?, day: u32::try_from(day).ok()? };
        (date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= date.days_in_month())
            .then_some(date)
    }

    fn days_in_month(self) -> u32 {
        let leap = (self.year % 4 == 0 && self.year % 100 != 0) || self.year % 400 == 0;
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 31,
        }
    }
}

/// Reads a year in four digits, full-width ones included.
pub fn read_year(text: &str) -> Option<i64> {
    let folded = folded(text, "２０２１年".len())?;
    let year = number(folded.strip_suffix('年').unwrap_or(&folded), 4, 4)?;
    (1900..=2999).contains(&year).then_some(year)
}

fn number(text: &str, shortest: usize, longest: usize) -> Option<i64> {
    let plain = text.len() >= shortest && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// The text in half width; none if it has more bytes than anything that is meant.
fn folded(text: &str, longest: usize) -> Option<String> {
    let text = text.trim();
    (text.len() <= longest).then(|| text.chars().map(fold).collect())
}

fn fold(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '－' | '—' | '–' => '-',
        '．' | '。' => '.',
        '／' => '/',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_as_people_write_them() {
        let day = Some(Date { year: 2021, month: 2, day: 19 });
        for text in ["2021-02-19", "2021/2/19", "2021.2.19", "2021年2月19日", " ２０２１年２月１９日 "]
        {
            assert_eq!(Date::read(text), day, "{text}");
        }
        for text in ["20201月1日", "2021-13-01", "2021-02-29", "2021-2", "2021-2-3-4", "21-2-3", "", "今天"]
        {
            assert_eq!(Date::read(text), None, "{text}");
        }
        assert!(Date::read("2020-02-29").is_some());
        assert!(Date::read("1900-02-29").is_none());
    }

    #[test]
    fn a_year_has_four_digits() {
        assert_eq!(read_year("2020"), Some(2020));
        assert_eq!(read_year("２０２０年"), Some(2020));
        assert_eq!(read_year("20201"), None);
        assert_eq!(read_year("0001"), None);
    }
}
