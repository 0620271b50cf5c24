//! Word lists that the reading of targets and milestones goes by: what may open a condition, what names nothing at
//! an end of a name, what stands behind a date that only describes. One table, `list<TAB>word`.

use std::sync::LazyLock;

use super::list::WordList;
use super::rows;

/// Declares the lists: the variant, its name in the table, and what it is for.
macro_rules! lists {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// A list of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum List {
            $($(#[$doc])* $variant,)*
        }

        const NAMES: &[&str] = &[$($name),*];
    };
}

lists! {
    /// Open a condition at a clause's head: 对, 凡, 符合.
    Openers = "opener";
    /// Start like an opener and are none: 对接, 当地.
    NoOpeners = "no-opener";
    /// May stand before an opener, and before any clause: 其中, 同时, 一是.
    Connectives = "connective";
    /// Open a clause which goes on with the condition before it: 且, 或.
    Continuers = "continuer";
    /// Close a condition: what is granted follows (给予, 可以).
    Granting = "granting";
    /// Grant and nothing else, and so close a condition wherever they stand.
    Giving = "giving";
    /// Open the clause that says what follows from a condition: 应, 予以.
    Consequences = "consequence";
    /// Stand behind the 的 of a condition in the same clause: 的每增加, 的给予.
    Granted = "granted";
    /// Say what follows where something went too far: 取消, 责令.
    Sanctions = "sanction";
    /// Close a clause that says under what something happens: 在…的同时, 在…基础上.
    Circumstances = "circumstance";
    /// Say what a word means: 是指, 系指.
    Defining = "defining";
    /// Stand behind a date that only describes: 的, 以来, 版.
    Describing = "describing";
    /// Stand before a date that only describes: 比, 截至.
    Comparing = "comparing";
    /// Stand before the end of a term of validity: 有效期.
    Terms = "term";
    /// Stand behind a day from which the notice itself holds: 施行.
    InForce = "in-force";
    /// Lead a stretch of time that something must happen within: 后, 力争.
    Leads = "lead";
    /// Stand before a stretch of time that is counted from the notice itself: 印发之日.
    Issued = "issued";
    /// Stand right before such a stretch without 之日: 本方案印发 (30日内).
    IssuedHere = "issued-here";
    /// Nouns that say little without the clause before: 期限, 比例.
    Generic = "generic";
    /// Open what follows as goals: 如下, 目标.
    Opening = "opening";
    /// Stand behind a date that something is compared with: 基础上, 水平.
    Bases = "base";
    /// Turn a number that something starts from into another: 压, 提高.
    Turning = "turning";
    /// Behind a word of the past: it is no report (去年基础上).
    NoReports = "no-report";
    /// Before a word of the past: it is no report (比去年).
    Against = "against";
    /// Part a verb and its number no further: 了, 约, 全市.
    Particles = "particle";
    /// Stand before a count that is none: 等, 这, 该.
    Pointing = "pointing";
    /// Make a count before it a name: 行动, 服务圈.
    Naming = "naming";
    /// Behind a Chinese numeral and its measure word: 两部门, 三方协议.
    SetNouns = "set-noun";
    /// Stand behind the 的 of a value that is a target all the same: 的比例, 的标准.
    Measures = "measure";
    /// What is granted, behind its amount: 30万元的一次性奖励.
    Grants = "grant";
    /// Stand before an amount that is granted: 标准为.
    GrantsBefore = "grant-before";
    /// Start like one of those and are words of their own: 数据, 商业.
    NoEndings = "no-ending";
    /// Open a clause that only says how or where: 按照…要求, 在…领域.
    Circumstantial = "circumstantial";
    /// End such a clause: 要求, 领域.
    Settings = "setting";
    /// Open the clause that grants something to who fulfils the clause before: 按…给予, 给予.
    Awards = "award";
    /// End a clause behind which amounts are listed: 标准为：.
    Standards = "standard";
    /// Verbs that a bound amount is the object of even where a noun follows it: 投资500万元以上.
    Reaching = "reaching";
    /// How long these last is part of what is done: 参加3个月的见习.
    Lasting = "lasting";
    /// Granted right behind a condition and before its amount: 达到1000万元的奖励1万元.
    GrantedSums = "granted-sum";
    /// What a breach is fined with, behind the fine: 罚款.
    Fines = "fine";
    /// Behind a rate: it is granted or charged (按50%返还).
    GrantedAt = "granted-at";
    /// Say by what a rate is taken, not what is done: 按照投资额的10%给予.
    TakenBy = "taken-by";
    /// Verbs right behind a limit of time: 办结, 答复.
    Finishing = "finishing";
    /// Prepositions: a number behind them is no object of the verb before.
    Oblique = "oblique";
    /// What a count sums up that was listed before it: 阶段, 方面.
    Parts = "part";
    /// Terms of validity and of service: no limit.
    NoLimits = "no-limit";
    /// Name a limit of time: 期限, 时限.
    Limits = "limit";
    /// Nouns that name a rate: 率, 比例.
    Rates = "rate";
    /// Verbs that name what is paid too: 土建投资.
    Payments = "payment";
    /// Nouns that name an amount: 规模, 总额.
    Sums = "sum";
    /// Close the phrase of a number: 和, 用于.
    Closing = "closing";
    /// At the head of a name, name nothing: 其中, 力争, 的.
    Heads = "head";
    /// Start like one of those and are part of a name: 出口, 成果.
    KeptHeads = "kept-head";
    /// At the end of a name, name nothing: 分别, 达到.
    Tails = "tail";
    /// End like one of those and are part of a name: 人均, 许可.
    KeptTails = "kept-tail";
    /// Ceilings behind an amount: 为限, 封顶.
    Ceilings = "ceiling";
    /// Stand before a verb that is a noun there: 开展培训, 完成投资, 民间投资.
    LightVerbs = "light-verb";
    /// Nouns that a verb before them belongs to: 审批时间, 服务平台.
    Compounds = "compound";
    /// Characters that a verb before them is one word with: 率, 者.
    Endings = "ending";
    /// What one asks for: no limit of the one who does (12个月内申报).
    Claims = "claim";
    /// Ends of what states no end: a list of what is looked at (…等情况).
    NoEnds = "no-end";
    /// Vague ends of a clause, which state none: 显著提升.
    Vague = "vague";
    /// Open a stretch of time that is past: 过去.
    Past = "past";
}

static LISTS: LazyLock<Vec<WordList>> = LazyLock::new(|| {
    let mut lists: Vec<Vec<&'static str>> = NAMES.iter().map(|_| Vec::new()).collect();
    for row in rows(include_str!("phrases.tsv")) {
        if let [name, word] = row[..]
            && let Some(i) = NAMES.iter().position(|n| *n == name)
            && let Some(list) = lists.get_mut(i)
        {
            list.push(word);
        }
    }
    lists.into_iter().map(WordList::new).collect()
});

impl List {
    fn words(self) -> Option<&'static WordList> {
        LISTS.get(self as usize)
    }

    /// The longest word of the list that a text starts with.
    pub fn at_start(self, text: &str) -> Option<&'static str> {
        self.words()?.at_start(text)
    }

    /// The longest word of the list that a text ends with.
    pub fn at_end(self, text: &str) -> Option<&'static str> {
        self.words()?.at_end(text)
    }

    /// Whether a text starts with a word of the list.
    pub fn starts(self, text: &str) -> bool {
        self.at_start(text).is_some()
    }

    /// Whether a text ends with a word of the list.
    pub fn ends(self, text: &str) -> bool {
        self.at_end(text).is_some()
    }

    /// Whether a word of the list stands in a text.
    pub fn within(self, text: &str) -> bool {
        self.words().is_some_and(|list| list.within(text))
    }

    /// Whether a text is a word of the list.
    pub fn is(self, text: &str) -> bool {
        self.words().is_some_and(|list| list.is(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_list_and_none_is_empty() {
        for row in rows(include_str!("phrases.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(NAMES.contains(&row[0]) && !row[1].is_empty(), "{row:?}");
        }
        for (name, list) in NAMES.iter().zip(LISTS.iter()) {
            assert!(!list.all().is_empty(), "{name}");
        }
    }

    #[test]
    fn no_word_stands_twice_in_a_list() {
        for (name, list) in NAMES.iter().zip(LISTS.iter()) {
            let mut words = list.all().to_vec();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), list.all().len(), "{name}");
        }
    }

    #[test]
    fn the_longest_is_found_on_either_side() {
        assert_eq!(List::Connectives.at_start("一是推进"), Some("一是"));
        assert_eq!(List::Tails.at_end("覆盖率分别"), Some("分别"));
        assert!(List::Openers.starts("对企业") && !List::Openers.starts("企业"));
        assert!(List::Generic.is("期限") && !List::Generic.is("期限内"));
        assert!(!List::Heads.starts(""));
    }
}
