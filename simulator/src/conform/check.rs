//! The questions that are put to a backend.

use wcs_contract::model::{Evidence, Example, ExampleOrigin, Hook};

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// Statuses, content types and bodies of answers.
    Answers,
    /// What other releases send.
    Tolerance,
    /// What comes back of a body.
    Echo,
    /// What the answer to the opening hook says about all others.
    Policy,
    /// Time, size, depth.
    Limits,
    /// Connections, several at once, paths and methods.
    Transport,
    /// What is broken.
    Robustness,
    /// Who may send hooks.
    Signature,
}

impl Area {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Answers,
        Self::Tolerance,
        Self::Echo,
        Self::Policy,
        Self::Limits,
        Self::Transport,
        Self::Robustness,
        Self::Signature,
    ];

    /// The area as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Tolerance => "tolerance",
            Self::Echo => "echo",
            Self::Policy => "policy",
            Self::Limits => "limits",
            Self::Transport => "transport",
            Self::Robustness => "robustness",
            Self::Signature => "signature",
        }
    }

    /// What it is about.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Answers => "status, content type and form of the answers to plain bodies",
            Self::Tolerance => "bodies of later and earlier releases",
            Self::Echo => "what comes back of a body, compared as JSON values",
            Self::Policy => "the session's policy, and whether denials and changes have an effect under it",
            Self::Limits => "time, size and nesting",
            Self::Transport => "connections, requests at once, repetition, other paths and methods",
            Self::Robustness => "malformed, cut, huge and deep bodies",
            Self::Signature => "who is believed; asked with --sign only",
        }
    }

    /// The area of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.word() == word)
    }
}

/// How much an answer to a question matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// The sender can't do without.
    Required,
    /// Better so.
    Advice,
}

impl Demand {
    /// The demand as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Advice => "advice",
        }
    }
}

/// What a judgement rests on, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// Bodies captured from a real sender.
    Captured,
    /// The vendor's SDK sources.
    SdkSource,
    /// The vendor's documents only.
    Documents,
    /// Programs of others that talk to the sender.
    ThirdParty,
    /// No word of the vendor's: what holds for any receiver.
    Practice,
}

impl Ground {
    /// The ground as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::SdkSource => "sdk_source",
            Self::Documents => "documents",
            Self::ThirdParty => "third_party",
            Self::Practice => "practice",
        }
    }

    /// The ground in a few words, after "rests on".
    #[must_use]
    pub const fn told(self) -> &'static str {
        match self {
            Self::Captured => "captured bodies",
            Self::SdkSource => "the vendor's SDK sources",
            Self::Documents => "documents only",
            Self::ThirdParty => "programs of others only",
            Self::Practice => "good practice",
        }
    }

    /// The ground of what is said about a hook.
    #[must_use]
    pub const fn of_hook(hook: &Hook) -> Self {
        match hook.evidence {
            Evidence::Captured => Self::Captured,
            Evidence::SdkSource => Self::SdkSource,
            Evidence::Documents => Self::Documents,
            Evidence::ThirdParty => Self::ThirdParty,
        }
    }

    /// The ground of what is said about an example.
    #[must_use]
    pub fn of_example(hook: &Hook, example: &Example) -> Self {
        match example.origin.value {
            ExampleOrigin::Captured => Self::Captured,
            ExampleOrigin::Derived => Self::of_hook(hook),
        }
    }
}

/// A question.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name within the area.
    pub name: &'static str,
    /// What it is about.
    pub area: Area,
    /// How much it matters.
    pub demand: Demand,
    /// What is so if all is well.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
}

impl Check {
    /// Area and name.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}.{}", self.area.word(), self.name)
    }
}

macro_rules! checks {
    ($($id:ident: $area:ident $demand:ident $name:literal, $title:literal, $why:literal;)*) => {
        $(
            pub(super) static $id: Check = Check {
                name: $name,
                area: Area::$area,
                demand: Demand::$demand,
                title: $title,
                why: $why,
            };
        )*

        /// All questions, in the order in which they are shown.
        pub static CHECKS: &[&Check] = &[$(&$id),*];
    };
}

checks! {
    VALID: Answers Required "valid",
        "Every body that the contract describes is answered with yes or no, in time and readably",
        "Any other answer is an error to the server: it is logged, and as the policy says, the session, call or stream \
         is refused.";
    SPARSE: Answers Advice "sparse",
        "Bodies without members, or with nothing but nulls, are answered too",
        "Which members are sent differs from release to release, and no captured body tells what is always there.";
    KNOWN: Answers Advice "members",
        "Answers have no members but those that came and those that the contract knows",
        "The server looks for names that it knows. A misspelt member does nothing, and nothing says so.";

    LATER: Tolerance Required "later",
        "Members and values that nobody knows yet are accepted",
        "The media server gains members and values with its releases, and an update of it must not stop the backend.";
    SPELLINGS: Tolerance Required "spellings",
        "Other spellings of members and values, and another order of members, are accepted",
        "Releases spell some names in different ways, and the order of members in JSON means nothing.";
    PATHS: Tolerance Advice "paths",
        "Other spellings of a hook's path are accepted",
        "Documents and releases spell some hooks in different ways.";
    TEXTS: Tolerance Advice "texts",
        "White space, escapes and repeated members are accepted",
        "It is all JSON, although the server's own bodies are compact.";
    TYPES: Tolerance Advice "types",
        "Values of another type than the contract says are accepted",
        "The types of most members are known from documents or sources, not from traffic.";

    OPENING: Echo Required "opening",
        "Members that the answer to the opening hook can't change come back as they came, or not at all",
        "The server takes the members of this answer whatever the policy says.";
    KEPT: Echo Advice "kept",
        "Members that an answer can't change come back as they came, or not at all",
        "The server ignores them as long as the policy does not name them; who does so later, sends a wrong value.";
    WHOLE: Echo Advice "whole",
        "A backend that echoes returns every known member",
        "The documents contradict each other on whether an answer must have all of them.";
    EMPTY: Echo Advice "empty",
        "A backend that echoes returns an empty object as an object",
        "A server that expects an object can't read an array.";
    UNKNOWN: Echo Advice "unknown",
        "A backend that echoes returns what it does not know, with its exact value",
        "A later release may want its new members back.";

    POLICY: Policy Required "valid",
        "The session's policy is made of hooks, members and words that the server knows",
        "What the server can't read has no effect, and nothing says so.";
    USEFUL: Policy Advice "useful",
        "Everything in the session's policy has an effect",
        "A list without its word, or a word without its list, does nothing.";
    DENIALS: Policy Required "denials",
        "Whatever is denied is stopped under the session's policy",
        "By default the server only logs an error and goes on: the denied call or stream takes place.";
    EVENTS: Policy Advice "events",
        "What has happened already is not denied",
        "It has happened: a denial fills the log, and may tell the client of an error.";
    CHANGES: Policy Advice "changes",
        "Changed members count under the session's policy",
        "The server takes a member of an answer only if the policy says so.";
    OVERWRITES: Policy Advice "overwrites",
        "Answers have the members that the policy says to take from them, with values of the right type",
        "What the server does without such a member, or with a value of another type, is not documented.";

    BODY: Limits Required "body",
        "A text of 16 KiB in a body is accepted",
        "A captured publishing request had 3.6 kB, nearly all of it the SDP; with more codecs and candidates it grows.";
    LARGE: Limits Advice "large",
        "A text of 512 KiB in a body is accepted",
        "Clients may send logs, data and messages, whose length no document limits.";
    NESTED: Limits Required "nested",
        "Objects that the client fills may be nested 16 levels deep",
        "What the web page gives goes through the server as it is.";
    DEEP: Limits Advice "deep",
        "Objects that the client fills may be nested 100 levels deep",
        "What the web page gives goes through the server as it is.";
    SPEED: Limits Advice "speed",
        "Answers take less than half of the sender's timeout",
        "Whoever waits for the answer is a client or a caller, and after the timeout it is an error.";

    REUSE: Transport Required "in-a-row",
        "20 hooks in a row over connections that are kept alive are all answered",
        "The sender keeps its connections alive.";
    ALIVE: Transport Advice "keep-alive",
        "Connections stay open between hooks",
        "It works without, but every hook then waits for a new connection; one that is closed unannounced can fail.";
    AT_ONCE: Transport Required "at-once",
        "32 hooks at once are all answered",
        "Each client's hooks are sent when they happen, whatever else is going on.";
    TWICE: Transport Advice "twice",
        "The same hook twice is answered in the same way",
        "A proxy may repeat a request, and a client may come back.";
    METHODS: Transport Advice "methods",
        "Other methods than POST are answered without a failure of the backend",
        "Browsers and monitoring ask with GET.";
    NEW_HOOK: Transport Advice "new-hook",
        "A hook that nobody knows yet is answered without a failure of the backend",
        "The operator may switch on all hooks that a later release has.";

    MALFORMED: Robustness Advice "malformed",
        "What is no JSON object is answered without a failure of the backend",
        "The media server sends no such thing, but others may find the address.";
    SURVIVES: Robustness Required "survives",
        "After malformed, cut, huge and deep bodies the next hook is answered",
        "One bad request must not take the backend away from all clients.";

    ACCEPTS: Signature Required "accepts",
        "Signed hooks are accepted",
        "Else no session can be opened.";
    REFUSES: Signature Required "refuses",
        "Hooks without a signature, with a wrong one or with one of another body are refused",
        "Whoever finds the address could open sessions, or make the backend believe what never happened.";
    STATUS: Signature Advice "status",
        "They are refused with the status that the contract has for it",
        "Other statuses are errors to the server as well, but say something else to whoever reads the log.";
}
