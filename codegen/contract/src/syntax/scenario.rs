//! What the simulator plays: scenarios, and how the values look that a sender makes up.

use super::macros::{syntax, words};
use super::{Condition, Entries, Json, List, Name, Text};
use crate::source::Spanned;

syntax! {
    /// A play for the simulator: hooks in the order in which the sender would send them, with values that belong
    /// together.
    pub struct Scenario {
        /// Title for people.
        "title" => title: Text,
        /// What happens, and what the author of a backend can learn from it.
        "doc" => doc: Text,
        /// Flows whose hooks it sends.
        "plays" => plays: List<Name>,
        /// The scenario that is played first: this one goes on if no step of it was stopped.
        "begins_with" => begins_with: Option<Name>,
        /// Values of its own, by the name under which `{name}` puts them into texts.
        "values" => values: Entries<Name>,
        /// Members with the same value in every step whose body has them.
        "set" => set: Entries<Json>,
        /// The steps in order.
        "steps" => steps: List<ScenarioStep>,
    }
}

syntax! {
    /// A hook that is sent, and what follows from its answer.
    pub struct ScenarioStep {
        /// The hook.
        "hook" => hook: Name,
        /// What happens in this step.
        "doc" => doc: Text,
        /// Title of the hook's example that its body is made from. Default: the hook's first example.
        "like" => like: Option<Name>,
        /// The body's own members, instead of an example's.
        "body" => body: Option<Json>,
        /// The client whose session it belongs to, where there are several.
        "client" => client: Option<Name>,
        /// What it is about, where there are several of a kind: hooks about the same thing share its made-up values.
        "about" => about: Option<Name>,
        /// Members of the body that differ from the example; null leaves one out. `{name}` in a text stands for a value
        /// of the scenario, for a member of the body, or for something made up (`{uuid}`, `{hex:8}`, `{digits:4}`,
        /// `{number:1-9}`, `{time}`).
        "set" => set: Entries<Json>,
        /// It happens only if an earlier answer of the session left this so.
        "when" => when: Option<Condition>,
        /// Milliseconds that pass before it.
        "after_ms" => after_ms: Option<Spanned<u32>>,
        /// Who caused it. Default: by the hook's type.
        "cause" => cause: Option<Spanned<Cause>>,
        /// What is seen on the client's or the far side when the sender goes on.
        "accepted" => accepted: Option<Text>,
        /// What is seen there when it does not.
        "denied" => denied: Option<Text>,
        /// What a test expects. Without it any honest answer is fine.
        "expect" => expect: Option<Expectation>,
        /// What follows if the sender goes on. A step that has it skips no other when it is stopped; without it, a stopped
        /// step ends the list in which it stands.
        "then" => then: Option<List<ScenarioStep>>,
        /// What follows if it does not.
        "otherwise" => otherwise: List<ScenarioStep>,
    }
}

words! {
    /// Who caused a hook.
    pub enum Cause {
        /// The client did something.
        Client = "client",
        /// The far side did: a caller, a SIP server.
        FarSide = "far_side",
        /// The sender itself.
        Sender = "sender",
        /// Somebody called the sender's own API; such a hook is not to be denied.
        Api = "api",
    }
}

syntax! {
    /// What a test expects of a step.
    pub struct Expectation {
        /// What the sender does.
        "outcome" => outcome: Option<Spanned<ExpectedOutcome>>,
        /// HTTP status of the answer.
        "status" => status: Option<Spanned<u16>>,
        /// Members that the answer has, with their values.
        "answer" => answer: Entries<Json>,
        /// Members with which the sender goes on, with their values: those of the request, or of the answer where the
        /// session's policy takes them from there.
        "takes" => takes: Entries<Json>,
    }
}

words! {
    /// What the sender does after a hook.
    pub enum ExpectedOutcome {
        /// It goes on.
        GoesOn = "goes_on",
        /// It doesn't do what was asked for; a session is refused.
        Stops = "stops",
        /// It ends the stream that the hook reports.
        EndsStream = "ends_stream",
        /// It doesn't send the hook, as the session's policy says.
        Withheld = "withheld",
    }
}

syntax! {
    /// How the values look that a sender makes up.
    pub struct Simulation {
        /// What they are modelled on.
        "doc" => doc: Text,
        /// Members that get a fresh value, with its pattern. A context member keeps it for a session, any other for the
        /// thing that a step is about.
        "fresh" => fresh: Entries<Name>,
    }
}
