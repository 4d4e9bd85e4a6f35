//! `wcs conform` as a program: exit codes, formats, and what it refuses.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn wcs(arguments: &[&str]) -> (i32, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_wcs")).current_dir(root).args(arguments).output().unwrap();
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

/// A backend that gives every request the same answer, whose connection it closes; it ends with the test.
fn backend(status: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || answer(stream.unwrap(), status));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: TcpStream, status: &str) {
    let mut request = Vec::new();
    let mut piece = [0; 65536];
    while !is_whole(&request) {
        match stream.read(&mut piece) {
            Ok(length @ 1..) => request.extend_from_slice(&piece[..length]),
            _ => return,
        }
    }
    let head = "content-type: application/json\r\ncontent-length: 2\r\nconnection: close";
    let _ = write!(stream, "HTTP/1.1 {status}\r\n{head}\r\n\r\n{{}}");
}

fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
    request.len() >= end + 4 + length
}

#[test]
fn the_exit_code_is_what_was_asked_for() {
    let cases: [(&str, &[&str], i32, &str); 6] = [
        ("200 OK", &[], 0, "advice[connection-closed]"),
        ("200 OK", &["--fail-on", "advice"], 1, "advice[connection-closed]"),
        ("200 OK", &["--fail-on", "advice", "--only", "answers"], 0, "100 %"),
        ("500 Oops", &[], 1, "required[wrong-status]"),
        ("500 Oops", &["--fail-on", "never"], 0, "required[wrong-status]"),
        ("403 Forbidden", &[], 0, "give bodies what the backend wants with `--set MEMBER=VALUE`"),
    ];
    for (status, more, expected, part) in cases {
        let address = backend(status);
        let (code, text) = wcs(&[&["conform", &address, "--hooks", "call"], more].concat());
        assert!(code == expected && text.contains(part), "{status} {more:?}: {code}\n{text}");
    }
}

#[test]
fn json_is_one_object() {
    let (code, text) = wcs(&["conform", &backend("500 Oops"), "--hooks", "call", "--format", "json"]);
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (code, &report["version"], &report["score"]["required"]["percent"]),
        (1, &1.into(), &0.into()),
        "{text}"
    );
    assert_eq!(report["findings"][0]["code"], "wrong-status", "{text}");
}

#[test]
fn questions_are_listed_without_a_backend() {
    let (code, text) = wcs(&["conform", "--list"]);
    assert!(code == 0 && text.lines().any(|line| line.starts_with("  denials")), "{text}");
    let (code, text) = wcs(&["conform", "--list", "--format", "json"]);
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, list["checks"][0]["id"].as_str()), (0, Some("answers.valid")));
}

#[test]
fn what_makes_no_sense_is_refused_with_a_reason() {
    let cases: [(&[&str], &str); 7] = [
        (&[], "<URL>"),
        (&["http://192.0.2.1/hooks"], "say `--allow-remote`"),
        (&["http://127.0.0.1:1"], "there is no backend at http://127.0.0.1:1/apps/EchoApp"),
        (&[":1", "--only", "polcy"], "'policy'"),
        (&[":1", "--hooks", "conect"], "did you mean `connect`?"),
        (&[":1", "--set", "token"], "an equals sign"),
        (&[":1", "--set", "custm=1"], "did you mean `custom`?"),
    ];
    for (arguments, part) in cases {
        let (code, text) = wcs(&[&["conform"], arguments].concat());
        assert!(code == 2 && text.contains(part), "{arguments:?}: {code}\n{text}");
    }
}
