//! Every unit of a notice once, with its level and sort, and what it answers for.

use std::collections::HashMap;

use super::is_collective;
use crate::model::{Header, Level, Node, Role, Unit, UnitKind, UnitNode};
use crate::text::chars;
use crate::vocab::unit_names as vocab;

/// Every unit once, in the order of first mention, with what it answers for; the header tells whose city 市 means.
pub fn units<'n>(header: &Header, nodes: impl Iterator<Item = &'n Node>) -> Vec<Unit> {
    let place = Place::of(header);
    let mut units: Vec<Unit> = Vec::new();
    let mut places: HashMap<&'n str, usize> = HashMap::new();
    for node in nodes {
        for responsibility in &node.responsibilities {
            let place = *places.entry(&responsibility.unit).or_insert_with(|| {
                units.push(Unit {
                    name: responsibility.unit.clone(),
                    level: level(&responsibility.unit, place),
                    kind: kind(&responsibility.unit, responsibility.role),
                    written_as: Vec::new(),
                    nodes: Vec::new(),
                });
                units.len() - 1
            });
            let Some(unit) = units.get_mut(place) else {
                continue;
            };
            if !unit.written_as.contains(&responsibility.text) {
                unit.written_as.push(responsibility.text.clone());
            }
            unit.nodes.push(UnitNode {
                id: node.id.clone(),
                role: responsibility.role,
            });
        }
    }
    units
}

/// Whose notice it is, as far as levels go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A municipality (直辖市): its 市 is of the rank of a province.
    Municipality,
    Other,
}

impl Place {
    fn of(header: &Header) -> Place {
        let names = header.issuers.iter().chain(&header.signed_by);
        let mut names = names.chain(&header.title);
        let municipal = |name: &String| MUNICIPALITIES.iter().any(|m| name.starts_with(m));
        if names.any(municipal) {
            Place::Municipality
        } else {
            Place::Other
        }
    }
}

/// 直辖市.
const MUNICIPALITIES: [&str; 4] = ["北京市", "上海市", "天津市", "重庆市"];

fn level(name: &str, place: Place) -> Option<Level> {
    let head = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    if head(&["国家", "中国", "中央", "中共中央", "国务院", "全国"])
        || name.ends_with("总局")
        || name.ends_with("总署")
    {
        Some(Level::National)
    } else if head(&["省", "自治区", "各省"]) || name.ends_with('厅') {
        Some(Level::Province)
    } else if head(&["各县", "各区", "各旗", "县", "区", "旗"]) {
        Some(Level::County)
    } else if head(&["各市、", "各市（", "各市〔"]) {
        None
    } else if head(&MUNICIPALITIES) || place == Place::Municipality && head(&["市"]) {
        Some(Level::Province)
    } else if head(&["市", "州", "盟", "各市", "各设区", "各地级"]) {
        Some(Level::Prefecture)
    } else if head(&["各乡", "各镇", "各街道", "乡", "镇"]) {
        Some(Level::Township)
    } else {
        None
    }
}

fn kind(name: &str, role: Role) -> Option<UnitKind> {
    if role == Role::Leader {
        return Some(UnitKind::Person);
    }
    // 各县〔市、区〕政府〔管委会〕 ends like 各县政府.
    let bare = without_brackets(name);
    let kind = match vocab::ending(name).or_else(|| vocab::ending(&bare))?.1 {
        "government" => UnitKind::Government,
        "department" => UnitKind::Department,
        "party" => UnitKind::Party,
        "congress" => UnitKind::Congress,
        "judiciary" => UnitKind::Judiciary,
        "zone_administration" => UnitKind::ZoneAdministration,
        "vertical" => UnitKind::Vertical,
        "enterprise" => UnitKind::Enterprise,
        "public_institution" => UnitKind::PublicInstitution,
        "social_organization" => UnitKind::SocialOrganization,
        "task_force" => UnitKind::TaskForce,
        "office" => UnitKind::Office,
        "collective" => UnitKind::Collective,
        _ => return None,
    };
    Some(match kind {
        UnitKind::Department | UnitKind::Office if is_collective(name) => UnitKind::Collective,
        other => other,
    })
}

/// A name less what stands in brackets.
fn without_brackets(name: &str) -> String {
    let mut depth = 0usize;
    let mut bare = String::new();
    for c in name.chars() {
        if chars::is_open_bracket(c) {
            depth += 1;
        } else if chars::is_close_bracket(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            bare.push(c);
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_endings_brackets_left_out() {
        let government = Some(UnitKind::Government);
        assert_eq!(
            kind("各县〔市、区〕政府〔管委会〕", Role::Responsible),
            government
        );
        assert_eq!(
            kind("各县（市、区）人民政府", Role::Responsible),
            government
        );
        assert_eq!(kind("甲乙丙", Role::Responsible), None);
        assert_eq!(kind("张某", Role::Leader), Some(UnitKind::Person));
    }

    #[test]
    fn a_municipality_is_of_the_rank_of_a_province() {
        let levels = |issuer: &str| {
            let header = Header {
                issuers: vec![issuer.to_owned()],
                ..Header::default()
            };
            ["市财政局", "重庆市", "区商务局"].map(|name| level(name, Place::of(&header)))
        };
        let (province, county) = (Some(Level::Province), Some(Level::County));
        assert_eq!(levels("上海市商务委员会"), [province, province, county]);
        assert_eq!(
            levels("云州市人民政府"),
            [Some(Level::Prefecture), province, county]
        );
    }
}
