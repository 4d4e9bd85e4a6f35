//! `wcs record` and `wcs replay` as programs: what they say, what they refuse, and their exit codes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wcs"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()).args(arguments);
    command
}

fn wcs(arguments: &[&str]) -> (i32, String) {
    let Output { status, stdout, stderr } = command(arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8([stdout, stderr].concat()).unwrap())
}

/// A backend that answers every request with the same body; it ends with the test.
fn backend(body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            read(&mut stream);
            let length = body.len();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
            let _ = stream.write_all([head.as_bytes(), body.as_bytes()].concat().as_slice());
        }
    });
    format!("http://{address}")
}

/// Reads a message that tells its length.
fn read(stream: &mut TcpStream) -> String {
    let (mut message, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&message).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
        match stream.read(&mut piece) {
            Ok(length @ 1..) => message.extend_from_slice(&piece[..length]),
            _ => return text,
        }
    }
}

struct Recorder {
    process: Child,
    output: BufReader<ChildStdout>,
    address: String,
}

impl Recorder {
    fn start(forward: &str, file: &Path, more: &[&str]) -> Self {
        let file = file.to_str().unwrap();
        let mut process = command(&["record", "--listen", ":0", "--forward", forward, "-o", file])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let (address, rest) = line.trim().strip_prefix("listening on http://").unwrap().split_once(',').unwrap();
        assert_eq!(rest, format!(" forwarding to {forward}; Ctrl-C ends the recording"));
        Self { process, output, address: address.to_owned() }
    }

    fn post(&self, hook: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let basic = "authorization: Basic YWRhOm9wZW4tc2VzYW1l";
        let head = format!("POST /apps/{hook} HTTP/1.1\r\nhost: x\r\n{basic}\r\ncontent-length: {length}\r\n\r\n");
        stream.write_all([head, body.to_owned()].concat().as_bytes()).unwrap();
        read(&mut stream)
    }

    /// Ctrl-C; what it said after that.
    fn end(mut self) -> (i32, String, String) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let mut said = String::new();
        self.output.read_to_string(&mut said).unwrap();
        let mut errors = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        (self.process.wait().unwrap().code().unwrap(), said, errors)
    }
}

fn recorded(folder: &Path, name: &str, more: &[&str]) -> (PathBuf, String, String) {
    let file = folder.join(name);
    let recorder = Recorder::start(&backend(r#"{"name":"one"}"#), &file, more);
    // The secret is told only after it was written once.
    recorder.post("StreamStatusEvent", r#"{"info":"token-of-ada"}"#);
    let answer = recorder.post("connect", r#"{"custom":{"token":"token-of-ada"}}"#);
    assert!(answer.ends_with(r#"{"name":"one"}"#), "{answer}");
    let so_far = std::fs::read_to_string(&file).unwrap();
    assert_eq!(so_far.lines().count(), 2, "each line is written at once");
    let (code, said, errors) = recorder.end();
    assert_eq!(code, 0, "{said}{errors}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    (file, said, errors)
}

#[test]
fn what_was_recorded_is_replayed() {
    let scratch = tempfile::tempdir().unwrap();
    let (file, said, errors) = recorded(scratch.path(), "calls.jsonl", &[]);
    let path = file.to_str().unwrap();
    assert_eq!(said, format!("{path}: 2 exchanges, 0 without an answer, 3 secrets taken out\n"));
    assert_eq!(errors, "");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!["token-of-ada", "open-sesame", "YWRh"].iter().any(|secret| text.contains(secret)), "{text}");

    let (code, said) = wcs(&["replay", path, &backend(r#"{ "name": "one" }"#), "--pace", "max"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("2 sent in ") && said.contains("2 answered as recorded, 0 differently"), "{said}");
    let (code, said) = wcs(&["replay", path, &backend(r#"{ "name": "one" }"#), "--pace", "100x", "--compare", "bytes"]);
    assert_eq!(code, 1, "{said}");
    let (code, said) = wcs(&["replay", path, &backend(r#"{"name":"two"}"#), "--pace", "max"]);
    assert_eq!(code, 1);
    let expected = "line 1  StreamStatusEvent /apps/StreamStatusEvent\n  /name: recorded \"one\", now \"two\"\n";
    assert!(said.starts_with(expected), "{said}");
    let other = backend(r#"{"name":"two"}"#);
    let (code, said) = wcs(&["replay", path, &other, "--pace", "max", "--format", "json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, report["different"].as_u64(), report["version"].as_u64()), (1, Some(2), Some(1)));
    assert_eq!(report["exchanges"][1]["differences"][0]["place"], "/name");

    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (code, said) = wcs(&["replay", path, &nobody, "--pace", "max"]);
    assert!(code == 1 && said.contains("failed: ") && said.contains("2 not at all"), "{said}");
}

#[test]
fn secrets_are_kept_only_if_that_is_said() {
    let scratch = tempfile::tempdir().unwrap();
    let (file, said, errors) = recorded(scratch.path(), "all.jsonl", &["--keep-secrets"]);
    assert!(said.ends_with("2 exchanges, 0 without an answer, with all secrets\n"), "{said}");
    assert!(errors.starts_with("note: ") && errors.contains("keep the file like a password"), "{errors}");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("token-of-ada") && text.contains("YWRhOm9wZW4tc2VzYW1l"), "{text}");
}

#[test]
fn what_can_not_be_done_is_refused_before_anything_is_sent() {
    let scratch = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = scratch.path().join(name);
        wcs_codegen::output::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let there = file("there.jsonl", "mine\n");
    let new = scratch.path().join("new.jsonl").to_str().unwrap().to_owned();
    let broken = file("broken.jsonl", "{\"at\":0}\n");
    let fine = file("fine.jsonl", "{\"at\":0,\"path\":\"/x\",\"request\":{}}\n");
    let record = |listen: &str, forward: &str, output: &str| {
        wcs(&["record", "--listen", listen, "--forward", forward, "-o", output])
    };
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let cases = [
        (record(":0", "http://127.0.0.1:1", &there), "is there already; name another file, or say `--overwrite`"),
        (record("0.0.0.0:0", "http://127.0.0.1:1", &new), "say `--allow-remote`"),
        (record(":0", "http://192.0.2.1:1", &new), "say `--allow-remote`"),
        (record(":0", "https://127.0.0.1:1", &new), "only plain HTTP is spoken"),
        (record("here", "http://127.0.0.1:1", &new), "write an address and a port, such as 127.0.0.1:9000"),
        (record(&taken, "http://127.0.0.1:1", &new), "can't listen on 127.0.0.1:"),
        (wcs(&["replay", &broken, ":1"]), "broken.jsonl:1:8: this is no recorded exchange: missing field `path`"),
        (wcs(&["replay", &new, ":1"]), "can't read "),
        (wcs(&["replay", &fine, "http://192.0.2.1"]), "is another machine; if that is meant, say `--allow-remote`"),
        (wcs(&["replay", &fine, ":1", "--pace", "fast"]), "write 1x, 10x, 0.5x, or max"),
        (wcs(&["replay", &fine, ":1", "--seed", "3"]), "--new-ids"),
    ];
    for ((code, said), expected) in cases {
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(expected), "{said}");
    }
    assert_eq!(std::fs::read_to_string(there).unwrap(), "mine\n");
    assert!(!Path::new(&new).exists());
}
