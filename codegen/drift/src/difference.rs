//! Differences between a contract and its sender.

use wcs_contract::diagnostic::Diagnostic;
use wcs_contract::model::Evidence;

/// A difference between the contract and the sender.
#[derive(Debug, Clone)]
pub struct Drift {
    /// What is told of it.
    pub finding: Diagnostic,
    /// What the contract lacks, if something can be added mechanically.
    pub gap: Option<Gap>,
}

impl Drift {
    /// A difference that only a person can settle.
    pub(crate) fn told(finding: Diagnostic) -> Self {
        Self { finding, gap: None }
    }

    /// A difference that can be settled by an addition.
    pub(crate) fn with(finding: Diagnostic, gap: Gap) -> Self {
        Self { finding, gap: Some(gap) }
    }
}

/// Something that the contract lacks.
#[derive(Debug, Clone)]
pub struct Gap {
    /// What it is.
    pub what: Missing,
    /// What shows that it exists.
    pub seen: Seen,
}

/// What a contract can lack.
#[derive(Debug, Clone)]
pub enum Missing {
    /// A hook.
    Hook {
        /// Its name.
        hook: String,
        /// Its members besides the context.
        members: Vec<NewMember>,
    },
    /// A member.
    Member {
        /// What it belongs to.
        owner: Owner,
        /// The member.
        member: NewMember,
    },
    /// A value of an enum.
    Value {
        /// The enum.
        def: String,
        /// The value.
        value: String,
        /// A hook that brings it.
        hook: String,
    },
    /// That a member is not in every body.
    Presence {
        /// The hook.
        hook: String,
        /// The member.
        member: String,
    },
}

/// What a member belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A hook, by its name.
    Hook(String),
    /// A record, by its name.
    Record(String),
}

/// A member as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMember {
    /// Its name.
    pub name: String,
    /// Its type as the language writes it, if what is known fits one.
    pub ty: Option<String>,
    /// Whether hooks share one of that name, which has a type and a text.
    pub shared: bool,
    /// A sentence that says plainly what is known.
    pub sentence: String,
}

/// What shows that something exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The contract's document that facts are cited from; `None` for traffic, and for a document that is not the
    /// contract's.
    pub document: Option<String>,
    /// What kind of evidence it is.
    pub evidence: Evidence,
    /// Where in it, as `sources` name places.
    pub place: String,
    /// A sentence that says plainly what is known.
    pub sentence: String,
}
