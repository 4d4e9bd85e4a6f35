//! JSON Pointer (RFC 6901), as findings and recordings name places in a body.

/// A pointer to a member of what `at` points to.
pub fn member(at: &str, name: &str) -> String {
    format!("{at}/{}", escaped(name))
}

/// A name as a part of a pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The name that a part of a pointer stands for.
pub fn unescaped(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_comes_back() {
        for name in ["", "a", "a/b", "~", "~1", "/~0", "~01"] {
            assert_eq!(unescaped(&escaped(name)), name);
        }
        assert_eq!(member("/at", "a~b/c"), "/at/a~0b~1c");
    }
}
