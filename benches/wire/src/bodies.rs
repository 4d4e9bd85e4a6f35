//! The five kinds of bodies that are measured one by one.

/// A body and the hook that it is sent to.
#[derive(Debug, Clone)]
pub struct Body {
    /// What the tables call it.
    pub label: &'static str,
    /// The hook's name.
    pub hook: String,
    /// JSON.
    pub text: String,
}

/// An offer of some 3.5 KB; a small event; a session's opening with a policy for every hook; a sign of life; a call
/// with the SIP message as it came.
pub fn five() -> Vec<Body> {
    let body = |label, hook: &str, text: &str| Body { label, hook: hook.to_owned(), text: text.to_owned() };
    vec![
        body("sdp", "StreamStatusEvent", include_str!("../bodies/sdp.json")),
        body("small", "StreamStatusEvent", include_str!("../bodies/small.json")),
        body("connect", "connect", include_str!("../bodies/connect.json")),
        body("keepalive", "StreamKeepAliveEvent", include_str!("../bodies/keepalive.json")),
        body("call", "OnCallEvent", include_str!("../bodies/call.json")),
    ]
}
