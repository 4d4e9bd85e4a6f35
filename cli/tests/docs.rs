//! `wcs docs` from outside: pages on disk, pages while the schema changes, and tables in Markdown.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use wcs_codegen::output;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn wcs(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wcs"));
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER"] {
        command.env_remove(name);
    }
    command.current_dir(root()).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// A small contract of this test's own.
fn copied() -> (tempfile::TempDir, PathBuf) {
    let scratch = tempfile::tempdir().unwrap();
    let schema = scratch.path().join("schema");
    std::fs::create_dir(&schema).unwrap();
    std::fs::copy(root().join("examples/own-schema/schema/lockers.yaml"), schema.join("lockers.yaml")).unwrap();
    (scratch, schema)
}

#[test]
fn pages_are_written_beside_the_schema_and_headless_is_no_failure() {
    let (scratch, schema) = copied();
    let output = wcs(&["docs", schema.to_str().unwrap(), "--open", "--color", "never"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("start at ") && said(&output).contains("no display"), "{}", said(&output));
    assert!(scratch.path().join("generated/docs/hooks/open-door.md").exists());
    let again = wcs(&["docs", schema.to_str().unwrap(), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(report["written"], 0);
    assert!(Path::new(report["start"].as_str().unwrap()).exists());
    assert_eq!(code(&wcs(&["docs", "codegen/contract/tests/cases/check/readme", "--out", "/nonexistent/never"])), 1);
}

#[cfg(unix)]
#[test]
fn the_browser_that_is_named_is_started() {
    let (scratch, schema) = copied();
    let (browser, shown) = (scratch.path().join("browser"), scratch.path().join("shown"));
    output::write(&browser, &format!("#!/bin/sh\necho \"$1\" > '{}.new'\nmv '{0}.new' '{0}'\n", shown.display()))
        .unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&browser, mode).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wcs"));
    command.env("BROWSER", &browser).args(["docs", schema.to_str().unwrap(), "--open"]);
    assert!(command.output().unwrap().status.success());
    let page = within_seconds(10, || std::fs::read_to_string(&shown).ok());
    assert!(Path::new(page.trim()).is_file(), "{page}");
}

#[test]
fn templates_are_listed_printed_and_replaced() {
    let (scratch, schema) = copied();
    let list = said(&wcs(&["docs", "--list-templates"]));
    assert!(list.lines().any(|line| line == "hook.md"), "{list}");
    let built_in = wcs(&["docs", "--print-template", "hook.md"]);
    let mine = scratch.path().join("mine");
    output::write(&mine.join("hook.md.hbs"), &format!("MINE\n{}", said(&built_in))).unwrap();
    let (schema, mine, out) = (schema.to_str().unwrap(), mine.to_str().unwrap(), scratch.path().join("out"));
    let output = wcs(&["docs", schema, "--templates", mine, "--out", out.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(std::fs::read_to_string(out.join("hooks/open-door.md")).unwrap().contains("MINE\n"));
    let generated = ["generate", schema, "--templates", mine, "--only", "docs", "--out", out.to_str().unwrap()];
    assert_eq!(code(&wcs(&generated)), 0);
    assert!(std::fs::read_to_string(out.join("docs/hooks/open-door.md")).unwrap().contains("MINE\n"));

    let wrong = wcs(&["docs", "--print-template", "hok.md"]);
    assert!(code(&wrong) == 2 && said(&wrong).contains("did you mean `hook.md`?"), "{}", said(&wrong));
    output::write(&Path::new(mine).join("hok.md.hbs"), "").unwrap();
    let wrong = wcs(&["docs", schema, "--templates", mine, "--out", out.to_str().unwrap()]);
    assert!(code(&wrong) == 2 && said(&wrong).contains("hok.md.hbs: there is no template"), "{}", said(&wrong));
}

#[test]
fn tables_are_injected_and_checked() {
    let (scratch, schema) = copied();
    let (good, bad) = (scratch.path().join("good.md"), scratch.path().join("bad.md"));
    let text = "There are <!-- wcs:count hooks -->9<!-- /wcs -->.\r\n";
    output::write(&good, text).unwrap();
    output::write(&bad, "one\n<!-- wcs:hoks -->\n").unwrap();
    let (schema, good_path, bad_path) = (schema.to_str().unwrap(), good.to_str().unwrap(), bad.to_str().unwrap());

    let output = wcs(&["docs", schema, "--inject", good_path, bad_path]);
    assert!(code(&output) == 2 && said(&output).contains("bad.md:2:1: `wcs:hoks` is not ended"), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(&good).unwrap(), text, "nothing is written if a file is wrong");
    let stale = wcs(&["docs", schema, "--inject", good_path, "--check", "--color", "never"]);
    assert!(code(&stale) == 4 && said(&stale).contains("good.md:1: wcs:count hooks"), "{}", said(&stale));
    assert_eq!(std::fs::read_to_string(&good).unwrap(), text, "checking writes nothing");
    assert_eq!(code(&wcs(&["docs", schema, "--inject", good_path])), 0);
    assert_eq!(std::fs::read_to_string(&good).unwrap(), text.replace('9', "5"));
    let fresh = wcs(&["docs", schema, "--inject", good_path, "--check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&fresh.stdout).unwrap();
    assert!(code(&fresh) == 0 && report["files"][0]["stale"].as_array().unwrap().is_empty());
    assert_eq!(code(&wcs(&["docs", schema, "--inject", "nowhere.md"])), 2);
}

/// A server; it ends with this value.
struct Server {
    process: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    fn start(args: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_wcs"))
            .args(["docs", "--watch", "--listen", "127.0.0.1:0", "--color", "never"])
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("serving http://") {
            line.clear();
            assert!(lines.read_line(&mut line).unwrap() > 0, "it ended before it served");
        }
        let port = line.split([':', '/']).find_map(|part| part.parse().ok()).unwrap();
        // What it prints later is read, so that it never waits for us.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Self { process, port }
    }

    fn request(&self, head: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        self.request(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{}", self.port))
    }

    /// The number of what is shown, which a page's script waits to change.
    fn number(&self) -> u64 {
        let page = self.get("/hooks/open-door.md");
        let (_, after) = page.split_once("/.wcs/wait?after=\" + ").unwrap();
        after.split(',').next().unwrap().parse().unwrap()
    }

    /// Waits as a page does: asks for the next change and is answered when there is one.
    fn changed(&self, number: u64) -> u64 {
        let answer = self.get(&format!("/.wcs/wait?after={number}"));
        let body = answer.split("\r\n\r\n").nth(1).unwrap();
        let next = serde_json::from_str::<serde_json::Value>(body).unwrap()["number"].as_u64().unwrap();
        assert_ne!(next, number, "nothing changed in time");
        next
    }
}

#[test]
fn a_page_follows_the_schema_through_mistakes_and_back() {
    let (_scratch, schema) = copied();
    let file = schema.join("lockers.yaml");
    let good = std::fs::read_to_string(&file).unwrap();
    let server = Server::start(&[schema.to_str().unwrap()]);
    let page = server.get("/hooks/open-door.md");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Somebody wants to open a door."), "{page}");

    let first = server.number();
    let edited = good.replace("Somebody wants to open a door.", "Somebody knocks.");
    output::write(&file, &edited).unwrap();
    let second = server.changed(first);
    let page = server.get("/hooks/open-door.md");
    assert!(page.contains("Somebody knocks.") && !page.contains("wcs-findings"), "{page}");

    // Broken: the finding stands on the last good page.
    output::write(&file, &edited.replace("type: direct", "type: dirct")).unwrap();
    let third = server.changed(second);
    let page = server.get("/hooks/open-door.md");
    assert!(page.contains("Somebody knocks.") && page.contains("did you mean `direct`?"), "{page}");
    assert!(page.contains("lockers.yaml:") && page.contains("--&gt;") && page.contains("1 error"), "{page}");

    let page = server.get("/html/hooks/open-door.html");
    assert!(page.contains("<main") && page.contains("Somebody knocks.") && page.contains("wcs-findings"), "{page}");

    // Mended, with another text; and a file that is gone is no end either.
    output::write(&file, &good).unwrap();
    let fourth = server.changed(third);
    let page = server.get("/hooks/open-door.md");
    assert!(page.contains("Somebody wants to open a door.") && !page.contains("wcs-findings"), "{page}");
    std::fs::remove_file(&file).unwrap();
    let fifth = server.changed(fourth);
    assert!(server.get("/hooks/open-door.md").contains("wcs-findings"));
    output::write(&file, &good).unwrap();
    server.changed(fifth);
    assert!(!server.get("/hooks/open-door.md").contains("wcs-findings"));
}

#[test]
fn a_schema_that_is_broken_at_the_start_shows_what_is_wrong() {
    let (_scratch, schema) = copied();
    let file = schema.join("lockers.yaml");
    let good = std::fs::read_to_string(&file).unwrap();
    output::write(&file, &good.replace("type: direct", "type: dirct")).unwrap();
    let server = Server::start(&[schema.to_str().unwrap()]);
    assert!(server.get("/").contains("did you mean `direct`?"));
    output::write(&file, &good).unwrap();
    within_seconds(20, || server.get("/").contains("location: /html/index.html").then_some(()));
}

#[test]
fn templates_are_watched_too() {
    let (scratch, schema) = copied();
    let mine = scratch.path().join("mine");
    output::write(&mine.join("hook.md"), "first form").unwrap();
    let server = Server::start(&[schema.to_str().unwrap(), "--templates", mine.to_str().unwrap()]);
    assert!(server.get("/hooks/open-door.md").contains("first form"));
    let number = server.number();
    output::write(&mine.join("hook.md"), "{{#if}").unwrap();
    let number = server.changed(number);
    let page = server.get("/hooks/open-door.md");
    assert!(page.contains("first form") && page.contains("hook.md: "), "{page}");
    output::write(&mine.join("hook.md"), "second form").unwrap();
    server.changed(number);
    assert!(server.get("/hooks/open-door.md").contains("second form"));
}

#[test]
fn nothing_but_the_pages_is_served_and_to_this_machine_alone() {
    let (_scratch, schema) = copied();
    let server = Server::start(&[schema.to_str().unwrap()]);
    for path in
        ["/../schema/lockers.yaml", "/lockers.yaml", "/schema/lockers.yaml", "/%2e%2e/etc/passwd", "//etc/passwd"]
    {
        let answer = server.get(path);
        assert!(answer.starts_with("HTTP/1.1 404") && !answer.contains("root:"), "{path}: {answer}");
    }
    let foreign = server.request("GET / HTTP/1.1\r\nHost: elsewhere.example");
    assert!(foreign.starts_with("HTTP/1.1 403"), "{foreign}");
    let post = server.request("POST / HTTP/1.1\r\nContent-Length: 0\r\nHost: 127.0.0.1");
    assert!(post.starts_with("HTTP/1.1 405"), "{post}");
    let output = wcs(&["docs", "--watch", "--listen", "0.0.0.0:0"]);
    assert!(code(&output) == 2 && said(&output).contains("127.0.0.1 or [::1] only"), "{}", said(&output));
    let taken = wcs(&["docs", "--watch", "--listen", &format!("127.0.0.1:{}", server.port)]);
    assert!(code(&taken) == 2 && said(&taken).contains("--listen"), "{}", said(&taken));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly_though_pages_wait() {
    let (_scratch, schema) = copied();
    let mut server = Server::start(&[schema.to_str().unwrap()]);
    let number = server.number();
    let mut waiting = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let head = format!("GET /.wcs/wait?after={number} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    waiting.write_all(head.as_bytes()).unwrap();
    let killed = Command::new("kill").args(["-INT", &server.process.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let status = within_seconds(10, || server.process.try_wait().unwrap());
    assert_eq!(status.code(), Some(0));
}

/// Asks again and again until there is an answer.
fn within_seconds<T>(seconds: u64, mut ask: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(seconds);
    loop {
        match ask() {
            Some(answer) => return answer,
            None => assert!(Instant::now() < end, "not within {seconds} s"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
