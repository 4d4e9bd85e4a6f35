//! What is broken: none of it comes from the media server, and none of it may harm its sessions.

use bytes::Bytes;
use wcs_contract::model::Hook;

use super::check::{Ground, MALFORMED, SURVIVES};
use super::excerpt;
use super::report::{Problem, Report};
use super::suite::{Exchange, Got, Suite};
use crate::wire::{Manner, Reply};

pub(super) async fn ask(suite: &Suite<'_>, report: &mut Report) {
    for exchange in suite.of(&MALFORMED) {
        malformed(suite, report, exchange);
    }
    let Some(sample) = suite.sample() else {
        report.skip(&SURVIVES, "no plain body is answered");
        return;
    };
    let plain = sample.case.body.clone();
    let trials = [
        (None, "malformed bodies"),
        (Some((plain, Manner::Cut)), "a body that was cut off with its connection"),
        (Some((deep(), Manner::Plain)), "a body nested 100000 levels deep"),
        (Some((huge(), Manner::Plain)), "a body of 16 MiB"),
    ];
    let mut alive = true;
    for (trial, after) in trials {
        if !alive {
            report.fail_quietly(&SURVIVES, Ground::Practice);
            continue;
        }
        if let Some((body, manner)) = trial {
            suite.post(&sample.case.path, body, manner).await;
        }
        alive = survived(suite, report, sample, after).await;
    }
}

fn malformed(suite: &Suite<'_>, report: &mut Report, exchange: &Exchange<'_>) {
    let Exchange { hook, case, got } = exchange;
    match got {
        Some(got) if got.is_calm() => report.pass(&MALFORMED, case.ground),
        Some(got) if suite.is_sound(hook) => report.fail(&MALFORMED, case.ground, failed(suite, hook, exchange, got)),
        _ => report.fail_quietly(&MALFORMED, case.ground),
    }
}

fn failed(suite: &Suite<'_>, hook: &Hook, exchange: &Exchange<'_>, got: &Got) -> Problem {
    let what = exchange.case.what.rsplit(": ").next().unwrap_or_default();
    let (code, message) = match &got.reply {
        Reply::Answered { status, .. } => ("server-error", format!("answered with {status}")),
        Reply::TimedOut => ("timeout", "not answered in time".to_owned()),
        Reply::Failed(_) => ("no-answer", "the connection ended before there was a whole answer".to_owned()),
    };
    Problem {
        code,
        message,
        hook: Some(hook.name.value.clone()),
        sent: format!("{} ({what})", excerpt::sent(suite.contract, hook, &exchange.case.path, &exchange.case.body)),
        got: excerpt::got(suite.contract, hook, &got.reply),
        help: "answer with 400 what is no JSON object".to_owned(),
    }
}

async fn survived(suite: &Suite<'_>, report: &mut Report, sample: &Exchange<'_>, after: &str) -> bool {
    let Exchange { hook, case, .. } = sample;
    let got = suite.post_anew(&case.path, case.body.clone()).await;
    if got.is_fine() {
        report.pass(&SURVIVES, Ground::Practice);
        return true;
    }
    let problem = suite.trouble(hook, &case.path, &case.body, &got);
    let message = format!("after {after}, a plain body: {}", problem.message);
    let help = "limit size and depth of bodies, and let no request end the program".to_owned();
    report.fail(&SURVIVES, Ground::Practice, Problem { message, help, ..problem });
    false
}

fn deep() -> Bytes {
    const LEVELS: usize = 100_000;
    Bytes::from(format!("{{\"deep\":{}{}}}", "[".repeat(LEVELS), "]".repeat(LEVELS)))
}

fn huge() -> Bytes {
    const SIZE: usize = 16 << 20;
    Bytes::from(format!("{{\"huge\":\"{}\"}}", "x".repeat(SIZE)))
}
