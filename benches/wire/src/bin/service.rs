//! A server in memory: `service SERVER BODY TIMES` sends a body so many times over one connection of hyper, both ends in
//! this process and on one thread, without the kernel between. With callgrind around it the difference of two runs is
//! the instructions of one request.

use std::process::ExitCode;

use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use wcs_bench_wire::bodies::five;
use wcs_bench_wire::services::{BASE, KEY, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(name), Some(label), Some(Ok(times))) =
        (args.first(), args.get(1), args.get(2).map(|times| times.parse::<u32>()))
    else {
        eprintln!("usage: service SERVER BODY TIMES");
        return ExitCode::from(2);
    };
    let (Some(router), Some(body)) = (router(name), five().into_iter().find(|body| body.label == label)) else {
        eprintln!("there is no such server or body");
        return ExitCode::from(2);
    };
    let signature = wcs_hooks::contract()
        .sender
        .signature
        .map(|words| wcs_runtime::server::sign(&words, &KEY.into(), body.text.as_bytes()));
    let request = format!(
        "POST {BASE}/{} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nauthorization: {}\r\n\
         content-length: {}\r\n\r\n{}",
        body.hook,
        signature.unwrap_or_default(),
        body.text.len(),
        body.text
    );
    let (mut client, server) = tokio::io::duplex(1 << 16);
    tokio::spawn(
        hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(server), TowerToHyperService::new(router)),
    );
    let mut buffer = vec![0; 1 << 16];
    let mut answer = 0;
    for round in 0..times {
        if client.write_all(request.as_bytes()).await.is_err() {
            eprintln!("the connection is closed");
            return ExitCode::FAILURE;
        }
        let mut read = 0;
        loop {
            match client.read(&mut buffer[read..]).await {
                Ok(more) if more > 0 => read += more,
                _ => {
                    eprintln!("the connection is closed");
                    return ExitCode::FAILURE;
                }
            }
            // The first answer says how long all of them are.
            if round == 0 {
                answer = length(&buffer[..read]).unwrap_or(usize::MAX);
            }
            if read >= answer {
                break;
            }
        }
        if !buffer.starts_with(b"HTTP/1.1 200") {
            eprintln!("{}", String::from_utf8_lossy(&buffer[..read]));
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// How long an answer is, once its head is there.
fn length(answer: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(answer).ok()?;
    let (head, _) = text.split_once("\r\n\r\n")?;
    let value = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
    Some(head.len() + 4 + value.parse::<usize>().ok()?)
}
