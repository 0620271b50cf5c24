//! What holds for a node before its own words are read: dates, years and headings above it.

use super::dates::When;
use super::{heading_roles, year_of};
use crate::analyze::quantities::Reference;
use crate::syntax::tree::Node;
use crate::text::chars;
use crate::vocab::words::{self, Roles};

/// What holds for a node before its own words are read.
#[derive(Debug, Clone)]
pub struct Setting<'s> {
    /// What dates are counted from.
    pub reference: Reference,
    /// A review of what was done stands above.
    pub review: bool,
    /// A list of requirements stands above.
    pub requirements: bool,
    /// A heading of goals stands above.
    pub goals: bool,
    /// The date that a goal paragraph above puts over all that follows.
    pub governing: Option<When<'s>>,
    /// The date of the node's own clause.
    pub clause_deadline: Option<When<'s>>,
    /// The node's text ends by opening what follows it.
    pub opens: bool,
}

impl<'s> Setting<'s> {
    /// What holds where nothing stands above.
    pub fn new(reference: Reference) -> Setting<'s> {
        Setting {
            reference,
            review: false,
            requirements: false,
            goals: false,
            governing: None,
            clause_deadline: None,
            opens: false,
        }
    }

    /// What holds for a node below this one, its heading counted.
    pub fn below(&self, node: &Node<'s>) -> Setting<'s> {
        let mut setting = Setting {
            clause_deadline: None,
            opens: false,
            ..self.clone()
        };
        if node.marker.is_some() {
            let roles = heading_roles(node.title);
            setting.review |= ends_in_review(node.title);
            // A sentence may open a list of them below it: 按照下列情形分类处理：.
            setting.requirements |= roles.any(Roles::REQUIREMENTS) && is_heading(node.title);
            setting.goals |= roles.any(Roles::GOALS);
            if let Some(year) = year_of(node.title) {
                setting.reference.year = Some(year);
            }
        }
        setting
    }

    /// What holds for a paragraph after one that opens it.
    pub fn opened_by(mut self, opener: &Setting<'s>) -> Setting<'s> {
        self.governing = opener.governing.clone().or(self.governing);
        self.requirements |= opener.requirements;
        self.opens = true;
        self
    }
}

/// Whether a title is that of a part and no sentence.
fn is_heading(title: &str) -> bool {
    !title.contains(|c: char| chars::is_comma(c) || chars::is_colon(c) || chars::is_full_stop(c))
}

/// 工作回顾, 发展基础: a heading of what was done, but not one that says what to do (夯实养老服务发展基础).
fn ends_in_review(title: &str) -> bool {
    let title = title.trim_end_matches(['。', '：', ' ']);
    let does = Roles::DO | Roles::ATTEND | Roles::END | Roles::PROGRESS;
    let mut bids = false;
    for word in words::find(title) {
        if word.roles.any(Roles::REVIEW) && word.end == title.len() {
            return !bids && is_heading(title);
        }
        bids |= word.roles.any(does) && !word.roles.any(Roles::NOUN);
    }
    false
}

/// Whether a text ends by opening a list of requirements: 应当符合下列条件：.
pub fn opens_requirements(text: &str) -> bool {
    let text = chars::trim(text);
    let Some(text) = text.strip_suffix(chars::is_colon) else {
        return false;
    };
    let last = chars::tail(text, 240);
    words::find(last).any(|w| w.roles.any(Roles::REQUIREMENTS))
}
