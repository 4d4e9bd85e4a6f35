//! Secrets in addresses: the values of queries, and passwords before the host.

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

/// A text as it stands in a query.
pub(crate) fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A text that is percent-encoded, with its digits in lower case.
pub(crate) fn lower_percent(encoded: &str) -> String {
    let mut digits = 0;
    let lower = |c: char| {
        let is_digit = digits > 0;
        digits = if c == '%' { 2 } else { digits - usize::from(is_digit) };
        if is_digit { c.to_ascii_lowercase() } else { c }
    };
    encoded.chars().map(lower).collect()
}

/// What a text in a query stands for.
pub(crate) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|digit| char::from(*digit).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
