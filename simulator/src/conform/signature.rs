//! Who may send hooks. Asked only if there is a key.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};

use super::check::{ACCEPTS, Ground, REFUSES, STATUS};
use super::excerpt;
use super::probe::{Probe, Request};
use super::report::{Problem, Report};
use super::suite::{Exchange, Suite};
use crate::wire::sign;

/// Says that there is no key to ask with.
pub(super) fn skip(report: &mut Report) {
    for check in [&ACCEPTS, &REFUSES, &STATUS] {
        report.skip(check, "give the key with `--sign SECRET`");
    }
}

pub(super) async fn ask(suite: &Suite<'_>, report: &mut Report) {
    let signature = suite.contract.sender.as_ref().and_then(|sender| sender.signature.as_ref());
    let (Some(signature), Some(secret)) = (signature, &suite.settings.credentials.secret) else {
        return skip(report);
    };
    let Some(sample) = suite.sample() else { return };
    let (Ok(probe), Ok(header)) = (Probe::new(&suite.settings.target), signature.header.value.parse::<HeaderName>())
    else {
        return;
    };
    let Exchange { hook, case, got } = sample;
    let accepted = got.as_ref().is_some_and(|got| got.members().is_some());
    let problem = |code, message: String, how: &str, got: String, help: String| Problem {
        code,
        message,
        hook: Some(hook.name.value.clone()),
        sent: format!("{}, {how}", excerpt::sent(suite.contract, hook, &case.path, &case.body)),
        got,
        help,
    };
    if accepted {
        report.pass(&ACCEPTS, Ground::Documents);
    } else {
        let got = got.as_ref().map(|got| excerpt::got(suite.contract, hook, &got.reply)).unwrap_or_default();
        let help = "compare the keys; compute the digest over the bytes of the body as they came; and if the backend \
                    says no for another reason, give bodies what it wants with `--set`";
        let message = "no signed hook was answered with yes".to_owned();
        report.fail(&ACCEPTS, Ground::Documents, problem("signature-refused", message, "signed", got, help.to_owned()));
        report.skip(&REFUSES, "no signed hook was answered with yes, so a no says nothing");
        report.skip(&STATUS, "no signed hook was answered with yes, so a no says nothing");
        return;
    }
    let right = sign(signature, secret, &case.body);
    let other_key = [secret.as_slice(), b"-of-another"].concat();
    let digest = right.strip_prefix(&signature.prefix.value).unwrap_or_default().to_owned();
    let forged = [
        ("without a signature", None),
        ("signed with another key", Some(sign(signature, &other_key, &case.body))),
        ("with the signature of another body", Some(sign(signature, secret, b"{}"))),
        ("with the digest alone", Some(digest.clone())),
        ("with half of the signature", right.get(..right.len() - digest.len() / 2).map(str::to_owned)),
        ("with an empty signature", Some(signature.prefix.value.trim_end().to_owned())),
    ];
    for (how, value) in forged {
        let value = value.and_then(|value| HeaderValue::try_from(value).ok());
        let proof = value.map(|value| (header.clone(), value));
        let request = Request { method: Method::POST, hook: &case.path, body: case.body.clone(), proof };
        suite.count();
        let status = match probe.connect().await {
            Ok(mut connection) => probe.ask(&mut connection, request, suite.wire.timeout()).await,
            Err(reason) => Err(reason),
        }
        .map(|answer: http::Response<Bytes>| answer.status().as_u16());
        let wanted = signature.reject_status.value;
        match status {
            Ok(200..300) => {
                let message = "a hook that somebody else sent is believed".to_owned();
                let help = format!("compare all of `{}` with the digest of the body's bytes", signature.header.value);
                let got = status.map_or(String::new(), |status| status.to_string());
                report.fail(&REFUSES, Ground::Documents, problem("forgery-accepted", message, how, got, help));
            }
            Ok(status) => {
                report.pass(&REFUSES, Ground::Documents);
                if status == wanted {
                    report.pass(&STATUS, Ground::Documents);
                } else {
                    let message = format!("refused with {status}");
                    let help = format!("refuse with {wanted}");
                    report.fail(
                        &STATUS,
                        Ground::Documents,
                        problem("other-status", message, how, status.to_string(), help),
                    );
                }
            }
            Err(reason) => {
                report.pass(&REFUSES, Ground::Documents);
                let message = "refused without an answer".to_owned();
                let help = format!("refuse with {wanted}");
                report.fail(&STATUS, Ground::Documents, problem("no-answer", message, how, reason, help));
            }
        }
    }
    report.skip(&STATUS, "no forged hook was refused");
}
