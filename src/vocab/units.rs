//! 计量单位 and 量词: what may follow a number, and what it then measures.

use std::sync::LazyLock;

use super::finder::Finder;
use super::rows;

/// What a unit measures, as the table says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// 个, 家, 人次.
    Count,
    /// 元.
    Money,
    /// %.
    Percent,
    /// 个百分点.
    PercentagePoint,
    /// 倍.
    Multiple,
    /// 天.
    Duration,
    /// 亩.
    Area,
    /// 公里.
    Length,
    /// 吨.
    Mass,
    /// 立方米.
    Volume,
    /// 千瓦时.
    Energy,
    /// 千瓦.
    Power,
    /// ℃.
    Temperature,
    /// 分贝.
    Other,
    /// A word that only starts like a unit: 平台, 升级.
    Word,
}

/// One row of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// As it is written.
    pub written: &'static str,
    /// The name that is given out.
    pub name: &'static str,
    /// What it measures.
    pub measure: Measure,
    /// UCUM code, or ISO 4217 for money; not every unit has one.
    pub code: Option<&'static str>,
    /// Whether it is read after Arabic numerals only.
    pub arabic_only: bool,
    /// By how many places a value shifts to be one of the unit that is given out: 角 is -1.
    pub shift: i32,
}

/// The tables, and the finder of the longest entry at a place.
#[derive(Debug)]
pub struct Units {
    units: Vec<Unit>,
    words: Finder,
}

impl Units {
    /// The longest unit that `text` starts with.
    pub fn longest(&self, text: &str) -> Option<&Unit> {
        let (unit, _) = self.words.longest_at(text, 0)?;
        self.units.get(unit)
    }

    /// Every unit.
    pub fn all(&self) -> &[Unit] {
        &self.units
    }
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let mut units: Vec<Unit> = rows(include_str!("units.tsv")).filter_map(unit).collect();
    units.extend(rows(include_str!("measure_words.tsv")).filter_map(measure_word));
    let words = Finder::new(units.iter().map(|unit| unit.written));
    Units { units, words }
});

/// The tables of units and measure words.
pub fn units() -> &'static Units {
    &UNITS
}

fn unit(row: Vec<&'static str>) -> Option<Unit> {
    let [written, name, measure, code, ref more @ ..] = row[..] else {
        return None;
    };
    Some(Unit {
        written,
        name: name_of(written, name),
        measure: measure_of(measure)?,
        code: (code != "-").then_some(code),
        arabic_only: more.contains(&"arabic"),
        shift: more.iter().find_map(|cell| cell.parse().ok()).unwrap_or(0),
    })
}

fn measure_word(row: Vec<&'static str>) -> Option<Unit> {
    let [written, name, with] = row[..] else {
        return None;
    };
    Some(Unit {
        written,
        name: name_of(written, name),
        measure: Measure::Count,
        code: None,
        arabic_only: with == "arabic",
        shift: 0,
    })
}

fn name_of(written: &'static str, name: &'static str) -> &'static str {
    if name == "=" { written } else { name }
}

fn measure_of(word: &str) -> Option<Measure> {
    Some(match word {
        "money" => Measure::Money,
        "percent" => Measure::Percent,
        "percentage_point" => Measure::PercentagePoint,
        "multiple" => Measure::Multiple,
        "duration" => Measure::Duration,
        "area" => Measure::Area,
        "length" => Measure::Length,
        "mass" => Measure::Mass,
        "volume" => Measure::Volume,
        "energy" => Measure::Energy,
        "power" => Measure::Power,
        "temperature" => Measure::Temperature,
        "other" => Measure::Other,
        "word" => Measure::Word,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_none_stands_twice() {
        let lines = [include_str!("units.tsv"), include_str!("measure_words.tsv")]
            .iter()
            .flat_map(|table| rows(table))
            .count();
        assert_eq!(units().all().len(), lines);
        assert!(
            units()
                .longest("平台")
                .is_some_and(|u| u.measure == Measure::Word)
        );
        let mut written: Vec<_> = units().all().iter().map(|u| u.written).collect();
        written.sort_unstable();
        written.dedup();
        assert_eq!(written.len(), lines);
    }

    #[test]
    fn the_longest_is_taken() {
        let name = |text| units().longest(text).map(|u| u.name);
        assert_eq!(name("个百分点以上"), Some("个百分点"));
        assert_eq!(name("个工作日"), Some("工作日"));
        assert_eq!(name("千瓦时"), Some("千瓦时"));
        assert_eq!(name("的"), None);
    }
}
