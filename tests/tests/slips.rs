//! One-letter slips in the real contract, where names are declared, where they are used, and in words of the language.
//! Whatever `wcs check --fix` makes of one, it never ends with a clean contract of another meaning, and it edits no line
//! but the one with the slip.
//!
//! A few slips are tried each time; `SLIPS=2000 cargo test -p wcs-tests slips -- --nocapture` tries more and prints how they
//! ended.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by a panic")]
#![allow(clippy::print_stdout, reason = "the figures are for the person who asks for many slips")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use wcs_codegen::output;
use wcs_contract::fix::{Fixed, fix};
use wcs_contract::model::{Contract, Name, TypeKind};
use wcs_contract::{Input, compile, export};
use wcs_tests::{none, root, yaml_files};

/// Slips that every run of the tests tries.
const SAMPLE: usize = 18;

/// What a word is where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A name where it is declared.
    Declaration,
    /// A declared name elsewhere.
    Use,
    /// A word or a key of the language, or a short value.
    Language,
}

/// A word that is a key or a value, or a part of one.
struct Word {
    file: usize,
    start: usize,
    text: String,
    role: Role,
}

/// How a slip ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It is no mistake to the compiler.
    Unnoticed,
    /// Nothing was edited, and findings remain.
    Left,
    /// The contract is the one without the slip.
    Repaired,
    /// Something was edited on the slip's line, and errors remain.
    Partly,
    /// Another line was edited, or the contract is clean and means something else.
    Wrong,
}

#[test]
fn slips_are_never_fixed_wrongly() {
    let wanted = std::env::var("SLIPS").ok().and_then(|text| text.parse().ok()).unwrap_or(SAMPLE);
    let folder = Folder(std::env::temp_dir().join(format!("wcs-tests-{}-slips", std::process::id())));
    let files = copied(&folder.0);
    let original = compile(&Input::at(&folder.0)).expect("the folder is there").contract.expect("it has no errors");
    let words = words(&files, &original, &folder.0);
    let meaning = meaning(&original);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut ends = Vec::new();
    let mut complaints = Vec::new();
    for number in 0..wanted {
        let role = [Role::Declaration, Role::Use, Role::Language][number % 3];
        let candidates: Vec<&Word> = words.iter().filter(|word| word.role == role).collect();
        let word = candidates[random.below(candidates.len())];
        let (path, text) = &files[word.file];
        let slip = slipped(&word.text, &mut random);
        let mut edited = text.clone();
        edited.replace_range(word.start..word.start + word.text.len(), &slip);
        output::write(path, &edited).unwrap();
        let fixed = fix(&folder.0).expect("the folder is there");
        let line = text[..word.start].matches('\n').count();
        let end = ended(&fixed, &files, line, word.file, &meaning);
        if end == End::Wrong {
            let done: Vec<&str> = fixed.applied.iter().map(|applied| applied.title.as_str()).collect();
            let place = format!("{}:{}", path.display(), line + 1);
            complaints.push(format!("{place}: `{}` as `{slip}` ({role:?}): {}", word.text, done.join(", ")));
        }
        ends.push((role, end));
        output::write(path, text).unwrap();
    }
    report(&ends);
    none(&complaints);
    assert!(ends.iter().any(|(_, end)| *end == End::Repaired), "no slip was repaired");
}

/// Prints how the slips of each role ended.
fn report(ends: &[(Role, End)]) {
    for role in [Role::Declaration, Role::Use, Role::Language] {
        let of_role = || ends.iter().filter(|(known, _)| *known == role);
        let count = |end: End| of_role().filter(|(_, known)| *known == end).count();
        println!(
            "{role:?}: {} tried, {} wrong, {} partly, {} left, {} repaired, {} unnoticed",
            of_role().count(),
            count(End::Wrong),
            count(End::Partly),
            count(End::Left),
            count(End::Repaired),
            count(End::Unnoticed),
        );
    }
}

fn ended(fixed: &Fixed, files: &[(PathBuf, String)], line: usize, file: usize, meaning: &Value) -> End {
    let is_elsewhere = fixed.files.iter().any(|changed| {
        let (at, (_, original)) = files.iter().enumerate().find(|(_, (path, _))| *path == changed.path).unwrap();
        let (original, after): (Vec<&str>, Vec<&str>) = (original.lines().collect(), changed.after.lines().collect());
        let differs = |number: usize| original[number] != after[number] && (at, number) != (file, line);
        original.len() != after.len() || (0..original.len()).any(differs)
    });
    match (&fixed.after.contract, fixed.files.is_empty()) {
        _ if is_elsewhere => End::Wrong,
        (Some(contract), false) if self::meaning(contract) != *meaning => End::Wrong,
        (Some(_), false) => End::Repaired,
        (None, false) => End::Partly,
        (Some(_), true) if fixed.after.findings.is_empty() => End::Unnoticed,
        (_, true) => End::Left,
    }
}

/// All that a contract says.
fn meaning(contract: &Contract) -> Value {
    let mut document = export::document(contract);
    document.as_object_mut().unwrap().remove("hash");
    document
}

/// The schema in a folder of this test's own, each file with its text.
fn copied(folder: &Path) -> Vec<(PathBuf, String)> {
    let schema = root().join("schema");
    let copy = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let copy = folder.join(path.strip_prefix(&schema).unwrap());
        output::write(&copy, &text).unwrap();
        (copy, text)
    };
    yaml_files(&schema).into_iter().map(copy).collect()
}

fn words(files: &[(PathBuf, String)], contract: &Contract, folder: &Path) -> Vec<Word> {
    let compiled = compile(&Input::at(folder)).unwrap();
    let declared: Vec<&Name> = declared(contract);
    let places: BTreeSet<(String, usize)> = declared
        .iter()
        .map(|name| (compiled.sources.get(name.span.file).path.clone(), name.span.start as usize))
        .collect();
    let names: BTreeSet<&str> = declared.iter().map(|name| name.value.as_str()).collect();
    let mut words = Vec::new();
    for (file, (path, text)) in files.iter().enumerate() {
        let shown = compiled.sources.iter().map(|(_, source)| &source.path).find(|shown| path.ends_with(shown));
        let shown = shown.expect("it is listed");
        for (start, word) in structural(text) {
            // In quotes it begins one character later.
            let is_declared = [start, start.wrapping_sub(1)].iter().any(|at| places.contains(&(shown.clone(), *at)));
            let role = match names.contains(word) {
                true if is_declared => Role::Declaration,
                true => Role::Use,
                false => Role::Language,
            };
            words.push(Word { file, start, text: word.to_owned(), role });
        }
    }
    words
}

/// The names that a contract declares.
fn declared(contract: &Contract) -> Vec<&Name> {
    let mut names: Vec<&Name> = contract.hooks.iter().map(|hook| &hook.name).collect();
    names.extend(contract.hooks.iter().flat_map(|hook| &hook.parameters).map(|member| &member.name));
    names.extend(contract.shared.iter().map(|(name, _)| name));
    names.extend(contract.groups.iter().map(|(name, _)| name));
    names.extend(contract.documents.iter().map(|(name, _)| name));
    names.extend(contract.flows.iter().map(|(name, _)| name));
    names.extend(contract.on_error.iter().map(|(name, _)| name));
    names.extend(contract.scenarios.iter().map(|(name, _)| name));
    for def in &contract.types {
        names.push(&def.name);
        match &def.kind {
            TypeKind::Record(members) => names.extend(members.iter().map(|member| &member.name)),
            TypeKind::Enum { values, .. } => names.extend(values.iter().map(|value| &value.wire)),
        }
    }
    if let Some(sender) = &contract.sender {
        names.extend(sender.settings.iter().map(|(name, _)| name));
        let policy = sender.session_policy.iter();
        names.extend(policy.flat_map(|policy| {
            let (on_error, words) = (&policy.on_error, &policy.policy);
            [&on_error.fail, &on_error.log, &words.notify, &words.overwrite, &words.disable]
        }));
    }
    names
}

/// The words of a YAML text that are whole keys or values, each with its offset; prose and comments have none.
fn structural(text: &str) -> Vec<(usize, &str)> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let mut at = 0;
        while let Some(start) = line[at..].find(is_word).map(|offset| at + offset) {
            let end = line[start..].find(|c| !is_word(c)).map_or(line.len(), |offset| start + offset);
            at = end;
            let (before, after) = (&line[..start], &line[end..]);
            let opens = before.trim().is_empty()
                || [": ", "- ", ", ", "{", "[", "\"", "<"].iter().any(|mark| before.ends_with(mark));
            let closes =
                after.trim().is_empty() || [":", ",", "}", "]", "\"", ">"].iter().any(|mark| after.starts_with(mark));
            let is_comment = line.trim_start().starts_with('#');
            if opens
                && closes
                && !is_comment
                && end - start > 2
                && line[start..].starts_with(|c: char| c.is_alphabetic())
            {
                found.push((line_start + start, &line[start..end]));
            }
        }
        line_start += line.len();
    }
    found
}

/// A word with a letter lost, doubled, swapped with the next one, or replaced.
fn slipped(word: &str, random: &mut Random) -> String {
    loop {
        let mut letters: Vec<char> = word.chars().collect();
        let at = random.below(letters.len());
        match random.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 if at + 1 < letters.len() => letters.swap(at, at + 1),
            _ => letters[at] = char::from(b'a' + u8::try_from(random.below(26)).unwrap()),
        }
        let slip: String = letters.into_iter().collect();
        if slip != word {
            return slip;
        }
    }
}

/// Xorshift: the same slips each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// A folder of this test's own, removed at its end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
