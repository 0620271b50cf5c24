//! Labels of cards, sign-offs and imprints → keys of the header.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a label stands for: a key of the header, a known label without one, or furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// 标题.
    Title,
    /// 文种.
    Kind,
    /// 发文机关.
    Issuers,
    /// 发布机构: who published the page.
    Publisher,
    /// 发文字号.
    DocNumber,
    /// 索引号.
    IndexNumber,
    /// 信息类别, 体裁.
    Category,
    /// 主题分类.
    Topic,
    /// 有效性.
    Validity,
    /// 成文日期.
    WrittenOn,
    /// 发布日期.
    PublishedOn,
    /// 生效日期.
    EffectiveOn,
    /// 失效日期.
    ExpiresOn,
    /// 主送.
    Addressees,
    /// 密级.
    Secrecy,
    /// 紧急程度.
    Urgency,
    /// 份号.
    CopyNumber,
    /// 签发人.
    Approver,
    /// 抄送.
    Cc,
    /// 印发机关.
    PrintedBy,
    /// 附注.
    Note,
    /// 主题词.
    Keywords,
    /// 来源.
    Origin,
    /// 公开方式.
    Disclosure,
    /// A label that the contract has no key for.
    Other,
    /// The furniture of a page: 浏览次数, 字号.
    Noise,
}

impl Key {
    fn read(name: &str) -> Option<Key> {
        NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(key, _)| *key)
    }

    /// The header's name for the key.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(key, _)| *key == self)
            .map_or("other", |(_, name)| name)
    }

    /// Whether the key's value is a day.
    pub fn is_day(self) -> bool {
        matches!(
            self,
            Key::WrittenOn | Key::PublishedOn | Key::EffectiveOn | Key::ExpiresOn
        )
    }
}

const NAMES: [(Key, &str); 26] = [
    (Key::Title, "title"),
    (Key::Kind, "kind"),
    (Key::Issuers, "issuers"),
    (Key::Publisher, "publisher"),
    (Key::DocNumber, "doc_number"),
    (Key::IndexNumber, "index_number"),
    (Key::Category, "category"),
    (Key::Topic, "topic"),
    (Key::Validity, "validity"),
    (Key::WrittenOn, "written_on"),
    (Key::PublishedOn, "published_on"),
    (Key::EffectiveOn, "effective_on"),
    (Key::ExpiresOn, "expires_on"),
    (Key::Addressees, "addressees"),
    (Key::Secrecy, "secrecy"),
    (Key::Urgency, "urgency"),
    (Key::CopyNumber, "copy_number"),
    (Key::Approver, "approver"),
    (Key::Cc, "cc"),
    (Key::PrintedBy, "printed_by"),
    (Key::Note, "note"),
    (Key::Keywords, "keywords"),
    (Key::Origin, "origin"),
    (Key::Disclosure, "disclosure"),
    (Key::Other, "other"),
    (Key::Noise, "noise"),
];

static LABELS: LazyLock<HashMap<&'static str, Key>> = LazyLock::new(|| {
    super::rows(include_str!("labels.tsv"))
        .filter_map(|row| Some((*row.first()?, Key::read(row.get(1)?)?)))
        .collect()
});

/// What a label without spaces stands for.
pub fn key(label: &str) -> Option<Key> {
    LABELS.get(label).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_and_none_stands_twice() {
        let rows: Vec<_> = crate::vocab::rows(include_str!("labels.tsv")).collect();
        for row in &rows {
            assert!(row.len() == 2 && Key::read(row[1]).is_some(), "{row:?}");
            assert!(!row[0].contains(char::is_whitespace), "{row:?}");
        }
        assert_eq!(rows.len(), LABELS.len());
    }
}
