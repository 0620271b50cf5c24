//! Exact numbers: an integer and the place of its point. 万 and 亿 shift the point.
//!
//! `8.7 * 1e8` is 869999999.9999999 in binary floating point; here 8.7亿 is 870000000.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact decimal number, `digits × 10^-scale`, always in lowest terms.
///
/// Holds 38 digits, with at most 27 of them behind the point; operations that would need more give `None`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Decimal {
    digits: i128,
    scale: u8,
}

/// How many digits may stand behind the point.
const MAX_SCALE: u8 = 27;

impl Decimal {
    /// Nought.
    pub const ZERO: Decimal = Decimal {
        digits: 0,
        scale: 0,
    };
    /// One.
    pub const ONE: Decimal = Decimal {
        digits: 1,
        scale: 0,
    };

    /// `digits × 10^-scale`, brought to lowest terms; `None` where too small a part would be lost.
    pub fn new(mut digits: i128, mut scale: u32) -> Option<Decimal> {
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
            if digits == 0 {
                scale = 0;
            }
        }
        (scale <= u32::from(MAX_SCALE)).then_some(Decimal {
            digits,
            scale: scale as u8,
        })
    }

    /// The number times 10^`places` (万 is 4, 亿 is 8; negative moves the point left).
    pub fn shift(self, places: i32) -> Option<Decimal> {
        let scale = i32::from(self.scale) - places;
        if scale >= 0 {
            return Decimal::new(self.digits, scale as u32);
        }
        let factor = 10i128.checked_pow(scale.unsigned_abs())?;
        Decimal::new(self.digits.checked_mul(factor)?, 0)
    }

    /// The sum.
    pub fn checked_add(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        let sum = self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?;
        Decimal::new(sum, u32::from(scale))
    }

    /// The product.
    pub fn checked_mul(self, other: Decimal) -> Option<Decimal> {
        Decimal::new(
            self.digits.checked_mul(other.digits)?,
            u32::from(self.scale) + u32::from(other.scale),
        )
    }

    /// The quotient, exact where it ends within 18 places behind the point, else rounded half away from nought there.
    pub fn checked_div(self, other: Decimal) -> Option<Decimal> {
        const PLACES: u32 = 18;
        if other.digits == 0 {
            return None;
        }
        let up = 10i128.checked_pow(PLACES + u32::from(other.scale))?;
        let down = other
            .digits
            .checked_mul(10i128.checked_pow(u32::from(self.scale))?)?;
        let numerator = self.digits.checked_mul(up)?;
        let (quotient, rest) = (numerator / down, numerator % down);
        let away = rest.unsigned_abs() * 2 >= down.unsigned_abs();
        let sign = if (numerator < 0) != (down < 0) { -1 } else { 1 };
        Decimal::new(quotient + if away { sign } else { 0 }, PLACES)
    }

    /// The number rounded to so many digits, half away from nought: a third is 0.333333333333333 with fifteen.
    pub fn round_significant(self, digits: u32) -> Decimal {
        let size = self.digits.unsigned_abs();
        let have = size.checked_ilog10().map_or(0, |log| log + 1);
        let drop = have.saturating_sub(digits).min(u32::from(self.scale));
        let Some(unit) = 10u128.checked_pow(drop).filter(|_| drop > 0) else {
            return self;
        };
        let rounded = (size / unit + u128::from(size % unit * 2 >= unit)) as i128;
        let sign = if self.digits < 0 { -1 } else { 1 };
        Decimal::new(sign * rounded, u32::from(self.scale) - drop).unwrap_or(self)
    }

    /// The number with its sign turned.
    pub fn negate(self) -> Decimal {
        Decimal {
            digits: -self.digits,
            scale: self.scale,
        }
    }

    /// Whether the number is below nought.
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// The value, where it is a whole number that fits.
    pub fn to_i64(self) -> Option<i64> {
        (self.scale == 0).then(|| i64::try_from(self.digits).ok())?
    }

    /// The nearest binary floating-point number: for outputs that have no other kind (spreadsheets).
    pub fn to_f64(self) -> f64 {
        // Through text: the standard parser rounds once and correctly.
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    fn at_scale(self, scale: u8) -> Option<i128> {
        let factor = 10i128.checked_pow(u32::from(scale.checked_sub(self.scale)?))?;
        self.digits.checked_mul(factor)
    }
}

impl From<i64> for Decimal {
    fn from(n: i64) -> Decimal {
        Decimal {
            digits: i128::from(n),
            scale: 0,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.at_scale(scale), other.at_scale(scale)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // Too far apart for one scale: the one that overflowed is the larger in size.
            _ => self.to_f64().total_cmp(&other.to_f64()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let unit = 10u128.pow(u32::from(self.scale));
        let size = self.digits.unsigned_abs();
        let sign = if self.digits < 0 { "-" } else { "" };
        write!(
            f,
            "{sign}{}.{:0width$}",
            size / unit,
            size % unit,
            width = usize::from(self.scale)
        )
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is no decimal number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADecimal;

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a decimal number of at most 38 digits")
    }
}

impl std::error::Error for NotADecimal {}

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Reads `-12.50`, and `1.5e3` as JSON writers may print it.
    fn from_str(s: &str) -> Result<Decimal, NotADecimal> {
        let (mantissa, exponent) = match s.split_once(['e', 'E']) {
            Some((m, e)) => (m, e.parse::<i32>().map_err(|_| NotADecimal)?),
            None => (s, 0),
        };
        let (negative, plain) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
        if whole.is_empty() && part.is_empty() {
            return Err(NotADecimal);
        }
        let mut digits: i128 = 0;
        for byte in whole.bytes().chain(part.bytes()) {
            if !byte.is_ascii_digit() {
                return Err(NotADecimal);
            }
            digits = digits
                .checked_mul(10)
                .and_then(|d| d.checked_add(i128::from(byte - b'0')))
                .ok_or(NotADecimal)?;
        }
        let number = Decimal::new(digits, part.len() as u32)
            .and_then(|n| n.shift(exponent))
            .ok_or(NotADecimal)?;
        Ok(if negative { number.negate() } else { number })
    }
}

impl Serialize for Decimal {
    /// Writes the number digit for digit, never through a float.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(n) = self.to_i64() {
            return serializer.serialize_i64(n);
        }
        serde_json::value::RawValue::from_string(self.to_string())
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let raw = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        raw.get().parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(s: &str) -> Decimal {
        s.parse().unwrap()
    }

    #[test]
    fn the_point_shifts_exactly() {
        assert_eq!(n("8.7").shift(8).unwrap().to_string(), "870000000");
        assert_eq!(n("390").shift(8).unwrap().to_string(), "39000000000");
        assert_eq!(n("5").shift(-2).unwrap().to_string(), "0.05");
        assert_eq!(n("1").shift(60), None);
    }

    #[test]
    fn equal_numbers_are_equal() {
        assert_eq!(n("1.50"), n("1.5"));
        assert_eq!(n("-0"), n("0"));
        assert!(n("-1.5") < n("0.1"));
    }

    #[test]
    fn arithmetic() {
        assert_eq!(n("0.1").checked_add(n("0.2")).unwrap(), n("0.3"));
        assert_eq!(n("1.2").checked_mul(n("0.5")).unwrap(), n("0.6"));
        assert_eq!(
            n("1").checked_div(n("3")).unwrap().to_string(),
            "0.333333333333333333"
        );
        assert_eq!(
            n("2").checked_div(n("3")).unwrap().to_string(),
            "0.666666666666666667"
        );
        assert_eq!(n("3").checked_div(n("2")).unwrap(), n("1.5"));
        assert_eq!(n("1").checked_div(n("0")), None);
    }

    #[test]
    fn rounding_keeps_the_first_digits() {
        let third = n("1").checked_div(n("3")).unwrap();
        assert_eq!(third.round_significant(15).to_string(), "0.333333333333333");
        assert_eq!(n("-0.0666").round_significant(2).to_string(), "-0.067");
        assert_eq!(n("9.99").round_significant(2).to_string(), "10");
        assert_eq!(n("12345").round_significant(2).to_string(), "12345");
        assert_eq!(n("0").round_significant(2).to_string(), "0");
    }

    #[test]
    fn json_is_exact() {
        for text in [
            "6.5",
            "39000000000",
            "-0.05",
            "12345678901234567890.123456789",
        ] {
            let json = serde_json::to_string(&n(text)).unwrap();
            assert_eq!(json, text);
            assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), n(text));
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", "-", ".", "1.2.3", "１", "1e", "9".repeat(40).as_str()] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }
}
