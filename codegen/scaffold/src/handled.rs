//! Which hooks a program handles already, read from its text.

use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use regex::Regex;

use super::Language;

/// The names under which hooks are handled in a file: in Rust the hooks' types and the methods of impl blocks, in
/// TypeScript the hooks' own names, in Python the models of their requests.
///
/// # Errors
///
/// That the file can't be read as what it is.
pub(super) fn handled(language: Language, text: &str) -> Result<Vec<String>, String> {
    match language {
        Language::Rust => {
            let mut names = Vec::new();
            attributes(tokens(text)?, &mut names);
            Ok(names)
        }
        Language::TypeScript => Ok(found(text, r#"(?m)^\s*handlers(?:\.([A-Za-z_$][\w$]*)|\["([^"]+)"\])\s*="#)),
        Language::Python => Ok(found(text, r"(?m)^\s*@\w+\.on\(\s*(?:\w+\.)*(\w+)\s*\)")),
    }
}

/// A Rust file as tokens, which know their places.
pub(super) fn tokens(text: &str) -> Result<TokenStream, String> {
    TokenStream::from_str(text).map_err(|error| {
        let at = error.span().start();
        format!("{}:{}: it can't be read as Rust; mend it first", at.line, at.column + 1)
    })
}

/// Whatever `#[wcs_hook(Path, …)]` names, and the methods of an impl block behind `#[wcs_hook]`, at any depth.
fn attributes(tokens: TokenStream, names: &mut Vec<String>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let is_attribute =
            place > 0 && matches!(trees.get(place - 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '#');
        if is_attribute && group.delimiter() == Delimiter::Bracket {
            match arguments(group) {
                Some(Some(arguments)) => names.extend(path(arguments.stream())),
                Some(None) => names.extend(trees.get(place + 1..).map(methods).unwrap_or_default()),
                None => {}
            }
        } else {
            attributes(group.stream(), names);
        }
    }
}

/// What stands in the parentheses of `wcs_hook(…)`; `None` for another attribute.
fn arguments(attribute: &Group) -> Option<Option<Group>> {
    let trees: Vec<TokenTree> = attribute.stream().into_iter().collect();
    let name = trees.iter().rfind(|tree| matches!(tree, TokenTree::Ident(_)))?;
    if name.to_string() != "wcs_hook" {
        return None;
    }
    Some(trees.last().and_then(|last| match last {
        TokenTree::Group(group) => Some(group.clone()),
        _ => None,
    }))
}

/// The last word of the path before the first comma.
fn path(arguments: TokenStream) -> Option<String> {
    let path =
        arguments.into_iter().take_while(|tree| !matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ','));
    path.filter_map(|tree| if let TokenTree::Ident(word) = tree { Some(word.to_string()) } else { None }).last()
}

/// The functions of the block that follows.
fn methods(trees: &[TokenTree]) -> Vec<String> {
    let block = trees.iter().find_map(|tree| match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    });
    let mut names = Vec::new();
    let mut after_fn = false;
    for tree in block.map(Group::stream).unwrap_or_default() {
        if let TokenTree::Ident(word) = &tree
            && after_fn
        {
            names.push(word.to_string());
        }
        after_fn = matches!(&tree, TokenTree::Ident(word) if word == "fn");
    }
    names
}

fn found(text: &str, pattern: &str) -> Vec<String> {
    let regex = Regex::new(pattern);
    let captures = regex.iter().flat_map(|regex| regex.captures_iter(text));
    captures.filter_map(|found| found.iter().skip(1).flatten().next().map(|word| word.as_str().to_owned())).collect()
}
