//! What the report at start-up finds, and how it says it.

use super::*;

/// Codes of the findings, of one level, for a change of the policy.
fn codes(
    level: Level,
    change: impl Fn(SessionPolicy) -> SessionPolicy + Send + Sync + 'static,
) -> Vec<(&'static str, String)> {
    let server = HookServer::<()>::new(&HOUSE).handlers(handlers![enter, open, still_there]).unwrap().policy(change);
    let found = server.report().findings.into_iter().filter(|finding| finding.level == level);
    found.map(|finding| (finding.code, finding.hook)).collect()
}

#[test]
fn a_sound_server_has_no_warnings() {
    assert_eq!(codes(Level::Warning, |policy| policy), []);
    assert_eq!(codes(Level::Note, |policy| policy), [("needs-settings", "stillThere".to_owned())]);
}

#[test]
fn each_change_that_makes_a_handler_ineffective_is_warned_of() {
    let warnings = |change: fn(SessionPolicy) -> SessionPolicy| codes(Level::Warning, change);
    let found = |code: &'static str, hook: &str| vec![(code, hook.to_owned())];
    let logged = warnings(|policy| policy.change(Open::DESCRIPTOR, |entry| entry.on_error(OnError::Log)));
    assert_eq!(logged, found("denial-ignored", "open"));
    assert_eq!(warnings(|policy| policy.forget(StillThere::DESCRIPTOR)), found("denial-ignored", "stillThere"));
    let muted = warnings(|policy| policy.change(Open::DESCRIPTOR, |entry| entry.answer(AnswerUse::Disable)));
    assert_eq!(muted, found("hook-disabled", "open"));
    let shown = warnings(|policy| policy.change(Opened::DESCRIPTOR, |entry| entry.show_to_client(&["passWord"])));
    assert_eq!(shown, found("secret-shown", "Opened"));
    let misspelt = warnings(|policy| policy.change(Open::DESCRIPTOR, |entry| entry.hide_from_client(["dor"])));
    assert_eq!(misspelt, found("unknown-member", "open"));
}

/// Codes of the findings about one handler, `!` for warnings, under a policy changed as said.
fn found(hook: &'static HookDescriptor, options: &str, change: fn(SessionPolicy) -> SessionPolicy) -> Vec<String> {
    let handler = declared(hook, options);
    let policy = change(compute(&HOUSE, &[&handler], UnhandledHooks::Sent));
    let report = report(&HOUSE, &[&handler], &policy, Unhandled::Echo);
    let mark = |level| if level == Level::Warning { "!" } else { "" };
    report.findings.iter().map(|finding| format!("{}{}", mark(finding.level), finding.code)).collect()
}

#[test]
fn options_that_are_worth_a_word() {
    let as_computed = |hook, options| found(hook, options, |policy| policy);
    let table: [(&'static HookDescriptor, &str, &[&str]); 12] = [
        (Open::DESCRIPTOR, "take without", &[]),
        (Open::DESCRIPTOR, "log", &["!denial-ignored"]),
        (Open::DESCRIPTOR, "slow", &["!deadline-too-long"]),
        (Ring::DESCRIPTOR, "log", &["!denial-ignored"]),
        (Leave::DESCRIPTOR, "", &["denial-not-useful"]),
        (Leave::DESCRIPTOR, "log", &[]),
        (Knock::DESCRIPTOR, "", &["denial-undocumented"]),
        (Knock::DESCRIPTOR, "log", &[]),
        (StillThere::DESCRIPTOR, "log", &["!denial-ignored", "needs-settings"]),
        (Opened::DESCRIPTOR, "log", &[]),
        (Enter::DESCRIPTOR, "log take", &[]),
        (Enter::DESCRIPTOR, "without", &["!exclude-ignored"]),
    ];
    for (hook, options, expected) in table {
        assert_eq!(as_computed(hook, options), expected, "{} {options:?}", hook.name);
    }
    let shorter = |policy: SessionPolicy| {
        policy.change(Open::DESCRIPTOR, |entry| entry.answer(AnswerUse::Overwrite(vec!["door".into()])))
    };
    assert_eq!(found(Open::DESCRIPTOR, "take", shorter), ["!overwrite-ignored"]);
    let told = |policy: SessionPolicy| policy.change(Open::DESCRIPTOR, |entry| entry.answer(AnswerUse::Notify));
    assert_eq!(found(Open::DESCRIPTOR, "take", told), ["!overwrite-ignored"]);
    assert_eq!(found(Open::DESCRIPTOR, "", told), Vec::<String>::new());
    let sent = |policy: SessionPolicy| policy.with(Open::DESCRIPTOR, HookPolicy::new().on_error(OnError::Fail));
    assert_eq!(found(Open::DESCRIPTOR, "without", sent), ["!exclude-ignored"]);
}

#[test]
fn a_finding_names_handler_hook_and_remedy() {
    let server = HookServer::<()>::new(&HOUSE)
        .handlers(handlers![open])
        .unwrap()
        .policy(|policy| policy.change(Open::DESCRIPTOR, |entry| entry.on_error(OnError::Log)));
    let log = Log::default();
    let report = server.report();
    let finding = report.warnings().next().unwrap().clone();
    assert!(finding.handler.is_some_and(|handler| handler.ends_with("open")), "{finding:?}");
    assert!(finding.message.contains("GO for `open`"), "{finding:?}");
    assert!(finding.remedy.contains("ifNo to STOP"), "{finding:?}");
    let text = report.to_string();
    assert!(text.contains("warning[denial-ignored]") && text.contains("a denial is only logged; GO, TELL"), "{text}");
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["findings"][0]["code"], "denial-ignored");
    assert_eq!((&json["hooks"][0]["denial"], &json["hooks"][0]["kind"]), (&"logged".into(), &"direct".into()));
    let _router: axum::Router = tracing::subscriber::with_default(log.clone(), || server.router());
    let line = log.lines().into_iter().find(|line| line.contains("denial-ignored")).unwrap();
    assert!(line.starts_with("WARN") && line.contains("ifNo to STOP"), "{line}");
}
