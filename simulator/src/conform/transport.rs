//! Connections, several requests at once, repetition, other paths and methods.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use tokio::task::JoinSet;

use super::check::{ALIVE, AT_ONCE, Ground, METHODS, NEW_HOOK, REUSE, TWICE};
use super::excerpt;
use super::probe::{self, Connection, Probe, Request};
use super::report::{Problem, Report};
use super::suite::{Exchange, Got, Suite};
use crate::judge::{self, told};
use crate::remarks;
use crate::wire::{Manner, Reply};

pub(super) async fn ask(suite: &Suite<'_>, report: &mut Report) {
    for check in [&REUSE, &ALIVE, &AT_ONCE, &TWICE, &METHODS, &NEW_HOOK] {
        report.skip(check, "no plain body is answered");
    }
    let Some(sample) = suite.sample() else { return };
    let Ok(probe) = Probe::new(&suite.settings.target) else { return };
    in_a_row(suite, report, sample, &probe).await;
    at_once(suite, report, sample).await;
    twice(suite, report).await;
    methods(suite, report, sample, &probe).await;
    new_hook(suite, report, sample).await;
}

fn request<'a>(suite: &Suite<'_>, method: Method, hook: &'a str, body: Bytes) -> Request<'a> {
    suite.count();
    let proof = suite.wire.proof(&body);
    Request { method, hook, body, proof }
}

async fn in_a_row(suite: &Suite<'_>, report: &mut Report, sample: &Exchange<'_>, probe: &Probe) {
    const REQUESTS: usize = 20;
    /// A backend that closes without a word is to have done so before the next request.
    const PAUSE: Duration = Duration::from_millis(5);
    let Exchange { hook, case, .. } = sample;
    let problem = |code, message: &str, got: String, help: &str| Problem {
        code,
        message: message.to_owned(),
        hook: Some(hook.name.value.clone()),
        sent: format!(
            "{} over connections that are kept alive",
            excerpt::sent(suite.contract, hook, &case.path, &case.body)
        ),
        got,
        help: help.to_owned(),
    };
    let mut open: Option<Connection> = None;
    let mut reused = 0;
    let mut closed = None;
    for _ in 0..REQUESTS {
        let mut asked = Err("nothing was sent".to_owned());
        if let Some(connection) = &mut open {
            asked = probe
                .ask(connection, request(suite, Method::POST, &case.path, case.body.clone()), suite.wire.timeout())
                .await;
            match &asked {
                Ok(_) => reused += 1,
                Err(reason) => {
                    closed = Some((
                        "connection-dropped",
                        "a connection was closed between two hooks without a word",
                        reason.clone(),
                    ))
                }
            }
        }
        if asked.is_err() {
            asked = match probe.connect().await {
                Ok(mut connection) => {
                    let asked = probe
                        .ask(
                            &mut connection,
                            request(suite, Method::POST, &case.path, case.body.clone()),
                            suite.wire.timeout(),
                        )
                        .await;
                    open = Some(connection);
                    asked
                }
                Err(reason) => Err(reason),
            };
        }
        match &asked {
            Ok(answer) => {
                report.pass(&REUSE, Ground::Documents);
                if probe::says_close(answer) {
                    open = None;
                    closed = closed.or(Some((
                        "connection-closed",
                        "each connection is closed after its answer",
                        "an answer that closes its connection".to_owned(),
                    )));
                }
            }
            Err(reason) => {
                open = None;
                let help = "answer every request, and close connections only after an answer that says so";
                report.fail(
                    &REUSE,
                    Ground::Documents,
                    problem("no-answer", "a hook got no answer", reason.clone(), help),
                );
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
    match closed {
        Some((code, message, got)) => {
            let help = "speak HTTP/1.1, and keep connections open between requests";
            report.fail(&ALIVE, Ground::Documents, problem(code, message, got, help));
        }
        None if reused > 0 => report.pass(&ALIVE, Ground::Documents),
        None => report.fail_quietly(&ALIVE, Ground::Documents),
    }
}

async fn at_once(suite: &Suite<'_>, report: &mut Report, sample: &Exchange<'_>) {
    const REQUESTS: usize = 32;
    let Exchange { hook, case, .. } = sample;
    let mut asked = JoinSet::new();
    for _ in 0..REQUESTS {
        suite.count();
        let (wire, path, body) = (suite.wire.clone(), case.path.clone(), case.body.clone());
        asked.spawn(async move { wire.post(&path, body, Manner::Plain).await });
    }
    while let Some(done) = asked.join_next().await {
        let (reply, took) = done.unwrap_or((Reply::Failed("the request broke off".to_owned()), Duration::ZERO));
        let reception = judge::receive(suite.contract, &reply);
        let got = Got { reply, reception, took };
        if got.is_fine() {
            report.pass(&AT_ONCE, Ground::Documents);
        } else {
            let problem = suite.trouble(hook, &case.path, &case.body, &got);
            let message = format!("{REQUESTS} hooks at once: {}", problem.message);
            report.fail(&AT_ONCE, Ground::Documents, Problem { message, ..problem });
        }
    }
}

async fn twice(suite: &Suite<'_>, report: &mut Report) {
    for Exchange { hook, case, got } in suite.samples() {
        let Some(first) = got else { continue };
        let second = suite.post(&case.path, case.body.clone(), Manner::Plain).await;
        let is_like = std::mem::discriminant(&first.reception) == std::mem::discriminant(&second.reception);
        if is_like || remarks::unlike(hook, &first.reception, &second.reception).is_none() {
            report.pass(&TWICE, Ground::Practice);
            continue;
        }
        let problem = Problem {
            code: "duplicate-differs",
            message: format!("first {}, then {}", told(&first.reception), told(&second.reception)),
            hook: Some(hook.name.value.clone()),
            sent: format!("{}, again", excerpt::sent(suite.contract, hook, &case.path, &case.body)),
            got: excerpt::got(suite.contract, hook, &second.reply),
            help: "let the same request lead to the same answer".to_owned(),
        };
        report.fail(&TWICE, Ground::Practice, problem);
    }
}

async fn methods(suite: &Suite<'_>, report: &mut Report, sample: &Exchange<'_>, probe: &Probe) {
    let hook = &sample.hook.name.value;
    for method in [Method::GET, Method::PUT, Method::OPTIONS] {
        let asked = match probe.connect().await {
            Ok(mut connection) => {
                let request = request(suite, method.clone(), hook, Bytes::new());
                probe.ask(&mut connection, request, suite.wire.timeout()).await
            }
            Err(reason) => Err(reason),
        };
        // A method that is not implemented may well be said not to be.
        const NOT_IMPLEMENTED: u16 = 501;
        let (code, got) = match asked {
            Ok(answer) if answer.status().as_u16() < 500 || answer.status().as_u16() == NOT_IMPLEMENTED => {
                report.pass(&METHODS, Ground::Practice);
                continue;
            }
            Ok(answer) => ("server-error", answer.status().to_string()),
            Err(reason) => ("no-answer", reason),
        };
        let problem = Problem {
            code,
            message: format!("{method} made the backend fail"),
            hook: Some(hook.clone()),
            sent: format!("{method} {hook}"),
            got,
            help: "answer other methods than POST with 405".to_owned(),
        };
        report.fail(&METHODS, Ground::Practice, problem);
    }
}

async fn new_hook(suite: &Suite<'_>, report: &mut Report, sample: &Exchange<'_>) {
    const NAME: &str = "hookOfALaterRelease";
    let got = suite.post(NAME, sample.case.body.clone(), Manner::Plain).await;
    if got.is_calm() {
        report.pass(&NEW_HOOK, Ground::Practice);
        return;
    }
    let problem = Problem {
        hook: None,
        sent: excerpt::sent(suite.contract, sample.hook, NAME, &sample.case.body),
        help: "accept it, or answer with 404".to_owned(),
        ..suite.trouble(sample.hook, NAME, &sample.case.body, &got)
    };
    report.fail(&NEW_HOOK, Ground::Practice, problem);
}
