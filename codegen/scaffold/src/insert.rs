//! Places in a Rust file where something can be put without touching what is there.

use proc_macro2::{Delimiter, TokenTree};

use super::handled::tokens;

/// A text with others put into it, each at an offset of the original.
pub(super) fn inserted(text: &str, mut insertions: Vec<(usize, String)>) -> String {
    insertions.sort_by_key(|(at, _)| *at);
    let mut result = String::with_capacity(text.len() + 256);
    let mut from = 0;
    for (at, new) in insertions {
        result.push_str(text.get(from..at).unwrap_or_default());
        result.push_str(&new);
        from = at;
    }
    result.push_str(text.get(from..).unwrap_or_default());
    result
}

/// Where and how the first `handlers![…]` of a file takes more entries; `None` if it has none. Whole lines are put before
/// the line of the bracket if that stands on a line of its own.
pub(super) fn into_list(text: &str, entries: &[String]) -> Result<Option<(usize, String)>, String> {
    let Some((inside, end)) = list(tokens(text)?) else { return Ok(None) };
    let before = text.get(..end).unwrap_or_default();
    let needs_comma = inside.is_some_and(|(mark, _)| mark != ',');
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let own_line = before.get(line..).is_some_and(|lead| lead.trim().is_empty());
    if own_line && !needs_comma {
        let lead = before.get(line..).unwrap_or_default();
        return Ok(Some((line, entries.iter().map(|entry| format!("{lead}    {entry},\n")).collect())));
    }
    let comma = if needs_comma {
        ", "
    } else if inside.is_some() {
        " "
    } else {
        ""
    };
    // Behind the last entry, so that a comment after it stays where it is.
    let at = inside.map_or(end, |(_, at)| at);
    Ok(Some((at, format!("{comma}{}", entries.join(", ")))))
}

/// The last character inside of `handlers![…]` with the offset behind it, and the offset of the closing bracket.
fn list(tokens: proc_macro2::TokenStream) -> Option<(Option<(char, usize)>, usize)> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let before = |back: usize| place.checked_sub(back).and_then(|at| trees.get(at)).map(ToString::to_string);
        let is_list = before(1).as_deref() == Some("!") && before(2).as_deref() == Some("handlers");
        if is_list && group.delimiter() == Delimiter::Bracket {
            let last = group.stream().into_iter().last().map(|last| {
                let mark = if let TokenTree::Punct(mark) = &last { mark.as_char() } else { ' ' };
                (mark, last.span().byte_range().end)
            });
            return Some((last, group.span_close().byte_range().start));
        }
        if let Some(found) = list(group.stream()) {
            return Some(found);
        }
    }
    None
}

/// Where more modules are declared: where the alphabet wants them among those that are, or behind the file's own
/// documentation and attributes.
pub(super) fn into_modules(text: &str, modules: &[String]) -> Result<Vec<(usize, String)>, String> {
    let trees: Vec<TokenTree> = tokens(text)?.into_iter().collect();
    let declared: Vec<(String, usize, usize)> = trees.windows(3).filter_map(|three| declared(three, text)).collect();
    let Some((_, _, end)) = declared.last() else {
        let lines: String = modules.iter().map(|module| format!("mod {module};\n")).collect();
        return Ok(vec![(inner(text), format!("{lines}\n"))]);
    };
    let place = |module: &String| {
        let next = declared.iter().find(|(name, ..)| name > module);
        (next.map_or(*end, |(_, start, _)| *start), format!("mod {module};\n"))
    };
    Ok(modules.iter().map(place).collect())
}

/// The name in `mod name;`, where its line begins, and where it ends.
fn declared(three: &[TokenTree], text: &str) -> Option<(String, usize, usize)> {
    let [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Punct(end)] = three else { return None };
    if word != "mod" || end.as_char() != ';' {
        return None;
    }
    let start = text.get(..word.span().byte_range().start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = end.span().byte_range().end;
    let rest = text.get(end..)?.find('\n').map_or(text.len(), |at| end + at + 1);
    Some((name.to_string(), start, rest))
}

/// The offset of the first line that is neither empty nor the file's own documentation or attribute.
fn inner(text: &str) -> usize {
    let of_file = |line: &&str| line.starts_with("//!") || line.starts_with("#![") || line.trim().is_empty();
    text.split_inclusive('\n').take_while(of_file).map(str::len).sum()
}
