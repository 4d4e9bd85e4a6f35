//! The program that sends the hooks.

use super::macros::{syntax, words};
use super::{Entries, List, Name, Text, Version};
use crate::source::Spanned;

syntax! {
    /// The sender and how it talks.
    pub struct SenderSyntax {
        /// Its name.
        "name" => name: Text,
        /// What it is and how it calls the backend.
        "doc" => doc: Text,
        /// Base paths under which it sends by default; the hook's name is appended.
        "base_paths" => base_paths: Entries<BasePath>,
        /// How long it waits for an answer.
        "timeout" => timeout: Timeout,
        /// What it expects of an answer.
        "answer" => answer: AnswerSyntax,
        /// How it signs, if it can.
        "signature" => signature: Option<Signature>,
        /// How it authenticates with HTTP Basic, if it can.
        "basic" => basic: Option<Text>,
        /// How the answer to the opening hook steers the session, if it can.
        "session_policy" => session_policy: Option<SessionPolicySyntax>,
        /// Its settings that concern hooks.
        "settings" => settings: Entries<Setting>,
        /// Console commands that the operator uses; `{app}`, `{key}`, `{url}` and `{hook}` are filled in.
        "commands" => commands: Entries<Command>,
    }
}

syntax! {
    /// A base path.
    pub struct BasePath {
        /// Which versions use it.
        "doc" => doc: Text,
        /// First version that uses it.
        "since" => since: Option<Version>,
        /// Last version that uses it, with all that begin like it: `"5.1"` covers `5.1.3656`.
        "until" => until: Option<Version>,
    }
}

syntax! {
    /// How long the sender waits.
    pub struct Timeout {
        /// Seconds by default.
        "seconds" => seconds: Spanned<u32>,
        /// The setting that changes it.
        "setting" => setting: Name,
        /// What happens then.
        "doc" => doc: Text,
    }
}

syntax! {
    /// What the sender expects of an answer.
    pub struct AnswerSyntax {
        /// HTTP status that means yes.
        "accept_status" => accept_status: Spanned<u16>,
        /// HTTP status that means no.
        "deny_status" => deny_status: Spanned<u16>,
        /// Content type that it must have.
        "content_type" => content_type: Name,
        /// What else matters.
        "doc" => doc: Text,
    }
}

syntax! {
    /// How the sender signs a request.
    pub struct Signature {
        /// The header that carries it.
        "header" => header: Name,
        /// What stands before it, with the space.
        "prefix" => prefix: Name,
        /// How it is computed over the raw body.
        "digest" => digest: Spanned<Digest>,
        /// Status that answers a wrong one.
        "reject_status" => reject_status: Spanned<u16>,
        /// How it is switched on and what to mind.
        "doc" => doc: Text,
        /// Settings that switch it on.
        "requires" => requires: List<Name>,
    }
}

words! {
    /// A keyed digest, in lower-case hex.
    pub enum Digest {
        /// HMAC-MD5.
        HmacMd5 = "hmac_md5",
        /// HMAC-SHA-256.
        HmacSha256 = "hmac_sha256",
    }
}

impl Digest {
    /// Name of the algorithm in prose.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::HmacMd5 => "HMAC-MD5",
            Self::HmacSha256 => "HMAC-SHA-256",
        }
    }

    /// Name of the hash that `openssl dgst` takes as an option, without the hyphen.
    #[must_use]
    pub const fn openssl(self) -> &'static str {
        match self {
            Self::HmacMd5 => "md5",
            Self::HmacSha256 => "sha256",
        }
    }
}

syntax! {
    /// How the answer to the opening hook steers the session: an object keyed by hook name.
    pub struct SessionPolicySyntax {
        /// The member of the answer.
        "member" => member: Name,
        /// The record that each of its values is.
        "record" => record: Name,
        /// Its member that says what an error does, and the words.
        "on_error" => on_error: OnErrorWords,
        /// Its member that says what an answer does, and the words.
        "policy" => policy: PolicyWords,
        /// Its member that lists what is taken from an answer.
        "overwrite" => overwrite: Name,
        /// Its member that lists what the backend does not get.
        "request_exclude" => request_exclude: Name,
        /// Its member that lists what the client does not get.
        "client_exclude" => client_exclude: Name,
        /// How it works as a whole.
        "doc" => doc: Text,
    }
}

syntax! {
    /// Words of the on-error member.
    pub struct OnErrorWords {
        /// The member.
        "member" => member: Name,
        /// The word by which an error stops what was asked for.
        "fail" => fail: Name,
        /// The word by which an error is only logged.
        "log" => log: Name,
        /// The word that holds when nothing is said.
        "default" => default: Name,
    }
}

syntax! {
    /// Words of the policy member.
    pub struct PolicyWords {
        /// The member.
        "member" => member: Name,
        /// The word by which the hook is sent and its answer ignored.
        "notify" => notify: Name,
        /// The word by which members are taken from the answer.
        "overwrite" => overwrite: Name,
        /// The word by which the hook is not sent.
        "disable" => disable: Name,
        /// The word that holds when nothing is said.
        "default" => default: Name,
    }
}

syntax! {
    /// A setting of the sender.
    pub struct Setting {
        /// The value that the hooks need, as written in the sender's configuration; `{app}`, `{key}` and `{url}` are
        /// filled in.
        "value" => value: Name,
        /// What it does.
        "doc" => doc: Text,
    }
}

syntax! {
    /// A console command.
    pub struct Command {
        /// The command line.
        "template" => template: Name,
        /// What it does.
        "doc" => doc: Text,
        /// When it is to be run.
        "run" => run: Spanned<RunCommand>,
    }
}

words! {
    /// When a console command is to be run.
    pub enum RunCommand {
        /// Once for an application.
        Once = "once",
        /// In place of what is run once, for an application that exists.
        Existing = "existing",
        /// Once for each hook.
        EachHook = "each_hook",
        /// Only to look.
        Inspect = "inspect",
        /// To take back what another did.
        Undo = "undo",
    }
}
