//! Moments as people read them.
//!
//! The whole country keeps one legal time, eight hours before UTC, which holds for every reader of a draft
//! whatever the clock of this computer is set to; so no time zone has to be looked up.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A moment, to the second. Shown as Beijing time: `2026-07-13 16:15:02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Moment(u64);

impl Moment {
    /// From the clock of the system. Before 1970 there is nothing, and after 9999 nothing more.
    pub fn of(time: SystemTime) -> Self {
        Self::from_seconds(time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }

    /// From seconds since the beginning of 1970, UTC.
    pub fn from_seconds(seconds: u64) -> Self {
        Self(seconds.min(LAST))
    }

    /// Seconds since the beginning of 1970, UTC.
    pub fn seconds(self) -> u64 {
        self.0
    }

    /// `20260713-161502`, for names of files.
    pub fn compact(self) -> String {
        let (year, month, day, hour, minute, second) = self.parts();
        format!("{year:04}{month:02}{day:02}-{hour:02}{minute:02}{second:02}")
    }

    /// Reads what [`compact`](Self::compact) writes.
    pub fn read_compact(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('-')?;
        let digits = |part: &str, len: usize| {
            (part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit())).then_some(())
        };
        digits(date, 8)?;
        digits(time, 6)?;
        let number = |part: &str, from: usize, to: usize| part.get(from..to)?.parse::<u64>().ok();
        let days = days_to(number(date, 0, 4)?, number(date, 4, 6)?, number(date, 6, 8)?)?;
        let clock = number(time, 0, 2)? * 3600 + number(time, 2, 4)? * 60 + number(time, 4, 6)?;
        let moment = Self((days * DAY + clock).checked_sub(BEIJING)?);
        // Days and hours that do not exist come out as others.
        (moment.compact() == text).then_some(moment)
    }

    fn parts(self) -> (u64, u64, u64, u64, u64, u64) {
        let local = self.0.min(LAST) + BEIJING;
        let (year, month, day) = date_of(local / DAY);
        let clock = local % DAY;
        (year, month, day, clock / 3600, clock / 60 % 60, clock % 60)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day, hour, minute, second) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

const DAY: u64 = 86_400;
const BEIJING: u64 = 8 * 3600;
/// The end of 9999 in Beijing.
const LAST: u64 = 253_402_300_799 - BEIJING;

/// Year, month and day of a day counted from 1970-01-01. Years are taken to begin in March, so that the leap day
/// comes last.
fn date_of(days: u64) -> (u64, u64, u64) {
    let since = days + 719_468;
    let era = since / 146_097;
    let day_of_era = since % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

/// The reverse of [`date_of`]; none before 1970.
fn days_to(year: u64, month: u64, day: u64) -> Option<u64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = year.checked_sub(u64::from(month <= 2))?;
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    (365 * year + year / 4 + day_of_year + year / 400).checked_sub(year / 100)?.checked_sub(719_468)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_moments() {
        assert_eq!(Moment(0).to_string(), "1970-01-01 08:00:00");
        assert_eq!(Moment(951_782_399).to_string(), "2000-02-29 07:59:59");
        assert_eq!(Moment::from_seconds(u64::MAX).to_string(), "9999-12-31 23:59:59");
        for wrong in ["", "20260230-000000", "20260713-250000", "2026071-161502", "+0260713-161502", "一"] {
            assert_eq!(Moment::read_compact(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn written_and_read_again(seconds in 0..=LAST) {
            let moment = Moment::from_seconds(seconds);
            prop_assert_eq!(Moment::read_compact(&moment.compact()), Some(moment));
        }
    }
}
