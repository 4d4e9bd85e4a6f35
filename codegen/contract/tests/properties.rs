//! Whatever is written, the compiler answers: it never panics, comes to an end, and points into the file it speaks of.
//!
//! A few seconds by default; `PROPTEST_CASES=10000` looks longer.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::Config;
use wcs_contract::diagnostic::Findings;
use wcs_contract::load::load;
use wcs_contract::render::{Color, Format, render};
use wcs_contract::rule::Level;
use wcs_contract::source::Sources;
use wcs_contract::syntax::{Json, Syntax, language_schema, read_file};
use wcs_contract::{Compiled, Input, compile};
use wcs_test_support::{root, yaml_files};

fn cases(default: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    Config { cases: asked.unwrap_or(default), failure_persistence: None, max_shrink_iters: 200, ..Config::default() }
}

/// A folder of this test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("wcs-tests-{}-{name}", std::process::id()));
        Self(folder)
    }

    fn write(&self, path: &str, text: &str) {
        wcs_test_support::write(&self.0.join(path), text).expect("the folder can be written");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Compiles, renders, and checks every place that is named.
fn answers(path: &Path) -> Result<Compiled, TestCaseError> {
    let compiled = compile(&Input::at(path)).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let Compiled { findings, sources, contract, .. } = &compiled;
    for found in findings {
        for span in std::iter::once(found.span).chain(found.labels.iter().map(|label| label.span)) {
            let text = &sources.get(span.file).text;
            let inside = text.get(span.start as usize..span.end as usize).is_some();
            prop_assert!(inside, "{:?} of {}: {}", span, text.len(), found.message);
            let place = sources.position(span);
            prop_assert!(place.line >= 1 && place.column >= 1 && place.line <= text.lines().count().max(1) + 1);
        }
        prop_assert!(!found.message.is_empty() && found.help.is_some(), "{}", found.message);
    }
    prop_assert!(contract.is_none() == compiled.has_errors());
    for format in [Format::Text(Color::Never), Format::Json, Format::Github] {
        prop_assert_eq!(render(findings, sources, format).is_empty(), findings.is_empty() && format != Format::Json);
    }
    Ok(compiled)
}

const HEAD: &str = "contract:\n  name: a\n  title: A\n  version: 1.0.0\n  doc: A.\n";

/// Pieces of YAML and of the language, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let words = [
        "contract:",
        "hooks:",
        "types:",
        "parameters:",
        "groups:",
        "sender:",
        "files:",
        "context:",
        "record:",
        "values:",
        "examples:",
        "body:",
        "enum:",
        "type:",
        "doc:",
        "deny:",
        "effect:",
        "- ",
        "? ",
        ": ",
        "a",
        "b",
        "A",
        "a:",
        "b:",
        "A:",
        "\n",
        "\n  ",
        "\n    ",
        "\n      ",
        "\n        ",
        "\n\t",
        "\r\n",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\"",
        "'",
        "&a ",
        "*a",
        "<<: ",
        "!t ",
        "!!str ",
        "|\n",
        ">-\n",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "# note\n",
        "~",
        "null",
        "true",
        "1",
        "-1",
        "1.5",
        "open",
        "closed",
        "direct",
        "event",
        "string",
        "array<",
        ">",
        "map<A>",
        "\u{feff}",
        "\u{0}",
        "é",
        "名",
        "🎥",
        "\\",
        "since: ",
        "until: ",
        "used_if: ",
        "member: ",
        "is: ",
        "\u{85}",
        "\u{2028}",
    ];
    let word =
        prop_oneof![8 => select(words.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_text_is_answered(text in prop_oneof![any::<String>(), pieces()], after_head in any::<bool>()) {
        let folder = Folder::new("any");
        let text = if after_head { format!("{HEAD}{text}") } else { text };
        folder.write("contract.yaml", &text);
        answers(&folder.0.join("contract.yaml"))?;
    }
}

/// A change of one place of a file.
#[derive(Debug, Clone)]
enum Change {
    DeleteLine(Index),
    DuplicateLine(Index),
    Indent(Index),
    Dedent(Index),
    SwapLines(Index),
    Replace(Index, char),
    Delete(Index),
    Cut(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let sign = prop_oneof![select(":-{}[]\"'#&*!|>%@,?\t \n~01aA\u{feff}".chars().collect::<Vec<_>>()), any::<char>()];
    prop_oneof![
        any::<Index>().prop_map(Change::DeleteLine),
        any::<Index>().prop_map(Change::DuplicateLine),
        any::<Index>().prop_map(Change::Indent),
        any::<Index>().prop_map(Change::Dedent),
        any::<Index>().prop_map(Change::SwapLines),
        (any::<Index>(), sign).prop_map(|(at, sign)| Change::Replace(at, sign)),
        any::<Index>().prop_map(Change::Delete),
        any::<Index>().prop_map(Change::Cut),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut signs: Vec<char> = text.chars().collect();
    // Nothing is left to change of a file that was cut near its beginning.
    if lines.len() < 2 {
        return text.to_owned();
    }
    let at_line = |at: &Index| at.index(lines.len() - 1);
    match change {
        Change::DeleteLine(at) => {
            lines.remove(at_line(at));
        }
        Change::DuplicateLine(at) => {
            let at = at_line(at);
            lines.insert(at, lines[at].clone());
        }
        Change::Indent(at) => {
            let at = at_line(at);
            lines[at].insert_str(0, "  ");
        }
        Change::Dedent(at) => {
            let at = at_line(at);
            lines[at] = lines[at].strip_prefix("  ").unwrap_or(&lines[at]).to_owned();
        }
        Change::SwapLines(at) => {
            let at = at_line(at);
            lines.swap(at, at + 1);
        }
        Change::Replace(at, sign) => {
            let at = at.index(signs.len());
            signs[at] = *sign;
            return signs.into_iter().collect();
        }
        Change::Delete(at) => {
            signs.remove(at.index(signs.len()));
            return signs.into_iter().collect();
        }
        Change::Cut(at) => {
            signs.truncate(at.index(signs.len()));
            return signs.into_iter().collect();
        }
    }
    lines.join("\n") + "\n"
}

/// The files of the contract: path below its folder, and text.
static SCHEMA: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let folder = root().join("schema");
    let read = |path: PathBuf| {
        let below = path.strip_prefix(&folder).expect("it lies in the folder").display().to_string();
        (below, std::fs::read_to_string(&path).expect("it is UTF-8"))
    };
    yaml_files(&folder).into_iter().map(read).collect()
});

static CHANGED: LazyLock<Folder> = LazyLock::new(|| Folder::new("changed"));

proptest! {
    #![proptest_config(cases(24))]

    /// The whole contract with some changes in one file.
    #[test]
    fn a_changed_contract_is_answered(file in any::<Index>(), changes in proptest::collection::vec(change(), 1..4)) {
        let (path, text) = &SCHEMA[file.index(SCHEMA.len())];
        for (path, text) in SCHEMA.iter() {
            CHANGED.write(path, text);
        }
        CHANGED.write(path, &changes.iter().fold(text.clone(), |text, change| changed(&text, change)));
        let answered = answers(&CHANGED.0.join("wcs.yaml"))?;
        let again = answers(&CHANGED.0.join("wcs.yaml"))?;
        prop_assert_eq!(&answered.findings, &again.findings);
    }
}

static LANGUAGE: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::validator_for(&language_schema()).expect("the schema compiles"));

proptest! {
    #![proptest_config(cases(250))]

    /// Loader and editor agree on a changed file as well: a key, a word or a kind is right for both or for none.
    #[test]
    fn loader_and_json_schema_agree_on_changed_files(
        file in any::<Index>(),
        changes in proptest::collection::vec(change(), 1..3),
    ) {
        let (_, text) = &SCHEMA[file.index(SCHEMA.len())];
        let text = changes.iter().fold(text.clone(), |text, change| changed(&text, change));
        let mut sources = Sources::default();
        let id = sources.add("file.yaml", text.as_str());
        let mut findings = Findings::default();
        let Some(node) = load(id, &text, &mut findings) else { return Ok(()) };
        if findings.has_errors() {
            return Ok(());
        }
        let json = Json::read(&node, &mut findings).expect("every tree has a value").value;
        read_file(&node, &mut findings);
        let read = !findings.has_errors();
        let errors: Vec<String> = LANGUAGE.iter_errors(&json).map(|error| error.to_string()).collect();
        prop_assert_eq!(read, errors.is_empty(), "{:?} {:?}", findings.into_sorted(), errors);
    }
}

/// Shapes that take other compilers exponential time, or their whole stack.
#[test]
fn hostile_shapes_come_to_an_end() {
    let folder = Folder::new("hostile");
    let chain = |count: usize, member: &str| {
        let record = |at: usize| {
            format!(
                "  R{at}: {{doc: A., record: {{a: {{type: {0}, doc: A.}}, b: {{type: {0}, doc: B.}}}}}}\n",
                member.replace('N', &format!("R{}", at + 1))
            )
        };
        let records: String = (0..count).map(record).collect();
        format!("{HEAD}types:\n{records}  R{count}: {{doc: A., record: {{a: {{type: string, doc: A.}}}}}}\n")
    };
    let deep = format!("{HEAD}types:\n  A: {{doc: {}a{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    let generics =
        format!("{HEAD}parameters:\n  a: {{doc: A., type: '{}a{}'}}\n", "map<".repeat(100_000), ">".repeat(100_000));
    let laughs: String = (1..30).map(|at| format!("  a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1)).collect();
    let laughs = format!("{HEAD}sources:\n  a0: &a0 [x]\n{laughs}");
    let texts = [
        (chain(40, "N"), 0),
        (chain(3000, "N"), 0),
        (chain(40, "array<N>"), 0),
        (deep, 1),
        (generics, 1),
        (laughs, 31),
        (format!("{HEAD}types:\n  A: {{doc: A., record: {{a: {{type: A, doc: A.}}}}}}\n"), 1),
    ];
    for (text, errors) in texts {
        folder.write("contract.yaml", &text);
        let compiled = compile(&Input::at(folder.0.join("contract.yaml"))).expect("it can be read");
        let found = compiled.findings.iter().filter(|found| found.level == Level::Error);
        let messages: Vec<&str> = found.map(|found| found.message.as_str()).collect();
        assert_eq!(messages.len(), errors, "{messages:.200?}");
    }
}

#[test]
fn paths_that_hold_no_contract_are_told() {
    let folder = Folder::new("paths");
    let said = |path: &str| {
        compile(&Input::at(folder.0.join(path)))
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
            .replace(&folder.0.display().to_string(), "…")
    };
    folder.write("empty/notes.txt", "no YAML");
    folder.write("several/a.yaml", "types: {}\n");
    folder.write("several/b.yaml", "types: {}\n");
    assert_eq!(said("absent"), "can't read …/absent: No such file or directory (os error 2)");
    let none = "has the section `contract`; name the contract's folder or its root file";
    assert_eq!(said("empty"), format!("no YAML file in …/empty {none}"));
    assert_eq!(said("several"), format!("no YAML file in …/several {none}"));
    let large = std::fs::File::create(folder.0.join("empty/large.yaml")).expect("it can be made");
    large.set_len(5 * 1024 * 1024).expect("it can be made long");
    assert_eq!(said("empty/large.yaml"), "…/empty/large.yaml has 5242880 bytes; at most 4194304 are read");
}
