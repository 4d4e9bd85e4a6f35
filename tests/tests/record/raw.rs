//! Requests and answers byte for byte, as they go over the wire.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

/// A request or an answer as it went over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Raw {
    /// Reads one from a connection; `None` if there is no more.
    pub(crate) fn read(stream: &mut TcpStream) -> Option<Self> {
        let (mut bytes, mut piece) = (Vec::new(), vec![0; 1 << 16]);
        loop {
            if let Some(raw) = Self::parse(&bytes) {
                return Some(raw);
            }
            match stream.read(&mut piece) {
                Ok(length @ 1..) => bytes.extend_from_slice(&piece[..length]),
                _ => return None,
            }
        }
    }

    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let raw = Self { head: String::from_utf8_lossy(&bytes[..end]).into_owned(), body: Vec::new() };
        let rest = &bytes[end..];
        let body = match (raw.header("content-length"), raw.header("transfer-encoding")) {
            (Some(length), _) => rest.get(..length.parse().unwrap())?.to_vec(),
            (None, Some(_)) => unchunked(rest)?,
            (None, None) => Vec::new(),
        };
        Some(Self { body, ..raw })
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    }
}

pub(crate) fn chunks(body: &[u8]) -> Vec<u8> {
    let mut written = Vec::new();
    for chunk in body.chunks(700_001) {
        written.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        written.extend_from_slice(chunk);
        written.extend_from_slice(b"\r\n");
    }
    written.extend_from_slice(b"0\r\n\r\n");
    written
}

pub(crate) fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        let chunk = rest.get(end + 2..end + 2 + length)?;
        rest = rest.get(end + 4 + length..)?;
        body.extend_from_slice(chunk);
        if length == 0 {
            return Some(body);
        }
    }
}

pub(crate) fn answer_with(body: &[u8]) -> Vec<u8> {
    answer_with_headers("", body)
}

pub(crate) fn answer_with_headers(more: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nX-Backend: Kept As It Is\r\n{more}Content-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

pub(crate) fn chunked_answer(body: &[u8]) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\nX-Backend: Kept As It Is\r\nTransfer-Encoding: chunked\r\n\r\n";
    [head.as_bytes(), &chunks(body)].concat()
}

pub(crate) fn post(path: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// A backend that keeps each request as it came.
pub(crate) struct RawBackend {
    address: SocketAddr,
    requests: Mutex<mpsc::Receiver<Raw>>,
}

impl RawBackend {
    pub(crate) fn start(answer: impl Fn(&Raw) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (sender, answer) = (sender.clone(), Arc::clone(&answer));
                std::thread::spawn(move || {
                    while let Some(request) = Raw::read(&mut stream) {
                        let bytes = answer(&request);
                        let is_broken = Raw::parse(&bytes).is_none();
                        if sender.send(request).is_err() || stream.write_all(&bytes).is_err() || is_broken {
                            break;
                        }
                    }
                });
            }
        });
        Self { address, requests: Mutex::new(requests) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests since it was asked last.
    pub(crate) fn requests(&self) -> Vec<Raw> {
        self.requests.lock().unwrap().try_iter().collect()
    }
}

/// A connection on which requests are sent byte for byte.
pub(crate) struct RawClient(TcpStream);

impl RawClient {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        Self(stream)
    }

    pub(crate) fn ask(&mut self, request: &[u8]) -> Raw {
        // A refusal may come before all is sent.
        let _ = self.0.write_all(request);
        Raw::read(&mut self.0).unwrap()
    }
}

/// Sends single requests.
pub(crate) struct Client(SocketAddr);

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self(address)
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Raw {
        let (address, request) = (self.0, post(path, body.as_bytes()));
        tokio::task::block_in_place(|| RawClient::open(address).ask(&request))
    }
}
