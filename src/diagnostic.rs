//! What is odd in a text: findings as data. Parsing succeeds all the same.
//!
//! A finding has a stable code that people select, ignore and count by; a severity fixed by the code; a
//! message; and the place. How it is drawn is the business of whoever shows it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What sort of oddity.
    pub code: Code,
    /// How grave.
    pub severity: Severity,
    /// One line, in English, that names what was found.
    pub message: String,
    /// Where, when it has a place.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// A finding of this code; the severity is the code's.
    pub fn new(code: Code, span: Option<Span>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            span,
        }
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Likely a slip.
    Warning,
    /// Surely wrong.
    Error,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $severity:ident;)+) => {
        /// The sort of a finding. Ids are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ #[serde(rename = $id)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The stable id: `numbering-gap`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id),+ }
            }

            /// How grave findings of this code are.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    /// Bytes that no character of the encoding has.
    UndecodableBytes = "undecodable-bytes", Warning;
    /// A line that found no place.
    UnplacedLine = "unplaced-line", Info;
    /// The text holds no notice: it is empty.
    EmptyText = "empty-text", Warning;
    /// A bound on bytes, depth or nodes was met.
    LimitReached = "limit-reached", Warning;
    /// A number of a sequence is missing.
    NumberingGap = "numbering-gap", Warning;
    /// A number of a sequence stands twice.
    NumberingRepeat = "numbering-repeat", Warning;
    /// The marks of one sequence change their style.
    NumberingStyle = "numbering-style", Info;
    /// A measure names nobody where others do.
    MeasureWithoutUnit = "measure-without-unit", Info;
    /// A unit's name is one slip away from another in the notice.
    UnitNearMiss = "unit-near-miss", Warning;
    /// A due date lies before the notice was written.
    DeadlineBeforeNotice = "deadline-before-notice", Warning;
    /// 发文字号 is not in the standard form.
    DocNumberForm = "doc-number-form", Warning;
    /// The check digit of the index number's social credit code fails.
    IndexNumberCheck = "index-number-check", Error;
    /// The notice has no title.
    TitleMissing = "title-missing", Info;
    /// The notice states no document number.
    DocNumberMissing = "doc-number-missing", Info;
    /// The notice states no date of writing.
    DateMissing = "date-missing", Info;
    /// A bracket without its partner.
    UnbalancedBracket = "unbalanced-bracket", Warning;
    /// A quotation mark without its partner.
    UnbalancedQuote = "unbalanced-quote", Warning;
    /// A character was lost between digits: “1 6”方案.
    LostCharacter = "lost-character", Warning;
    /// Half-width punctuation among full-width.
    MixedWidth = "mixed-width", Info;
    /// A table that was flattened to text, kept whole.
    FlattenedTable = "flattened-table", Info;
    /// A picture whose words are not in the text.
    PictureLeftOut = "picture-left-out", Info;
    /// A page's labelled value differs from what its text says.
    PageDisagrees = "page-disagrees", Warning;
    /// A sequence of levels in the wrong order.
    LevelOrder = "level-order", Info;
    /// A date that does not exist: 2月30日.
    NoSuchDay = "no-such-day", Error;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Severity {
    /// The word: `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
