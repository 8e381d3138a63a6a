//! Numbers of spreadsheets as text: shares, days and plain numbers, as people see them.

use super::book::Value;

/// What a number stands for, by the number format of its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// A number.
    #[default]
    Plain,
    /// A share of one, shown as a percentage.
    Percent,
    /// A day, a time of day or both, counted in days.
    Moment {
        /// Whether the day is shown.
        day: bool,
        /// Whether the time is shown.
        time: bool,
    },
}

impl Kind {
    /// The kind of one of the formats that have a number and no code.
    pub(super) fn builtin(id: u16) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=17 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => Self::Moment { day: true, time: false },
            22 => Self::Moment { day: true, time: true },
            18..=21 | 32 | 33 | 45..=47 | 55 | 56 => Self::Moment { day: false, time: true },
            _ => Self::Plain,
        }
    }

    /// The kind of a format code such as `0.00%` or `yyyy"年"m"月"`.
    pub(super) fn of_code(code: &str) -> Self {
        if code.to_ascii_lowercase().contains("general") {
            return Self::Plain;
        }
        let (mut percent, mut year, mut day, mut month, mut hour, mut second) = Default::default();
        let mut digit = false;
        let mut characters = code.chars();
        while let Some(c) = characters.next() {
            match c {
                '"' => while characters.next().is_some_and(|c| c != '"') {},
                '[' => while characters.next().is_some_and(|c| c != ']') {},
                '\\' | '_' | '*' => {
                    characters.next();
                }
                // What follows is for negative numbers.
                ';' => break,
                '%' => percent = true,
                '0' | '#' | '?' => digit = true,
                'y' | 'Y' | 'e' | 'E' => year = true,
                'd' | 'D' => day = true,
                'm' | 'M' => month = true,
                'h' | 'H' => hour = true,
                's' | 'S' => second = true,
                _ => {}
            }
        }
        let clock = hour || second;
        if percent {
            Self::Percent
        } else if !digit && (year || day || clock || month) {
            Self::Moment { day: year || day || (month && !clock), time: clock }
        } else {
            Self::Plain
        }
    }

    /// The value of a cell that holds a number.
    pub(super) fn value(self, number: f64, from_1904: bool) -> Value {
        let text = self.show(number, from_1904);
        let kept = Some(plain(number)).filter(|plain| matches!(self, Self::Moment { .. }) && *plain != text);
        Value { text, number: kept, ..Value::default() }
    }

    /// A number as people see it. `from_1904`: whether days are counted from 1904.
    pub(super) fn show(self, number: f64, from_1904: bool) -> String {
        match self {
            Self::Plain => plain(number),
            Self::Percent => format!("{}%", plain(number * 100.0)),
            Self::Moment { day, time } => {
                moment(number, day, time, from_1904).unwrap_or_else(|| plain(number))
            }
        }
    }
}

/// A number in full, to the fifteen digits that spreadsheets keep: the remainder of binary fractions is not shown.
pub(super) fn plain(number: f64) -> String {
    let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if kept == 0.0 { "0".to_owned() } else { format!("{kept}") }
}

/// `2021-03-05`, `08:30:00` or both; none beyond the year 9999.
fn moment(number: f64, day: bool, time: bool, from_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let seconds = (number.fract() * 86_400.0).round() as i64;
    let days = number.trunc() as i64 + seconds / 86_400 + if from_1904 { 1462 } else { 0 };
    let seconds = seconds % 86_400;
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if !day || (time && days == 0) {
        return Some(clock);
    }
    // Spreadsheets believe in 29 February 1900, which is day 60.
    let since_1970 = if days < 60 { days + 1 } else { days } - 25_569;
    let (year, month, date) = civil(since_1970);
    let text = format!("{year:04}-{month:02}-{date:02}");
    Some(if time && seconds != 0 { format!("{text} {clock}") } else { text })
}

/// The number of a day and time in writing, `2021-03-05T08:30:00`, counted in days from another day.
pub(super) fn of_date(written: &str, from: &str) -> Option<String> {
    let (day, time) = written.split_once('T').unwrap_or((written, ""));
    let seconds = if time.is_empty() { 0.0 } else { of_clock(time, ":")? };
    let days = i32::try_from(since_1970(day)? - since_1970(from)?).ok()?;
    Some(plain(f64::from(days) + seconds / 86_400.0))
}

/// The number of a duration in writing, `PT3648H00M00S`, in days.
pub(super) fn of_time(written: &str) -> Option<String> {
    let seconds = of_clock(&written.strip_prefix("PT")?.replace(['H', 'M'], ":").replace('S', ""), ":")?;
    Some(plain(seconds / 86_400.0))
}

/// The seconds of hours, minutes and seconds.
fn of_clock(written: &str, between: &str) -> Option<f64> {
    let parts: Vec<f64> = written.splitn(3, between).map(str::parse).collect::<Result<_, _>>().ok()?;
    let seconds = parts.iter().fold(0.0, |sum, part| sum * 60.0 + part);
    (parts.len() == 3 && seconds.is_finite()).then_some(seconds)
}

/// The days from 1970-01-01 to a day in writing, by the Gregorian calendar.
fn since_1970(day: &str) -> Option<i64> {
    let parts: Vec<i64> = day.splitn(3, '-').map(str::parse).collect::<Result<_, _>>().ok()?;
    let &[year @ 0..=9999, month @ 1..=12, day @ 1..=31] = parts.as_slice() else { return None };
    // Years begin in March here as well.
    let year = if month < 3 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

/// The date of a day counted from 1970-01-01, by the Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years begin in March here, so that the leap day is the last of its year.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_show_no_binary_remainder() {
        for (number, text) in [
            (12.0, "12"),
            (7730.28, "7730.28"),
            (7_730.280_000_000_001, "7730.28"),
            (0.1 + 0.2, "0.3"),
            (-4.0, "-4"),
            (-0.0, "0"),
            (11_398_889.0, "11398889"),
            (59_237.244_9, "59237.2449"),
            (1e15, "1000000000000000"),
        ] {
            assert_eq!(plain(number), text);
        }
    }

    #[test]
    fn codes_tell_shares_and_days() {
        let day = Kind::Moment { day: true, time: false };
        for (code, kind) in [
            ("General", Kind::Plain),
            ("0.00%", Kind::Percent),
            ("yyyy\"年\"m\"月\"d\"日\"", day),
            ("m/d", day),
            ("[$-804]yyyy/m/d;@", day),
            ("h:mm:ss", Kind::Moment { day: false, time: true }),
            ("yyyy-mm-dd hh:mm", Kind::Moment { day: true, time: true }),
            ("#,##0.00\"件d\"", Kind::Plain),
            ("0.00E+00", Kind::Plain),
            ("[Red]0", Kind::Plain),
        ] {
            assert_eq!(Kind::of_code(code), kind, "{code}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = Kind::Moment { day: true, time: false };
        let both = Kind::Moment { day: true, time: true };
        assert_eq!(day.show(44_926.0, false), "2022-12-31");
        assert_eq!(day.show(44_926.0 - 1462.0, true), "2022-12-31");
        assert_eq!(day.show(59.0, false), "1900-02-28");
        assert_eq!(day.show(61.0, false), "1900-03-01");
        assert_eq!(both.show(44_256.354_166_666_7, false), "2021-03-01 08:30:00");
        assert_eq!(Kind::Moment { day: false, time: true }.show(0.5, false), "12:00:00");
        assert_eq!(day.show(1e300, false), plain(1e300));
        assert_eq!(Kind::Percent.show(0.339_1, false), "33.91%");
    }

    #[test]
    fn days_in_writing_are_numbers() {
        let days = |day: &str| of_date(day, "1899-12-30");
        for (day, number) in
            [("1900-05-31", "152"), ("2022-12-31", "44926"), ("2021-03-01T12:00:00", "44256.5")]
        {
            assert_eq!(days(day).as_deref(), Some(number), "{day}");
        }
        assert_eq!(of_date("1904-06-01", "1904-01-01").as_deref(), Some("152"));
        assert_eq!(of_time("PT3648H00M00S").as_deref(), Some("152"));
        for wrong in ["", "1900", "1900-13-01", "-1-2-3", "1900-05-31T", "1900-05-31T8", "99999999999-1-1"] {
            assert_eq!(days(wrong).is_some(), wrong.ends_with('T'), "{wrong}");
            assert_eq!(of_time(wrong), None, "{wrong}");
        }
    }
}
