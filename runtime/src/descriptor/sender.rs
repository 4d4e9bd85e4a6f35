//! The program that sends the hooks.

/// The sender and how it talks.
#[derive(Debug)]
pub struct SenderDescriptor {
    /// Its name.
    pub name: &'static str,
    /// Base paths under which it sends by default.
    pub base_paths: &'static [&'static str],
    /// Seconds that it waits for an answer.
    pub timeout_seconds: u32,
    /// HTTP status that means yes.
    pub accept_status: u16,
    /// HTTP status that means no.
    pub deny_status: u16,
    /// Content type that an answer must have.
    pub content_type: &'static str,
    /// How it signs a request.
    pub signature: Option<SignatureDescriptor>,
    /// How the answer to the opening hook steers the session.
    pub policy: Option<&'static PolicyDescriptor>,
    /// Its settings that concern hooks.
    pub settings: &'static [SettingDescriptor],
    /// Console commands of its operator.
    pub commands: &'static [CommandDescriptor],
}

impl SenderDescriptor {
    /// A sender of which a contract says nothing.
    pub const NEUTRAL: Self = Self {
        name: "sender",
        base_paths: &[],
        timeout_seconds: 15,
        accept_status: 200,
        deny_status: 403,
        content_type: "application/json",
        signature: None,
        policy: None,
        settings: &[],
        commands: &[],
    };
}

/// How a request is signed: `header: prefix + hex(digest(key, body))`.
#[derive(Debug, Clone, Copy)]
pub struct SignatureDescriptor {
    /// The header that carries the signature.
    pub header: &'static str,
    /// What stands before it, with the space.
    pub prefix: &'static str,
    /// How it is computed over the raw body.
    pub digest: Digest,
    /// Status that answers a wrong one.
    pub reject_status: u16,
    /// Settings of the sender that switch it on.
    pub requires: &'static [&'static str],
}

/// A keyed digest, written in lower-case hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Digest {
    /// HMAC-MD5.
    HmacMd5,
    /// HMAC-SHA-256.
    HmacSha256,
}

#[cfg(feature = "signature")]
impl From<Digest> for wcs_sign::Scheme {
    fn from(digest: Digest) -> Self {
        match digest {
            Digest::HmacMd5 => Self::HmacMd5,
            Digest::HmacSha256 => Self::HmacSha256,
        }
    }
}

/// How the answer to the opening hook steers the session: an object keyed by hook name, whose values have these members.
#[derive(Debug, Clone, Copy)]
pub struct PolicyDescriptor {
    /// The member of the answer.
    pub member: &'static str,
    /// What an error does.
    pub on_error: ErrorWords,
    /// What an answer does.
    pub policy: AnswerWords,
    /// Member that lists what is taken from an answer.
    pub overwrite: &'static str,
    /// Member that lists what the backend does not get.
    pub request_exclude: &'static str,
    /// Member that lists what the client does not get.
    pub client_exclude: &'static str,
}

/// Words for what an error does.
#[derive(Debug, Clone, Copy)]
pub struct ErrorWords {
    /// The member that carries the word.
    pub member: &'static str,
    /// An error stops what was asked for.
    pub fail: &'static str,
    /// An error is only logged.
    pub log: &'static str,
    /// The word that holds when nothing is said.
    pub default: &'static str,
}

/// Words for what an answer does.
#[derive(Debug, Clone, Copy)]
pub struct AnswerWords {
    /// The member that carries the word.
    pub member: &'static str,
    /// The hook is sent and its answer ignored.
    pub notify: &'static str,
    /// Members are taken from the answer.
    pub overwrite: &'static str,
    /// The hook is not sent.
    pub disable: &'static str,
    /// The word that holds when nothing is said.
    pub default: &'static str,
}

/// A setting of the sender.
#[derive(Debug, Clone, Copy)]
pub struct SettingDescriptor {
    /// Its name in the sender's configuration.
    pub name: &'static str,
    /// The value that the hooks need, with `{app}`, `{key}` and `{url}` to be filled in.
    pub value: &'static str,
    /// What it does.
    pub doc: &'static str,
}

/// A console command of the sender's operator.
#[derive(Debug, Clone, Copy)]
pub struct CommandDescriptor {
    /// What it is for, as an identifier.
    pub name: &'static str,
    /// The line, with `{app}`, `{key}`, `{url}` and `{hook}` to be filled in.
    pub template: &'static str,
    /// When it is run.
    pub run: CommandRun,
}

/// When a console command is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommandRun {
    /// Once for an application.
    Once,
    /// In place of what is run once, for an application that exists.
    Existing,
    /// Once for each hook.
    EachHook,
    /// Only to look.
    Inspect,
    /// To take back what another did.
    Undo,
}
