//! A flow under construction: pieces of the source, one after another, and the joints between them.

use std::borrow::Cow;

use super::{Flow, Layout};
use crate::span::Range;

/// Builds a flow out of pieces of the source.
#[derive(Debug)]
pub(super) struct Builder<'s> {
    source: &'s str,
    text: String,
    joints: Vec<(u32, u32)>,
    dropped: Vec<Range>,
    /// Where in the source the flow would go on byte by byte.
    next: usize,
}

impl<'s> Builder<'s> {
    /// An empty flow of a source.
    pub(super) fn new(source: &'s str) -> Builder<'s> {
        Builder {
            source,
            text: String::with_capacity(source.len()),
            joints: Vec::new(),
            dropped: Vec::new(),
            next: 0,
        }
    }

    /// Adds the words between two offsets of the source.
    pub(super) fn push(&mut self, start: usize, end: usize) {
        let Some(words) = self.source.get(start..end) else {
            return;
        };
        if words.is_empty() {
            return;
        }
        if start != self.next {
            self.joints.push((self.text.len() as u32, start as u32));
        }
        self.text.push_str(words);
        self.next = end;
    }

    /// Adds a space or a line break that stands for what the source has at this place, if it has anything there.
    pub(super) fn push_blank(&mut self, blank: char) {
        self.text.push(blank);
        self.next += blank.len_utf8();
    }

    /// Leaves out a range of the source.
    pub(super) fn drop(&mut self, range: Range) {
        self.dropped.push(range);
    }

    /// A flow with more line breaks: one before each of the offsets given, which ascend.
    pub(super) fn rebreak(flow: &Flow<'s>, cuts: &[usize]) -> Flow<'s> {
        let text: &str = &flow.text;
        let mut out = String::with_capacity(text.len() + cuts.len());
        let mut joints = Vec::with_capacity(flow.joints.len() + cuts.len());
        let mut old = flow.joints.iter().copied().peekable();
        let mut from = 0;
        for &cut in cuts {
            let Some(words) = text.get(from..cut) else {
                continue;
            };
            let added = (out.len() - from) as u32;
            while let Some((at, source)) = old.next_if(|joint| (joint.0 as usize) < cut) {
                joints.push((at + added, source));
            }
            out.push_str(words);
            out.push('\n');
            joints.push((out.len() as u32, flow.source_offset(cut as u32)));
            old.next_if(|joint| joint.0 as usize == cut);
            from = cut;
        }
        joints.extend(old.map(|(at, source)| (at + (out.len() - from) as u32, source)));
        out.push_str(text.get(from..).unwrap_or(""));
        Flow {
            text: Cow::Owned(out),
            layout: flow.layout,
            joints,
            dropped: flow.dropped.clone(),
        }
    }

    /// The flow.
    pub(super) fn finish(self, layout: Layout) -> Flow<'s> {
        Flow {
            text: Cow::Owned(self.text),
            layout,
            joints: self.joints,
            dropped: self.dropped,
        }
    }
}
