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
        Some(match name {
            "title" => Key::Title,
            "kind" => Key::Kind,
            "issuers" => Key::Issuers,
            "publisher" => Key::Publisher,
            "doc_number" => Key::DocNumber,
            "index_number" => Key::IndexNumber,
            "category" => Key::Category,
            "topic" => Key::Topic,
            "validity" => Key::Validity,
            "written_on" => Key::WrittenOn,
            "published_on" => Key::PublishedOn,
            "effective_on" => Key::EffectiveOn,
            "expires_on" => Key::ExpiresOn,
            "addressees" => Key::Addressees,
            "secrecy" => Key::Secrecy,
            "urgency" => Key::Urgency,
            "copy_number" => Key::CopyNumber,
            "approver" => Key::Approver,
            "cc" => Key::Cc,
            "printed_by" => Key::PrintedBy,
            "note" => Key::Note,
            "keywords" => Key::Keywords,
            "origin" => Key::Origin,
            "disclosure" => Key::Disclosure,
            "other" => Key::Other,
            "noise" => Key::Noise,
            _ => return None,
        })
    }

    /// Whether the key's value is a day.
    pub fn is_day(self) -> bool {
        matches!(
            self,
            Key::WrittenOn | Key::PublishedOn | Key::EffectiveOn | Key::ExpiresOn
        )
    }
}

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
