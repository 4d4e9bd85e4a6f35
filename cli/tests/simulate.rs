//! `wcs simulate` as a program: exit codes, messages, and what it refuses.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

fn wcs(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    Command::new(env!("CARGO_BIN_EXE_wcs")).current_dir(root).args(arguments).output().unwrap()
}

fn said(output: &Output) -> (i32, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

/// A backend that gives every request the same answer; it ends with the test.
fn backend(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            let mut piece = [0; 4096];
            while !is_whole(&request) {
                match stream.read(&mut piece) {
                    Ok(length @ 1..) => request.extend_from_slice(&piece[..length]),
                    _ => break,
                }
            }
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
    body.len() >= length
}

const YES: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
const NO: &str = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const BROKEN: &str = "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

#[test]
fn scenarios_are_listed_without_a_backend() {
    let (code, text) = said(&wcs(&["simulate", "--list"]));
    assert_eq!(code, 0, "{text}");
    assert!(text.lines().any(|line| line.starts_with("outgoing_call ")), "{text}");
    let (code, text) = said(&wcs(&["simulate", "--list", "--format", "json"]));
    let list: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, list["version"].as_u64()), (0, Some(1)));
}

#[test]
fn exit_codes_tell_what_was_found() {
    let play = |answer, more: &[&str]| {
        let address = backend(answer);
        let arguments = [&["simulate", &address, "--scenario", "connect"], more].concat();
        said(&wcs(&arguments))
    };
    let cases: [(&str, &[&str], i32, &str); 6] = [
        (YES, &[], 0, "0 errors"),
        (NO, &[], 0, "your 403 declined the session"),
        (NO, &["--fail-on", "denied"], 1, "denied[denied]"),
        (BROKEN, &[], 1, "error[wrong-status]"),
        (BROKEN, &["--fail-on", "never"], 0, "error[wrong-status]"),
        (YES, &["--format", "json"], 0, "\"event\":\"ends\""),
    ];
    for (answer, more, expected, part) in cases {
        let (code, text) = play(answer, more);
        assert!(code == expected && text.contains(part), "{more:?}: {code}\n{text}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_with_a_reason() {
    let cases: [(&[&str], &str); 10] = [
        (&[], "<URL>"),
        (&["http://192.0.2.1/hooks"], "say `--allow-remote`"),
        (&["https://localhost/hooks"], "only plain HTTP is spoken"),
        (&["http://localhost/hooks?x=1"], "it can't have a query"),
        (&[":1", "--scenario", "outgoing_cal"], "did you mean `outgoing_call`?"),
        (&[":1", "--trouble", "slow,fire"], "`fire` is no trouble; there are slow, cut"),
        (&[":1", "--sender", "3"], "is older than 4"),
        (&[":1", "--sessions", "5"], "--for <TIME>"),
        (&[":1", "--for", "3x"], "write a number with s, m or h after it"),
        (&[":1", "--for", "0ms"], "write a number above 0"),
    ];
    for (arguments, part) in cases {
        let (code, text) = said(&wcs(&[&["simulate"], arguments].concat()));
        assert!(code == 2 && text.contains(part), "{arguments:?}: {code}\n{text}");
    }
}

#[test]
fn a_report_is_one_page_that_stands_alone() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report.html");
    let (code, text) =
        said(&wcs(&["simulate", &backend(YES), "--scenario", "publish", "--report", folder.to_str().unwrap()]));
    assert_eq!(code, 0, "{text}");
    let page = std::fs::read_to_string(folder).unwrap();
    assert!(page.contains("<svg") && page.contains("the client gets") && !page.contains("<script"), "{page}");
}

#[test]
fn load_is_summed_up() {
    let address = backend(YES);
    let arguments = ["simulate", &address, "--sessions", "2", "--rate", "50", "--for", "1s", "--format", "json"];
    let (code, text) = said(&wcs(&arguments));
    let summary: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!((code, summary["event"].as_str()), (0, Some("load")), "{text}");
    assert!((20..=60).contains(&summary["sent"].as_u64().unwrap()), "{text}");
}
