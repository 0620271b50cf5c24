//! A page as a flat tree: nodes in one list, linked by their numbers, within bounds.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, ns};

use super::tokens;

/// How deep elements may stand inside each other; deeper ones are left out, their text is kept.
const DEPTH: u32 = 256;

/// How many nodes a page may have; beyond that, elements are left out and their text is kept.
const NODES: usize = 400_000;

/// The number of a node in its tree.
pub(super) type NodeId = u32;

const NONE: NodeId = NodeId::MAX;

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// The page, a comment, the contents of a template: nothing that is read.
    Other,
    /// Text: a range of the tree's text.
    Text(u32, u32),
    /// An element.
    Element(Box<Element>),
}

/// An element's name and the attributes that are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// The name, in small letters.
    pub name: LocalName,
    /// Its attributes.
    pub attrs: Vec<Attribute>,
}

impl Element {
    /// The value of an attribute.
    pub fn attr(&self, name: &str) -> Option<&str> {
        let found = self.attrs.iter().find(|a| &*a.name.local == name)?;
        Some(&found.value)
    }
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
    first: NodeId,
    last: NodeId,
    depth: u32,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    text: String,
    /// The bound that the page goes beyond.
    pub limit: Option<&'static str>,
}

/// A step of a walk through a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Into a node.
    Enter(NodeId),
    /// Out of a node.
    Leave(NodeId),
}

impl Tree {
    /// Reads a page; malformed ones as browsers do.
    pub fn parse(html: &str) -> Tree {
        let builder = TreeBuilder::new(
            Sink::new(),
            TreeBuilderOpts {
                scripting_enabled: false,
                ..TreeBuilderOpts::default()
            },
        );
        tokens::feed(html, &builder, || builder.sink.admits());
        let mut tree = builder.sink.tree.into_inner();
        tree.limit = builder.sink.limit.get();
        tree
    }

    /// The page itself.
    pub const ROOT: NodeId = 0;

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// An element, where the node is one.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.nodes.get(id as usize)?.kind {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of an element; empty for other nodes.
    pub fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |e| &e.name)
    }

    /// The words of a text node.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match self.nodes.get(id as usize)?.kind {
            Kind::Text(start, end) => self.text.get(start as usize..end as usize),
            _ => None,
        }
    }

    /// The node that holds this one.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes.get(id as usize).and_then(|n| some(n.parent))
    }

    /// The nodes right under one.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let link = |id: NodeId, of: fn(&Node) -> NodeId| some(of(self.nodes.get(id as usize)?));
        std::iter::successors(link(id, |n| n.first), move |child| link(*child, |n| n.next))
    }

    /// The nodes around one, from the nearest out.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |id| self.parent(*id))
    }

    /// Walks the nodes under and with `root`, each entered and left; `enter` says whether to go inside.
    pub fn walk(&self, root: NodeId, mut visit: impl FnMut(Step) -> bool) {
        let mut at = root;
        loop {
            let inside = visit(Step::Enter(at));
            let first = self.nodes.get(at as usize).and_then(|n| some(n.first));
            if let (true, Some(first)) = (inside, first) {
                at = first;
                continue;
            }
            loop {
                visit(Step::Leave(at));
                if at == root {
                    return;
                }
                let Some(node) = self.nodes.get(at as usize) else {
                    return;
                };
                if let Some(next) = some(node.next) {
                    at = next;
                    break;
                }
                match some(node.parent) {
                    Some(parent) => at = parent,
                    None => return,
                }
            }
        }
    }

    fn push(&mut self, kind: Kind) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node {
            kind,
            parent: NONE,
            previous: NONE,
            next: NONE,
            first: NONE,
            last: NONE,
            depth: 0,
        });
        id
    }

    fn node(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id as usize)
    }

    /// Puts a node behind the last child of `parent`, or before its child `before`.
    fn insert(&mut self, parent: NodeId, child: NodeId, before: NodeId) {
        self.detach(child);
        let (depth, last) = self.node(parent).map_or((0, NONE), |p| (p.depth, p.last));
        let previous = match self.node(before) {
            Some(before) => std::mem::replace(&mut before.previous, child),
            None => last,
        };
        if let Some(node) = self.node(child) {
            (node.parent, node.previous, node.next) = (parent, previous, before);
            node.depth = depth + 1;
        }
        match self.node(previous) {
            Some(previous) => previous.next = child,
            None => {
                if let Some(parent) = self.node(parent) {
                    parent.first = child;
                }
            }
        }
        if before == NONE
            && let Some(parent) = self.node(parent)
        {
            parent.last = child;
        }
    }

    fn detach(&mut self, id: NodeId) {
        let Some(node) = self.node(id) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        if let Some(previous) = self.node(previous) {
            previous.next = next;
        } else if let Some(parent) = self.node(parent) {
            parent.first = next;
        }
        if let Some(next) = self.node(next) {
            next.previous = previous;
        } else if let Some(parent) = self.node(parent) {
            parent.last = previous;
        }
    }

    /// Puts text there; where it follows the text put last, that grows.
    fn insert_text(&mut self, parent: NodeId, text: &str, before: NodeId) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let end = self.text.len() as u32;
        let previous = match self.node(before) {
            Some(before) => before.previous,
            None => self.node(parent).map_or(NONE, |p| p.last),
        };
        if let Some(Node {
            kind: Kind::Text(_, stop),
            ..
        }) = self.node(previous)
            && *stop == start
        {
            *stop = end;
            return;
        }
        let child = self.push(Kind::Text(start, end));
        self.insert(parent, child, before);
    }
}

fn some(id: NodeId) -> Option<NodeId> {
    (id != NONE).then_some(id)
}

/// A node as the tree builder holds it.
#[derive(Debug, Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
}

/// What the tree builder writes to.
struct Sink {
    tree: RefCell<Tree>,
    nameless: Rc<QualName>,
    /// The depth of the element that was opened last and is open yet.
    depth: Cell<u32>,
    limit: Cell<Option<&'static str>>,
}

impl Sink {
    fn new() -> Sink {
        let mut tree = Tree::default();
        tree.push(Kind::Other);
        Sink {
            tree: RefCell::new(tree),
            nameless: Rc::new(QualName::new(None, ns!(), LocalName::from(""))),
            depth: Cell::new(0),
            limit: Cell::new(None),
        }
    }

    /// Whether one more element may be made.
    fn admits(&self) -> bool {
        if self.depth.get() >= DEPTH {
            self.limit
                .set(Some("elements stand too deep inside each other"));
            return false;
        }
        if self.tree.borrow().nodes.len() >= NODES {
            self.limit.set(Some("the page has too many elements"));
            return false;
        }
        true
    }

    fn handle(&self, kind: Kind) -> Handle {
        Handle {
            id: self.tree.borrow_mut().push(kind),
            name: Rc::clone(&self.nameless),
        }
    }

    fn put(&self, parent: NodeId, child: NodeOrText<Handle>, before: NodeId) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => {
                tree.insert(parent, node.id, before);
                let depth = tree.node(node.id).map_or(0, |n| n.depth);
                self.depth.set(depth);
            }
            NodeOrText::AppendText(text) => {
                tree.insert_text(parent, &text, before);
                let depth = tree.node(parent).map_or(0, |n| n.depth);
                self.depth.set(depth);
            }
        }
    }

    fn parent(&self, id: NodeId) -> NodeId {
        self.tree.borrow().parent(id).unwrap_or(NONE)
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle {
            id: Tree::ROOT,
            name: Rc::clone(&self.nameless),
        }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let element = Element {
            name: name.local.clone(),
            attrs,
        };
        Handle {
            id: self
                .tree
                .borrow_mut()
                .push(Kind::Element(Box::new(element))),
            name: Rc::new(name),
        }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.handle(Kind::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        self.handle(Kind::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put(parent.id, child, NONE);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        match self.parent(element.id) {
            NONE => self.put(previous.id, child, NONE),
            parent => self.put(parent, child, element.id),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        let depth = self.tree.borrow_mut().node(node.id).map_or(0, |n| n.depth);
        self.depth.set(depth.saturating_sub(1));
    }

    /// The contents of a template hang nowhere, so nobody reads them.
    fn get_template_contents(&self, _target: &Handle) -> Handle {
        self.handle(Kind::Other)
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.parent(sibling.id);
        self.put(parent, child, sibling.id);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Some(Kind::Element(element)) = tree.node(target.id).map(|n| &mut n.kind) else {
            return;
        };
        for attr in attrs {
            if element.attr(&attr.name.local).is_none() {
                element.attrs.push(attr);
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.node(node.id).and_then(|n| some(n.first)) {
            tree.insert(parent.id, child, NONE);
        }
    }
}
