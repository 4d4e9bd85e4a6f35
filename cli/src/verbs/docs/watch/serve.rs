//! The wire: pages from memory and the wait for a change. There is no way to a file of the disk.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::watch::Receiver;

use super::site::{Site, Trouble};

/// Where a page asks for the number of the next change.
const WAIT: &str = "/.wcs/wait";

/// How long such a question stays open.
const PATIENCE: Duration = Duration::from_secs(25);

type Answer = Response<Full<Bytes>>;

/// Takes connections until the task is ended.
pub(super) async fn accept(listener: TcpListener, site: Receiver<Arc<Site>>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let site = site.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let site = site.clone();
                async move { Ok::<_, Infallible>(answer(&request, site).await) }
            });
            let mut server = http1::Builder::new();
            // A browser that goes away is no error.
            let _ = server.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(request: &Request<Incoming>, mut site: Receiver<Arc<Site>>) -> Answer {
    if !is_for_this_machine(request.headers()) {
        return plain(StatusCode::FORBIDDEN, "this server answers to localhost only\n");
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "there are pages to GET, and nothing else\n");
    }
    let path = request.uri().path();
    if path == WAIT {
        let query = request.uri().query().unwrap_or_default();
        let after = query.strip_prefix("after=").and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
        let changed = site.wait_for(|site| site.number != after);
        let number = match tokio::time::timeout(PATIENCE, changed).await {
            Ok(Ok(site)) => site.number,
            _ => after,
        };
        return with_type(StatusCode::OK, "application/json", format!("{{\"number\":{number}}}"));
    }
    let site = site.borrow().clone();
    page(path, &site)
}

/// A page of elsewhere whose name leads to this machine must not read along.
fn is_for_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || address.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn page(path: &str, site: &Site) -> Answer {
    let wanted = path.trim_start_matches('/');
    if wanted.is_empty() && !site.pages.is_empty() {
        let mut answer = plain(StatusCode::FOUND, "");
        if let Ok(start) = format!("/{}", site.start()).parse() {
            answer.headers_mut().insert(header::LOCATION, start);
        }
        return answer;
    }
    let Some(text) = site.pages.get(wanted) else {
        let body =
            if site.pages.is_empty() { "" } else { "<p>There is no such page. <a href=\"/\">Start page</a></p>" };
        return html(StatusCode::NOT_FOUND, &live(&shell(wanted, body), site));
    };
    match wanted.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => html(StatusCode::OK, &live(text, site)),
        "md" => html(StatusCode::OK, &live(&shell(wanted, &format!("<pre>{}</pre>", escaped(text))), site)),
        "css" => with_type(StatusCode::OK, "text/css; charset=utf-8", text.to_string()),
        "js" => with_type(StatusCode::OK, "text/javascript; charset=utf-8", text.to_string()),
        "json" => with_type(StatusCode::OK, "application/json", text.to_string()),
        "svg" => with_type(StatusCode::OK, "image/svg+xml", text.to_string()),
        _ => plain(StatusCode::OK, text),
    }
}

/// A page that has no form of its own.
fn shell(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{}</title><style>:root {{ color-scheme: \
         light dark; }} pre {{ white-space: pre-wrap; }}</style></head>\n<body>\n{body}\n</body>\n</html>\n",
        escaped(title)
    )
}

/// A page that loads itself again when something changes, and shows what is wrong.
fn live(page: &str, site: &Site) -> String {
    let trouble = site.trouble.as_ref().map(|trouble| findings(trouble, site)).unwrap_or_default();
    let script = include_str!("live.js").replace("\"NUMBER\"", &site.number.to_string()).replace("WAIT", WAIT);
    let added = format!("{trouble}<script>\n{script}</script>\n");
    match page.rfind("</body>") {
        Some(end) => {
            let (before, after) = page.split_at(end);
            format!("{before}{added}{after}")
        }
        None => format!("{page}{added}"),
    }
}

fn findings(trouble: &Trouble, site: &Site) -> String {
    let style = include_str!("findings.css");
    let behind = if site.pages.is_empty() { "There is no page as yet." } else { "The page behind is from before." };
    let (summary, text) = (escaped(&trouble.summary), escaped(&trouble.text));
    format!(
        "<style>\n{style}</style>\n<details id=\"wcs-findings\" role=\"alert\" open><summary>{summary} <span>{behind}</span></summary><pre tabindex=\"0\">{text}</pre></details>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn html(status: StatusCode, text: &str) -> Answer {
    with_type(status, "text/html; charset=utf-8", text.to_owned())
}

fn plain(status: StatusCode, text: &str) -> Answer {
    with_type(status, "text/plain; charset=utf-8", text.to_owned())
}

fn with_type(status: StatusCode, kind: &'static str, text: String) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(text)));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    answer
}
