//! The model's enumerations as words: the one of the files, and the Chinese one of the workbook.

use crate::model::{
    Change, Comparator, Format, Level, Modality, NodeKind, QuantityKind, Role, UnitKind,
};

macro_rules! words {
    ($($(#[$doc:meta])+ $name:ident, $chinese:ident: $type:ident { $($variant:ident = $word:literal $zh:literal,)+ })+) => {
        $(
            $(#[$doc])+
            pub fn $name(value: $type) -> &'static str {
                match value { $($type::$variant => $word,)+ }
            }

            /// The same in Chinese.
            pub fn $chinese(value: $type) -> &'static str {
                match value { $($type::$variant => $zh,)+ }
            }
        )+

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn words_are_those_of_the_json() {
                $($(
                    let json = serde_json::to_value($type::$variant).unwrap();
                    assert_eq!(json, $name($type::$variant));
                    assert!(!$chinese($type::$variant).is_ascii());
                )+)+
            }
        }
    };
}

words! {
    /// The word for a format.
    format, format_zh: Format {
        Text = "text" "文本",
        Html = "html" "网页",
    }
    /// The word for a kind of node.
    node_kind, node_kind_zh: NodeKind {
        Section = "section" "部分",
        Measure = "measure" "措施",
        Item = "item" "条目",
        Paragraph = "paragraph" "段落",
    }
    /// The word for a role.
    role, role_zh: Role {
        Lead = "lead" "牵头",
        Responsible = "responsible" "责任",
        Cooperating = "cooperating" "配合",
        Supervising = "supervising" "督导",
        Leader = "leader" "责任领导",
    }
    /// The word for a bound.
    comparator, comparator_zh: Comparator {
        Eq = "eq" "等于",
        Ge = "ge" "不低于",
        Gt = "gt" "超过",
        Le = "le" "不超过",
        Lt = "lt" "低于",
        Approx = "approx" "约",
        Range = "range" "区间",
    }
    /// The word for a kind of quantity.
    quantity_kind, quantity_kind_zh: QuantityKind {
        Count = "count" "数量",
        Money = "money" "金额",
        Percent = "percent" "百分比",
        PercentagePoint = "percentage_point" "百分点",
        Ratio = "ratio" "比例",
        Multiple = "multiple" "倍数",
        Duration = "duration" "时长",
        Area = "area" "面积",
        Length = "length" "长度",
        Mass = "mass" "质量",
        Volume = "volume" "体积",
        Energy = "energy" "能量",
        Power = "power" "功率",
        Temperature = "temperature" "温度",
        Other = "other" "其他",
    }
    /// The word for how firmly a commitment is made.
    modality, modality_zh: Modality {
        Ensure = "ensure" "确保",
        Strive = "strive" "力争",
    }
    /// The word for a change.
    change, change_zh: Change {
        Level = "level" "水平",
        Increase = "increase" "增加",
        Decrease = "decrease" "减少",
    }
    /// The word for a level of administration.
    level, level_zh: Level {
        National = "national" "国家",
        Province = "province" "省级",
        Prefecture = "prefecture" "市级",
        County = "county" "县级",
        Township = "township" "乡级",
    }
    /// The word for a sort of body.
    unit_kind, unit_kind_zh: UnitKind {
        Government = "government" "政府",
        Department = "department" "政府部门",
        Party = "party" "党委机构",
        Congress = "congress" "人大政协",
        Judiciary = "judiciary" "司法机关",
        ZoneAdministration = "zone_administration" "园区管委会",
        Vertical = "vertical" "垂直管理机构",
        Enterprise = "enterprise" "企业",
        PublicInstitution = "public_institution" "事业单位",
        SocialOrganization = "social_organization" "群团组织",
        TaskForce = "task_force" "专班",
        Office = "office" "内设机构",
        Collective = "collective" "统称",
        Person = "person" "个人",
    }
}
