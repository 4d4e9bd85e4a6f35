//! Runs one design over one body so many times: `codec DESIGN BODY TIMES [overwrite]`; with callgrind around it the
//! difference of two runs is the instructions of one exchange.
//!
//! `codec allocations` and `codec times` measure all of them and print lines of `design body overwritten figure`.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use bytes::Bytes;
use wcs_bench_wire::bodies::{Body, five};
use wcs_bench_wire::designs::{DESIGNS, Design, Exchange, Overwritten, two_overwritten};
use wcs_bench_wire::mix::six_hundred;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["allocations"] => each(allocations),
        ["times"] => times(),
        [design, body, count] => return run(design, body, count, Members::Unchanged),
        [design, body, count, "overwrite"] => return run(design, body, count, Members::Overwritten),
        _ => {
            eprintln!("usage: codec DESIGN BODY TIMES [overwrite] | codec allocations | codec times");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

#[derive(Clone, Copy)]
enum Members {
    Unchanged,
    Overwritten,
}

/// Everything that an exchange needs, made beforehand.
struct Work(Vec<(Exchange, Bytes, Vec<Overwritten>)>);

impl Work {
    fn of(design: &Design, body: &str, members: Members) -> Option<Self> {
        let bodies: Vec<Body> = match body {
            "mix" => six_hundred(),
            label => five().into_iter().filter(|body| body.label == label).collect(),
        };
        if bodies.is_empty() {
            return None;
        }
        let one = |body: Body| {
            let overwritten = match members {
                Members::Unchanged => Vec::new(),
                Members::Overwritten => two_overwritten(&body.hook, &body.text),
            };
            Some(((design.of)(&body.hook)?, Bytes::from(body.text), overwritten))
        };
        bodies.into_iter().map(one).collect::<Option<Vec<_>>>().map(Self)
    }

    fn once(&self) {
        for (exchange, body, overwritten) in &self.0 {
            black_box(exchange(black_box(body), overwritten));
        }
    }
}

fn run(design: &str, body: &str, times: &str, members: Members) -> ExitCode {
    let design = DESIGNS.iter().find(|known| known.name == design);
    let work = design.and_then(|design| Work::of(design, body, members));
    let (Some(work), Ok(times)) = (work, times.parse::<u32>()) else {
        eprintln!("there is no such design or body, or the number is none");
        return ExitCode::from(2);
    };
    for _ in 0..times {
        work.once();
    }
    ExitCode::SUCCESS
}

const BODIES: [&str; 6] = ["sdp", "small", "connect", "keepalive", "call", "mix"];

fn each(measure: impl Fn(&Work) -> f64) {
    for design in DESIGNS {
        for body in BODIES {
            for (members, word) in [(Members::Unchanged, "unchanged"), (Members::Overwritten, "overwritten")] {
                if let Some(work) = Work::of(design, body, members) {
                    println!("{} {body} {word} {}", design.name, measure(&work) / work.0.len() as f64);
                }
            }
        }
    }
}

fn allocations(work: &Work) -> f64 {
    work.once();
    allocation_counter::measure(|| work.once()).count_total as f64
}

/// The best of interleaved rounds, in nanoseconds: what the neighbours leave.
fn times() {
    const ROUNDS: usize = 12;
    let mut all = Vec::new();
    for design in DESIGNS {
        for body in BODIES {
            for (members, word) in [(Members::Unchanged, "unchanged"), (Members::Overwritten, "overwritten")] {
                if let Some(work) = Work::of(design, body, members) {
                    all.push((design.name, body, word, work, f64::INFINITY));
                }
            }
        }
    }
    for _ in 0..ROUNDS {
        for (_, _, _, work, best) in &mut all {
            let (started, mut count) = (Instant::now(), 0_u32);
            while started.elapsed() < Duration::from_millis(10) {
                for _ in 0..100 / work.0.len().min(100) {
                    work.once();
                    count += 1;
                }
            }
            let one = started.elapsed().as_nanos() as f64 / f64::from(count) / work.0.len() as f64;
            *best = best.min(one);
        }
    }
    for (design, body, word, _, best) in all {
        println!("{design} {body} {word} {best}");
    }
}
