//! Reading HTML strictly: every element closed, every attribute quoted.

/// An element's start, in the order of the page.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Elements that have no end.
const VOID: &[&str] = &["meta", "link", "br", "input", "hr", "img"];
/// Elements of pictures that close themselves.
const SHAPES: &[&str] = &["path", "rect", "circle"];

/// The elements of a page and its text; panics with the place if the page is not well formed.
pub(crate) fn read(path: &str, page: &str) -> (Vec<Element>, String) {
    let mut elements = Vec::new();
    let mut text = String::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    let fail = |rest: &str, what: &str| -> ! {
        let at = page.len() - rest.len();
        let line = page[..at].lines().count();
        panic!("{path}:{line}: {what}: {}", rest.chars().take(60).collect::<String>())
    };
    while let Some(at) = rest.find('<') {
        text.push_str(&decoded(&rest[..at]));
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = &comment[comment.find("-->").unwrap_or_else(|| fail(rest, "an open comment")) + 3..];
        } else if rest.starts_with("<!doctype html>") {
            rest = &rest["<!doctype html>".len()..];
        } else if let Some(end) = rest.strip_prefix("</") {
            let (name, after) = end.split_once('>').unwrap_or_else(|| fail(rest, "an open end"));
            if open.pop().as_deref() != Some(name) {
                fail(rest, "an end that has no start");
            }
            text.push(' ');
            rest = after;
        } else {
            let (element, closes, after) = start(&rest[1..]).unwrap_or_else(|| fail(rest, "no element"));
            rest = after;
            if closes != SHAPES.contains(&element.name.as_str()) {
                fail(rest, "an element that should close itself, or should not");
            }
            if !closes && !VOID.contains(&element.name.as_str()) {
                open.push(element.name.clone());
            }
            if element.name == "script" {
                rest = &rest[rest.find("</script>").unwrap_or_else(|| fail(rest, "an open script"))..];
            }
            elements.push(element);
        }
    }
    assert_eq!(open, Vec::<String>::new(), "{path}: elements without an end");
    (elements, text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn start(from: &str) -> Option<(Element, bool, &str)> {
    let end = from.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, mut rest) = from.split_at(end);
    if name.is_empty() {
        return None;
    }
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Some((Element { name: name.to_owned(), attributes }, true, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some((Element { name: name.to_owned(), attributes }, false, after));
        }
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':'))?;
        let (attribute, after) = rest.split_at(end);
        if attribute.is_empty() || attributes.iter().any(|(known, _)| known == attribute) {
            return None;
        }
        let (value, after) = match after.strip_prefix("=\"") {
            Some(value) => value.split_once('"')?,
            None => ("", after),
        };
        attributes.push((attribute.to_owned(), decoded(value)));
        rest = after;
    }
}

fn decoded(text: &str) -> String {
    for piece in text.split('&').skip(1) {
        let entity = piece.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot"].contains(&entity), "a bare ampersand: {piece}");
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
