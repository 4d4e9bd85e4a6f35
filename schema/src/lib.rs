//! The contract of the Flashphoner WCS REST hooks as text.
//!
//! The YAML files in this folder are the one source of the contract; the crate only carries them, so that programs which
//! are installed without the repository have it too. `wcs-codegen` compiles them.

/// The contract's name.
pub const NAME: &str = "wcs";

/// The root of the contract among [`FILES`].
pub const ROOT: &str = "wcs.yaml";

/// Every file by its path below the root's folder.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

#[cfg(test)]
mod tests {
    #[test]
    fn the_root_and_what_it_lists_are_there() {
        let text = |name: &str| super::FILES.iter().find(|(path, _)| *path == name).map(|(_, text)| *text);
        let root = text(super::ROOT).unwrap();
        assert!(root.contains(&format!("\n  name: {}\n", super::NAME)));
        let listed: Vec<&str> = root
            .lines()
            .filter_map(|line| line.trim().strip_prefix("- "))
            .filter(|path| path.ends_with(".yaml"))
            .collect();
        assert!(listed.len() > 10);
        assert_eq!(listed.len() + 1, super::FILES.len());
        assert!(listed.iter().all(|path| text(path).is_some()), "{listed:?}");
    }
}
