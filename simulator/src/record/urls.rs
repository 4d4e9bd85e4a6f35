//! Secrets in addresses: the values of queries, and passwords before the host.

use super::percent::percent_decoded;
use super::secrets::Secrets;

/// The text with the values of its addresses' queries hidden.
pub(crate) fn hide_in_text(text: &str, secrets: &mut Secrets) -> String {
    if !text.contains("://") {
        return text.to_owned();
    }
    let mut hidden = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\'')) {
        match word.split_once("://") {
            Some((scheme, rest)) => {
                hidden.push_str(scheme);
                hidden.push_str("://");
                hidden.push_str(&hide_query(&hide_user(rest, secrets), secrets));
            }
            None => hidden.push_str(word),
        }
    }
    hidden
}

/// The address, or what is left of it, with the values of its query hidden.
pub(crate) fn hide_query(address: &str, secrets: &mut Secrets) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let ends = |c: char| matches!(c, '&' | ';' | '#') || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\'');
    let pairs = query.split_inclusive(ends).map(|pair| {
        let end = pair.trim_end_matches(ends).len();
        let (pair, end) = pair.split_at(end);
        match pair.split_once('=') {
            Some((name, value)) if !value.is_empty() => {
                format!("{name}={}{end}", secrets.placeholder(&percent_decoded(value)))
            }
            _ => format!("{pair}{end}"),
        }
    });
    format!("{path}?{}", pairs.collect::<String>())
}

/// What follows the scheme, with the password hidden.
fn hide_user(rest: &str, secrets: &mut Secrets) -> String {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    match authority.rsplit_once('@').and_then(|(user, host)| Some((user.split_once(':')?, host))) {
        Some(((user, password), host)) if !password.is_empty() => {
            format!("{user}:{}@{host}{path}", secrets.placeholder(&percent_decoded(password)))
        }
        _ => rest.to_owned(),
    }
}
