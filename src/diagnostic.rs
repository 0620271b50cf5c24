//! What is odd in a text: findings as data. Parsing succeeds all the same.
//!
//! A finding has a stable code that people select, ignore and count by; a severity fixed by the code; a
//! message; the place; and, where one is certain, the mending. How it is drawn is the business of whoever shows it.

use std::fmt;
use std::str::FromStr;

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
    /// The words that the message names, in the order of the code's template.
    pub args: Vec<String>,
    /// The mending, where one is certain.
    pub fix: Option<Fix>,
    /// The other places of the same slip.
    #[serde(default)]
    pub related: Vec<Span>,
}

/// How to mend a finding: replace these words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What to replace.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// The languages that findings are told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 中文.
    Chinese,
}

impl Diagnostic {
    /// A finding of this code, told by the code's template; the severity is the code's.
    pub fn new(code: Code, span: Option<Span>, args: &[&str]) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            message: fill(code.template(Language::English), args),
            span,
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            fix: None,
            related: Vec::new(),
        }
    }

    /// The same finding with its mending.
    pub fn with_fix(mut self, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix {
            span,
            replacement: replacement.into(),
        });
        self
    }

    /// The same finding with the other places of the same slip.
    pub fn with_related(mut self, related: Vec<Span>) -> Diagnostic {
        self.related = related;
        self
    }

    /// The message in a language.
    pub fn message_in(&self, language: Language) -> String {
        match language {
            Language::English => self.message.clone(),
            Language::Chinese => {
                let args: Vec<&str> = self.args.iter().map(String::as_str).collect();
                fill(self.code.template(language), &args)
            }
        }
    }
}

/// Puts the words into `{0}`, `{1}` of a template.
fn fill(template: &str, args: &[&str]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let index = rest[at + 1..]
            .bytes()
            .next()
            .map(|b| usize::from(b.wrapping_sub(b'0')));
        out.push_str(index.and_then(|i| args.get(i)).copied().unwrap_or("?"));
        rest = rest.get(at + 3..).unwrap_or("");
    }
    out.push_str(rest);
    out
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
    ($(#[doc = $doc:literal] $variant:ident = $id:literal, $severity:ident, $english:literal, $chinese:literal;)+) => {
        /// The sort of a finding. Ids are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $doc] #[serde(rename = $id)] $variant,)+
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

            /// The message of a finding, with `{0}` where its words go.
            pub fn template(self, language: Language) -> &'static str {
                match (language, self) {
                    $((Language::English, Code::$variant) => $english,)+
                    $((Language::Chinese, Code::$variant) => $chinese,)+
                }
            }

            /// What the code is about, in one sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => $doc.trim_ascii(),)+ }
            }

            /// The code's page, in Markdown: what it finds, why, and examples both ways.
            pub fn page(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!(
                        env!("CARGO_MANIFEST_DIR"), "/docs/diagnostics/", $id, ".md"
                    )),)+
                }
            }

            /// The code with this id.
            pub fn from_id(id: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.id() == id)
            }
        }
    };
}

codes! {
    /// Bytes that no character of the encoding has.
    UndecodableBytes = "undecodable-bytes", Warning, "{0} sequences of bytes are no {1} and were replaced", "有{0}处字节不是{1}编码，已替换";
    /// A bound on bytes, depth or nodes was met.
    LimitReached = "limit-reached", Warning, "the text goes beyond a limit: {0}", "超出处理上限：{0}";
    /// The text holds no notice: it is empty.
    EmptyText = "empty-text", Warning, "the text is empty", "文本为空";
    /// A line that found no place.
    UnplacedLine = "unplaced-line", Info, "line left unplaced", "此行未能归入任何部分";
    /// A table that was flattened to text, kept whole.
    FlattenedTable = "flattened-table", Info, "a table flattened to text, kept as it stands", "表格已散为文字，按原样保留";
    /// A picture whose words are not in the text.
    PictureLeftOut = "picture-left-out", Info, "{0} pictures whose words are not in the text", "有{0}张图片，其中文字未能读取";
    /// A page's labelled value differs from what its text or its meta tags say.
    PageDisagrees = "page-disagrees", Warning, "the page is labelled {0}, its text or meta tags say {1}", "页面标注为{0}，正文或元数据为{1}";
    /// The notice has no title.
    TitleMissing = "title-missing", Info, "no title found", "未见标题";
    /// The title names no statutory kind of document.
    TitleKind = "title-kind", Info, "the title names none of the fifteen kinds of document", "标题未写明文种";
    /// The notice states no document number.
    DocNumberMissing = "doc-number-missing", Info, "no document number found", "未见发文字号";
    /// 发文字号 is not in the standard form.
    DocNumberForm = "doc-number-form", Warning, "document number `{0}` is not in standard form: `{1}`", "发文字号“{0}”不规范，应为“{1}”";
    /// The year of 发文字号 is not the year of writing.
    DocNumberYear = "doc-number-year", Warning, "the document number says {0}, the notice was written in {1}", "发文字号年份为{0}，成文日期在{1}年";
    /// The check digit of the index number's social credit code fails.
    IndexNumberCheck = "index-number-check", Error, "`{0}` is no unified social credit code: its check character should be `{1}`", "“{0}”校验码有误，应为“{1}”";
    /// The index number was given before the notice was written, or after it was published.
    IndexNumberYear = "index-number-year", Warning, "the index number says {0}, but the notice was written on {1}", "索引号年月为{0}，成文日期为{1}";
    /// The notice states no date of writing.
    DateMissing = "date-missing", Info, "no date of writing found", "未见成文日期";
    /// A notice of a kind that is sent to somebody names no addressee.
    AddresseeMissing = "addressee-missing", Info, "a {0} without addressees", "{0}未写主送机关";
    /// The notice does not say who issued it.
    SignOffMissing = "sign-off-missing", Info, "nobody signs the notice", "未见发文机关署名";
    /// The date of writing lies after the date of publication.
    SignOffAfterPublication = "sign-off-after-publication", Warning, "written on {0}, but published on {1}", "成文日期{0}晚于发布日期{1}";
    /// A number of a sequence is missing.
    NumberingGap = "numbering-gap", Warning, "expected number {0}, found {1}", "序号不连续：应为{0}，实为{1}";
    /// A number of a sequence stands twice.
    NumberingRepeat = "numbering-repeat", Warning, "number {0} stands here for the second time", "序号{0}重复";
    /// A sequence starts again where it should go on.
    NumberingRestart = "numbering-restart", Info, "the numbering starts again at {0}", "序号在此从{0}重新开始";
    /// A sequence does not start with its first number.
    NumberingStart = "numbering-start", Info, "the numbering starts with {0}", "序号从{0}开始";
    /// The marks of one sequence change their style.
    NumberingStyle = "numbering-style", Info, "the numbering changes from `{0}` to `{1}`", "序号样式由“{0}”变为“{1}”";
    /// Levels of numbering in another order than 一、 （一） 1. （1）.
    LevelOrder = "level-order", Info, "`{0}` stands below `{1}`", "层次序数颠倒：“{0}”列于“{1}”之下";
    /// A measure names nobody where others do.
    MeasureWithoutUnit = "measure-without-unit", Info, "no responsible unit, though other measures name theirs", "未写责任单位，而其他措施均已写明";
    /// A unit's name is one slip away from another in the notice.
    UnitNearMiss = "unit-near-miss", Warning, "`{0}` is one slip away from `{1}`", "“{0}”与“{1}”仅一处之差，疑有笔误";
    /// A unit stands twice in one clause.
    UnitRepeated = "unit-repeated", Warning, "`{0}` stands twice in this clause", "“{0}”在同一责任分工中重复";
    /// A later measure names a unit that a rider has bound to all measures.
    RiderRestated = "rider-restated", Info, "`{0}` stands here again, though measure {1} binds it to all that follow", "措施{1}已写明其后均由“{0}”负责，此处又列出";
    /// A due date lies before the notice was written.
    DeadlineBeforeNotice = "deadline-before-notice", Warning, "due on {0}, but the notice was written on {1}", "时限{0}早于成文日期{1}";
    /// A due date lies before the notice was published.
    DeadlineBeforePublication = "deadline-before-publication", Warning, "due on {0}, but the notice was published on {1}", "时限{0}早于发布日期{1}";
    /// A due date lies after the day on which the notice itself expires.
    DeadlineAfterExpiry = "deadline-after-expiry", Warning, "due on {0}, but the notice expires on {1}", "时限{0}晚于本文件失效日期{1}";
    /// A period ends before it begins.
    PeriodReversed = "period-reversed", Error, "the period runs backwards: `{0}`", "起止时间颠倒：“{0}”";
    /// A date that does not exist: 2月30日.
    NoSuchDay = "no-such-day", Error, "there is no such day: `{0}`", "日期不存在：“{0}”";
    /// Two targets for one indicator at one time that contradict each other.
    TargetsContradict = "targets-contradict", Warning, "`{0}` contradicts `{1}` for the same indicator", "同一指标前后不一：“{0}”与“{1}”";
    /// A share of more than the whole.
    PercentOverHundred = "percent-over-hundred", Warning, "a share of {0} is more than the whole", "占比不应超过100%：“{0}”";
    /// A target without a unit.
    TargetWithoutUnit = "target-without-unit", Warning, "a unit seems missing behind `{0}`", "“{0}”后疑缺计量单位";
    /// A bound that is said twice: 不少于100家以上.
    BoundDoubled = "bound-doubled", Warning, "the bound is said twice: `{0}`", "界限重复：“{0}”";
    /// A bracket without its partner.
    UnbalancedBracket = "unbalanced-bracket", Warning, "`{0}` has no partner", "括号“{0}”不成对";
    /// A bracket closed by one of another kind or width.
    MismatchedBracket = "mismatched-bracket", Warning, "`{0}` is closed by `{1}`", "括号“{0}”与“{1}”不匹配";
    /// A quotation mark without its partner.
    UnbalancedQuote = "unbalanced-quote", Warning, "`{0}` has no partner", "引号 {0} 不成对";
    /// A quotation mark closed by one of another form.
    MismatchedQuote = "mismatched-quote", Info, "`{0}` is closed by `{1}`", "引号 {0} 与 {1} 不匹配";
    /// Title marks directly inside title marks, where GB/T 15834 asks for 〈〉.
    NestedTitle = "nested-title", Info, "title marks inside title marks", "书名号内又用双书名号";
    /// Double quotation marks inside double ones, where GB/T 15834 asks for single ones.
    NestedQuote = "nested-quote", Info, "double marks inside double ones", "双引号内又用双引号";
    /// A character was lost: “1 6”方案, “”, 〔2024〕号, a question mark inside a word.
    LostCharacter = "lost-character", Warning, "a character seems lost in `{0}`", "“{0}”中疑有字符丢失";
    /// A space between Chinese characters or beside punctuation.
    StraySpace = "stray-space", Info, "a space inside the text", "文中夹有空格";
    /// Half-width punctuation among full-width, or the other way round.
    MixedWidth = "mixed-width", Info, "`{0}` where the notice else writes `{1}`", "“{0}”与全文所用“{1}”不一致";
    /// A mark of punctuation stands twice.
    RepeatedPunctuation = "repeated-punctuation", Warning, "`{0}` stands twice", "标点“{0}”重复";
    /// A word stands twice in a row.
    RepeatedWord = "repeated-word", Warning, "`{0}` stands twice in a row", "“{0}”连续重复";
    /// The text refers to an attachment that is not there.
    AttachmentMissing = "attachment-missing", Info, "the text refers to {0}, which is not there", "文中提到{0}，但未见该附件";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
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

impl FromStr for Severity {
    type Err = String;

    fn from_str(word: &str) -> Result<Severity, String> {
        [Severity::Info, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|severity| severity.as_str() == word)
            .ok_or_else(|| format!("expected info, warning or error, found `{word}`"))
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_in_both_languages() {
        let found = Diagnostic::new(Code::NumberingGap, None, &["3", "4"]);
        assert_eq!(found.message, "expected number 3, found 4");
        assert_eq!(
            found.message_in(Language::Chinese),
            "序号不连续：应为3，实为4"
        );
    }

    #[test]
    fn both_templates_name_the_same_words() {
        for code in Code::ALL {
            let words = |language| {
                let template = code.template(language);
                (0..4)
                    .map(|n| template.contains(&format!("{{{n}}}")))
                    .collect::<Vec<_>>()
            };
            assert_eq!(words(Language::English), words(Language::Chinese), "{code}");
            assert_eq!(Code::from_id(code.id()), Some(*code));
        }
    }
}
