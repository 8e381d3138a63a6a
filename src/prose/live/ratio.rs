//! Exact numbers: nothing is rounded before it is shown.

/// A number as a fraction in lowest terms, its lower part above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    above: i128,
    below: i128,
}

impl Ratio {
    pub(super) fn new(above: i128, below: i128) -> Option<Self> {
        let common = i128::try_from(common_divisor(above.unsigned_abs(), below.unsigned_abs())).ok()?;
        let (above, below) = (above.checked_div(common)?, below.checked_div(common)?);
        if below < 0 {
            return Some(Self { above: above.checked_neg()?, below: below.checked_neg()? });
        }
        (below > 0).then_some(Self { above, below })
    }

    pub(super) fn is_zero(self) -> bool {
        self.above == 0
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (left, right) = (self.above.checked_mul(other.below)?, other.above.checked_mul(self.below)?);
        Self::new(left.checked_add(right)?, self.below.checked_mul(other.below)?)
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { above: other.above.checked_neg()?, ..other })
    }

    pub(super) fn over(self, other: Self) -> Option<Self> {
        Self::new(self.above.checked_mul(other.below)?, self.below.checked_mul(other.above)?)
    }

    /// With all its decimals, if that are at most six.
    pub(super) fn exactly(self) -> Option<String> {
        let decimals = (0..=6).find(|decimals| 10_i128.pow(*decimals) % self.below == 0)?;
        self.rounded(decimals)
    }

    pub(super) fn percentage(self, decimals: u32) -> Option<String> {
        let hundredfold = Self::new(self.above.checked_mul(100)?, self.below)?;
        Some(format!("{}%", hundredfold.rounded(decimals)?))
    }

    /// With exactly so many decimals, rounded half away from zero.
    pub(super) fn rounded(self, decimals: u32) -> Option<String> {
        let one = 10_u128.checked_pow(decimals)?;
        let (above, below) = (self.above.unsigned_abs(), self.below.unsigned_abs());
        let (whole, rest) = (above / below, above % below);
        let twice = rest.checked_mul(one)?.checked_mul(2)?.checked_add(below)?;
        let units = whole.checked_mul(one)?.checked_add(twice / below.checked_mul(2)?)?;
        let sign = if self.above < 0 && units > 0 { "-" } else { "" };
        let (whole, fraction) = (units / one, units % one);
        if decimals == 0 {
            return Some(format!("{sign}{whole}"));
        }
        Some(format!("{sign}{whole}.{fraction:0width$}", width = decimals as usize))
    }
}

fn common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}
