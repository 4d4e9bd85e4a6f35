//! `wcs record`: stands between the sender and a backend and writes down what passes.

use std::fs::{File, OpenOptions};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use tokio::net::TcpListener;
use wcs_codegen::output;
use wcs_simulator::record::exchange::Exchange;
use wcs_simulator::record::proxy::{self, Recorded, Settings};
use wcs_simulator::record::redact::Redactor;
use wcs_simulator::target::Target;

use crate::backend::local;
use crate::contract;
use crate::flags::{DataFormat, SchemaFlag};
use crate::network::{block_on, interrupted};
use crate::stop::{Stop, unreadable};
use crate::terminal::{BOLD, Terminal};

#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct RecordOptions {
    /// Address that the sender is to call, such as 127.0.0.1:9000 or :9000; port 0 takes a free one
    #[arg(long, value_name = "ADDR", value_parser = address)]
    listen: SocketAddr,
    /// Address of the backend, such as http://127.0.0.1:8081; a path in it is put before the paths of requests
    #[arg(long, value_name = "URL")]
    forward: String,
    /// File to write: one exchange a line
    #[arg(long, short, value_name = "FILE.jsonl")]
    output: PathBuf,
    /// Replace the file if it is there
    #[arg(long)]
    overwrite: bool,
    /// Write secrets down too. The file then has to be kept like a password
    #[arg(long)]
    keep_secrets: bool,
    /// Largest body, in bytes; a larger one is refused
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20)]
    max_body: usize,
    /// Seconds that the backend may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
    /// Listen on, or forward to, other machines than this one
    #[arg(long)]
    allow_remote: bool,
    #[command(flatten)]
    schema: SchemaFlag,
    /// How the summary is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

const AFTER: &str = "Examples:
  wcs record --listen :9000 --forward http://127.0.0.1:8081 -o today.jsonl
  wcs replay today.jsonl http://127.0.0.1:8081

Ctrl-C ends the recording. docs/record-and-replay.md tells what is redacted.";

pub(crate) fn run(options: &RecordOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let contract = contract::valid(options.schema.path(), terminal)?;
    let forward = proxy::forward(&local(&options.forward))?;
    let is_remote = !options.listen.ip().is_loopback() || !Target::parse(&forward, &contract)?.is_loopback();
    if is_remote && !options.allow_remote {
        return Err("other machines take part; if that is meant, say `--allow-remote`".into());
    }
    if options.keep_secrets {
        terminal
            .note("passwords, tokens and message texts are written down as they are; keep the file like a password");
    }
    let recorded = block_on(async {
        let listener = TcpListener::bind(options.listen).await;
        let listener = listener.map_err(|error| format!("can't listen on {}: {error}", options.listen))?;
        let address = listener.local_addr()?;
        let file = open(&options.output, options.overwrite)?;
        if options.format == DataFormat::Text {
            terminal
                .line(&format!("listening on http://{address}, forwarding to {forward}; Ctrl-C ends the recording"));
        }
        let mut watcher = terminal.clone();
        let settings = Settings {
            forward,
            limit: options.max_body,
            timeout: Duration::from_secs(options.timeout),
            redactor: (!options.keep_secrets).then(|| Redactor::new(&contract)),
            output: Box::new(file),
            listener: Box::new(move |exchange| watcher.progress(&line(exchange))),
        };
        Ok::<_, Stop>(proxy::serve(&contract, listener, settings, interrupted()).await?)
    })?;
    finish(options, &recorded, terminal)
}

/// Looks once more through what was written, and says what was recorded.
fn finish(options: &RecordOptions, recorded: &Recorded, terminal: &mut Terminal) -> Result<(), Stop> {
    let path = &options.output;
    if let Some(redactor) = &recorded.redactor {
        terminal.progress("looking once more for secrets that were recognised late");
        let text = std::fs::read_to_string(path).map_err(unreadable(path))?;
        if let Some(text) = redactor.again(&text)? {
            output::write(path, &text)?;
            #[cfg(unix)]
            let _ = std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600));
        }
    }
    let secrets = recorded.redactor.as_ref().map(Redactor::secrets);
    match options.format {
        DataFormat::Json => terminal.line(&format!(
            "{:#}",
            json!({
                "version": 1, "file": path.display().to_string(), "exchanges": recorded.exchanges,
                "failed": recorded.failed, "secrets": secrets,
            })
        )),
        DataFormat::Text => {
            let taken = secrets.map_or("with all secrets".to_owned(), |count| format!("{count} secrets taken out"));
            let Recorded { exchanges, failed, .. } = recorded;
            let path = path.display();
            terminal.line(&format!("{BOLD}{path}{BOLD:#}: {exchanges} exchanges, {failed} without an answer, {taken}"));
        }
    }
    Ok(())
}

/// What is shown of an exchange while it is recorded.
fn line(exchange: &Exchange) -> String {
    let seconds = exchange.at as f64 / 1000.0;
    let why = exchange.error.as_ref().map_or(String::new(), |error| format!("  {error}"));
    format!("{seconds:>8.1} s  {}  {} in {} ms{why}", exchange.name(), exchange.status, exchange.took)
}

/// A new file that nobody else may read. A recording is a stream, so that a crash loses nothing; that is why it is not
/// written by the compiler's output, which replaces files as a whole.
fn open(path: &Path, overwrite: bool) -> Result<File, Stop> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).create_new(!overwrite);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{} is there already; name another file, or say `--overwrite`", path.display()).into()
        }
        _ => format!("can't write {}: {error}", path.display()).into(),
    })
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let text = local(text).replace("localhost:", "127.0.0.1:");
    text.parse().map_err(|_| "write an address and a port, such as 127.0.0.1:9000".to_owned())
}
