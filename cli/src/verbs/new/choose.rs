//! Which hooks a new backend handles: as the flags say, as somebody answers, or as is sensible.

use std::io::{IsTerminal, Write};

use wcs_contract::model::{Contract, Hook};

use super::NewOptions;
use crate::contract;
use crate::stop::Stop;
use crate::terminal::{BOLD, DIM, Terminal};
use crate::words::{counted, unknown};

/// The chosen hooks in the order of the contract, the one that opens a session always among them.
pub(super) fn hooks<'a>(
    options: &NewOptions,
    contract: &'a Contract,
    terminal: &mut Terminal,
) -> Result<Vec<&'a Hook>, Stop> {
    if options.all {
        return Ok(contract.hooks.iter().collect());
    }
    let named = named(options, contract)?;
    if !named.is_empty() {
        return Ok(contract::with_opening(contract, &named));
    }
    let asks = !options.yes && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if asks {
        return asked(contract);
    }
    let hooks = wcs_scaffold::default_hooks(contract);
    if !options.yes {
        let count = counted(hooks.len(), "hook");
        terminal.note(&format!(
            "nobody to ask which hooks: it is made for the {count} known from captured bodies; choose others with \
             --hooks, --group or --all"
        ));
    }
    Ok(hooks)
}

/// The hooks that the flags name, on their own.
pub(super) fn named<'a>(options: &NewOptions, contract: &'a Contract) -> Result<Vec<&'a str>, Stop> {
    let mut names = contract::hook_names(contract, &options.hooks)?;
    for group in &options.group {
        names.extend(of_group(contract, group)?.map(|hook| hook.name.value.as_str()));
    }
    Ok(names)
}

fn of_group<'a>(contract: &'a Contract, word: &str) -> Result<impl Iterator<Item = &'a Hook> + use<'a>, Stop> {
    let names = || contract.groups.iter().map(|(name, _)| name.value.as_str());
    match names().find(|name| name.eq_ignore_ascii_case(word)) {
        Some(name) => Ok(contract.hooks_of(name)),
        None => {
            let all = format!("there are {}", names().collect::<Vec<_>>().join(", "));
            Err(unknown("group", word, names(), &all).into())
        }
    }
}

/// Asks until the answer can be understood. What is asked goes where it does not mix with output.
fn asked(contract: &Contract) -> Result<Vec<&Hook>, Stop> {
    let default = wcs_scaffold::default_hooks(contract);
    let mut out = anstream::stderr();
    let mut tell = |text: String| {
        let _ = write!(out, "{text}").and_then(|()| out.flush());
    };
    tell(format!("{BOLD}Which hooks should it handle?{BOLD:#} The others are accepted.\n"));
    for (number, (name, group)) in contract.groups.iter().enumerate() {
        let count = counted(contract.hooks_of(&name.value).count(), "hook");
        tell(format!("{:>4}  {} {DIM}({count}) {}{DIM:#}\n", number + 1, name.value, group.doc.value));
    }
    loop {
        let enter = counted(default.len(), "hook");
        tell(format!(
            "Numbers of groups, names of hooks, or `all`, with commas between; Enter: the {enter} known from captured bodies\n> "
        ));
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line).map_err(|error| format!("can't read the answer: {error}"))?;
        if read == 0 || line.trim().is_empty() {
            return Ok(default);
        }
        match understood(contract, &line) {
            Ok(hooks) => return Ok(hooks),
            Err(reason) => tell(format!("{reason}\n")),
        }
    }
}

/// What somebody has answered.
fn understood<'a>(contract: &'a Contract, line: &str) -> Result<Vec<&'a Hook>, String> {
    let mut names: Vec<&str> = Vec::new();
    for word in line.split([',', ' ']).map(str::trim).filter(|word| !word.is_empty()) {
        let group = match word.parse::<usize>() {
            Ok(number) => {
                let group = number.checked_sub(1).and_then(|place| contract.groups.get(place));
                Some(group.ok_or_else(|| format!("there is no group {number}"))?)
            }
            Err(_) => contract.groups.iter().find(|(name, _)| name.value.eq_ignore_ascii_case(word)),
        };
        match group {
            _ if word.eq_ignore_ascii_case("all") => return Ok(contract.hooks.iter().collect()),
            Some((name, _)) => names.extend(contract.hooks_of(&name.value).map(|hook| hook.name.value.as_str())),
            None => names.push(contract::hook(contract, word)?.name.value.as_str()),
        }
    }
    Ok(contract::with_opening(contract, &names))
}

#[cfg(test)]
mod tests {
    use super::understood;

    #[test]
    fn answers_are_numbers_names_or_all() {
        let schema = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/own-schema/schema");
        let contract = wcs_contract::compile(&wcs_contract::Input::at(&schema)).unwrap().contract.unwrap();
        let names = |line: &str| {
            understood(&contract, line)
                .map(|hooks| hooks.iter().map(|hook| hook.name.value.clone()).collect::<Vec<_>>())
        };
        assert_eq!(names("all").unwrap().len(), contract.hooks.len());
        assert_eq!(names("1").unwrap(), names(&contract.groups[0].0.value).unwrap());
        assert_eq!(names("openDoor, DoorEvent").unwrap(), ["hello", "openDoor", "DoorEvent"]);
        assert!(names("0").unwrap_err().contains("no group 0"));
        assert!(names("openDor").unwrap_err().contains("openDoor"));
    }
}
