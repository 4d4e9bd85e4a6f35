//! What passes the proxy, and what does not.

use std::collections::BTreeSet;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use wcs_tests::root;

use super::raw::{RawBackend, RawClient, answer_with, chunked_answer, chunks, post};
use super::{LIMIT, Secrets, record};

fn payloads() -> Vec<PathBuf> {
    let folder = root().join("tests/payloads");
    let mut found = Vec::new();
    for kind in ["answers", "captured", "derived"] {
        let files = std::fs::read_dir(folder.join(kind)).unwrap().map(|entry| entry.unwrap().path());
        found.extend(files.filter(|path| path.extension().is_some_and(|extension| extension == "json")));
    }
    found.sort();
    assert!(found.len() > 40);
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_body_passes_unchanged_in_both_directions_and_onto_the_tape() {
    let backend = RawBackend::start(|request| {
        let chunked = request.header("transfer-encoding").is_some();
        if chunked { chunked_answer(&request.body) } else { answer_with(&request.body) }
    });
    let recording = record(&backend.url(), Secrets::Kept).await;
    let mut client = RawClient::open(recording.address);
    let mut bodies: Vec<Vec<u8>> = payloads().iter().map(|path| std::fs::read(path).unwrap()).collect();
    // What no JSON library would write again.
    bodies.push(br#"{"a":1.0,"a":2,"big":123456789012345678901234567890,"e":1e400,"s":"\u00e9\/"} "#.to_vec());
    bodies.push(b"{ \"white\" :\r\n [ ] }\n".to_vec());
    bodies.push(b"\xff\xfe\x00 no text".to_vec());
    bodies.push(vec![b'['; 5000]);
    bodies.push(vec![b'x'; LIMIT]);
    bodies.push(Vec::new());
    for body in &bodies {
        for framing in ["length", "chunked"] {
            let path = "/hooks/connect?Q=a%20b";
            let head = "hOsT: backend.example\r\nX-One: 1\r\nAccept: */*\r\nX-Two:  2 \r\nx-one: again\r\n";
            let request = match framing {
                "length" => {
                    [format!("POST {path} HTTP/1.1\r\n{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body]
                        .concat()
                }
                _ => [
                    format!("POST {path} HTTP/1.1\r\n{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes(),
                    &chunks(body),
                ]
                .concat(),
            };
            // On one connection, which is kept alive.
            let answer = client.ask(&request);
            let got = backend.requests().pop().unwrap();
            assert_eq!(got.head.lines().next(), Some(format!("POST {path} HTTP/1.1").as_str()));
            assert!(got.body == *body, "{framing}: {:?}", String::from_utf8_lossy(body));
            assert!(answer.body == *body, "{framing}: {:?}", String::from_utf8_lossy(body));
            for line in ["hOsT: backend.example", "X-One: 1", "Accept: */*", "X-Two: 2", "x-one: again"] {
                assert!(got.head.lines().any(|known| known == line), "{line} in {}", got.head);
            }
            let names = |head: &str| {
                let lines = head.lines().skip(1).filter_map(|line| line.split_once(':'));
                lines.map(|(name, _)| name.to_lowercase()).collect::<BTreeSet<_>>()
            };
            let mut expected: BTreeSet<String> = ["host", "x-one", "accept", "x-two"].map(str::to_owned).into();
            expected.insert(if framing == "chunked" { "transfer-encoding" } else { "content-length" }.to_owned());
            assert_eq!(names(&got.head), expected);
            assert!(answer.head.contains("X-Backend: Kept As It Is\r\n"), "{}", answer.head);
            assert_eq!(answer.header("transfer-encoding").is_some(), framing == "chunked", "{}", answer.head);
        }
    }
    drop(client);
    let exchanges = recording.exchanges().await;
    assert_eq!(exchanges.len(), bodies.len() * 2);
    for (exchange, body) in exchanges.iter().zip(bodies.iter().flat_map(|body| [body, body])) {
        assert!(exchange.request.bytes().unwrap() == *body && exchange.answer.bytes().unwrap() == *body);
        assert_eq!((exchange.status, exchange.path.as_str()), (200, "/hooks/connect?Q=a%20b"));
        assert_eq!(exchange.answer.header("x-backend"), Some("Kept As It Is"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_is_answered_and_recorded() {
    // (what the backend does, body, status, a part of what is said)
    let large = "x".repeat(LIMIT + 1);
    let cases: [(&str, Option<&str>, &str, u16, &str); 6] = [
        ("nobody listens", None, "{}", 502, "no answer from http://127.0.0.1:"),
        ("the request is too large", Some(""), &large, 413, "the request has more than 1048576 bytes; a higher limit"),
        ("the answer is too large", Some("large"), "{}", 502, "the answer has more than 1048576 bytes"),
        ("the answer breaks off", Some("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), "{}", 502, "broke off"),
        ("no HTTP", Some("good day\r\n\r\n"), "{}", 502, "no answer from"),
        ("silence", Some("silence"), "{}", 504, "within 1.5 s"),
    ];
    for (name, does, body, status, said) in cases {
        let backend = does.map(|does| {
            RawBackend::start(move |_| match does {
                "silence" => {
                    std::thread::sleep(Duration::from_secs(3));
                    Vec::new()
                }
                "large" => answer_with(&vec![b'y'; LIMIT + 1]),
                text => text.as_bytes().to_vec(),
            })
        });
        let nobody = || format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
        let forward = backend.as_ref().map_or_else(nobody, RawBackend::url);
        let recording = record(&forward, Secrets::Taken).await;
        let answer = RawClient::open(recording.address).ask(&post("/hooks/connect", body.as_bytes()));
        assert!(answer.head.starts_with(&format!("HTTP/1.1 {status} ")), "{name}: {}", answer.head);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(text.starts_with("wcs record: ") && text.contains(said), "{name}: {text}");
        let exchanges = recording.exchanges().await;
        assert_eq!((exchanges.len(), exchanges[0].status), (1, status), "{name}");
        assert!(exchanges[0].error.as_deref().unwrap().contains(said), "{name}: {exchanges:?}");
        assert!(exchanges[0].answer.bytes().unwrap().is_empty(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_at_the_end_is_finished() {
    let backend = RawBackend::start(|request| {
        std::thread::sleep(Duration::from_millis(400));
        answer_with(&request.body)
    });
    let recording = record(&backend.url(), Secrets::Taken).await;
    let address = recording.address;
    let asking = std::thread::spawn(move || RawClient::open(address).ask(&post("/hooks/connect", b"{}")));
    tokio::time::sleep(Duration::from_millis(150)).await;
    let exchanges = recording.exchanges().await;
    assert_eq!((exchanges.len(), exchanges[0].status), (1, 200));
    assert_eq!(asking.join().unwrap().body, b"{}");
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}
