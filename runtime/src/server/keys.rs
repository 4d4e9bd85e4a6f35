//! Keys of signatures: which are usable, and how an operator gives them to a backend.

use std::ffi::OsString;
use std::path::PathBuf;
use std::{env, fmt, fs};

use super::{SetupError, credential};

const VARIABLE: &str = "HOOK_KEYS";
const FILE_VARIABLE: &str = "HOOK_KEYS_FILE";

/// A key that sender and backend share; `Debug` does not show it.
///
/// A key is text or any other bytes. [`HookServer::signed_by`](super::HookServer::signed_by) refuses an empty key, and
/// text with white space at an end, such as the line end of a file.
#[derive(Clone)]
pub struct SigningKey(Box<[u8]>);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(redacted)")
    }
}

impl<T: AsRef<[u8]>> From<T> for SigningKey {
    fn from(key: T) -> Self {
        Self(key.as_ref().into())
    }
}

impl SigningKey {
    /// Keys from the environment: those in `HOOK_KEYS`, or in the file that `HOOK_KEYS_FILE` names. `None` if neither
    /// variable is set, and at least one key otherwise.
    ///
    /// Variable and file have the same form: keys with commas or line ends between them, in UTF-8. A key can't contain
    /// either. Empty lines are skipped, so that the line end of a file belongs to no key.
    ///
    /// ```no_run
    /// # use wcs_runtime::{codegen::*, HookServer, server::SigningKey};
    /// # fn start(contract: &'static ContractDescriptor) -> Result<(), Box<dyn std::error::Error>> {
    /// let keys = SigningKey::from_env()?.ok_or("set HOOK_KEYS or HOOK_KEYS_FILE")?;
    /// let server = HookServer::<()>::new(contract).signed_by(keys)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When both variables are set, when the one that is set is empty or not UTF-8, when the file can't be read or has no
    /// key, or when a key is empty or has white space at an end.
    pub fn from_env() -> Result<Option<Vec<Self>>, SetupError> {
        read(|name| env::var_os(name))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Vec<SigningKey>>, SetupError> {
    match (variable(VARIABLE), variable(FILE_VARIABLE)) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => {
            Err(SetupError(format!("`{VARIABLE}` and `{FILE_VARIABLE}` are both set: unset one of them")))
        }
        (Some(keys), None) => {
            let keys = keys.into_string().map_err(|_| SetupError(format!("`{VARIABLE}` is not UTF-8")))?;
            parse(&keys, &format!("`{VARIABLE}`")).map(Some)
        }
        (None, Some(path)) if path.is_empty() => Err(SetupError(format!(
            "`{FILE_VARIABLE}` is set but empty: write the path of a file with keys, or unset it"
        ))),
        (None, Some(path)) => {
            let path = PathBuf::from(path);
            let shown = path.display();
            let keys = fs::read_to_string(&path).map_err(|error| {
                SetupError(format!("can't read `{shown}`, the file that `{FILE_VARIABLE}` names: {error}"))
            })?;
            parse(&keys, &format!("the file `{shown}` of `{FILE_VARIABLE}`")).map(Some)
        }
    }
}

fn parse(text: &str, place: &str) -> Result<Vec<SigningKey>, SetupError> {
    let lines = text.split(['\r', '\n']).filter(|line| !line.is_empty());
    let keys: Vec<SigningKey> = lines.flat_map(|line| line.split(',')).map(SigningKey::from).collect();
    if keys.is_empty() {
        return Err(SetupError(format!(
            "{place} is empty: write the key that the sender signs with, or several with commas between them, or unset \
             the variable to take unsigned hooks"
        )));
    }
    check(&keys, place)?;
    Ok(keys)
}

/// Refuses keys that nobody means; the message has a key's position and never its text.
pub(super) fn check(keys: &[SigningKey], place: &str) -> Result<(), SetupError> {
    for (index, key) in keys.iter().enumerate() {
        if let Some(fault) = credential::fault(&key.0) {
            let (position, count) = (index + 1, keys.len());
            return Err(SetupError(format!(
                "key {position} of {count} in {place} {fault}: write each key as the sender is configured with it, with \
                 nothing around it"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(variables: &[(&str, &str)]) -> Result<Option<Vec<String>>, String> {
        let found = read(|name| {
            let set = variables.iter().find(|(variable, _)| *variable == name);
            set.map(|(_, value)| OsString::from(value))
        });
        let texts =
            |keys: Vec<SigningKey>| keys.iter().map(|key| String::from_utf8(key.bytes().to_vec()).unwrap()).collect();
        found.map(|keys| keys.map(texts)).map_err(|error| error.to_string())
    }

    /// The same text in the variable and in a file.
    fn both_places(name: &str, text: &str) -> [Result<Option<Vec<String>>, String>; 2] {
        let path = env::temp_dir().join(format!("wcs-runtime-keys-{}-{name}", std::process::id()));
        #[expect(clippy::disallowed_methods, reason = "a file of this test")]
        fs::write(&path, text).unwrap();
        let read = [keys(&[(VARIABLE, text)]), keys(&[(FILE_VARIABLE, path.to_str().unwrap())])];
        fs::remove_file(path).unwrap();
        read
    }

    #[test]
    fn keys_have_commas_or_line_ends_between_them() {
        let cases: [(&str, &[&str]); 9] = [
            ("key", &["key"]),
            ("key\n", &["key"]),
            ("key\r\n", &["key"]),
            ("key\r", &["key"]),
            ("\n\nkey\n\n", &["key"]),
            ("old,new", &["old", "new"]),
            ("old,new\n", &["old", "new"]),
            ("old\r\nnew\r\n", &["old", "new"]),
            ("a key of many words,größe", &["a key of many words", "größe"]),
        ];
        for (index, (text, expected)) in cases.into_iter().enumerate() {
            for found in both_places(&format!("good-{index}"), text) {
                assert_eq!(found.unwrap().unwrap(), expected, "{text:?}");
            }
        }
        assert_eq!(keys(&[]), Ok(None));
    }

    #[test]
    fn what_nobody_means_is_refused() {
        let cases = [
            ("", "is empty: write the key"),
            ("\n", "is empty: write the key"),
            ("\r\n\r\n", "is empty: write the key"),
            (" ", "key 1 of 1 in"),
            ("old, new", "key 2 of 2 in"),
            ("old ,new", "key 1 of 2 in"),
            ("old,", "key 2 of 2 in"),
            (",new", "key 1 of 2 in"),
            ("old,,new", "key 2 of 3 in"),
            (",", "key 1 of 2 in"),
            ("key\t\n", "key 1 of 1 in"),
            ("old\n new", "key 2 of 2 in"),
            ("key\u{a0}", "key 1 of 1 in"),
            ("\u{feff}key", "key 1 of 1 in"),
        ];
        for (index, (text, expected)) in cases.into_iter().enumerate() {
            let [variable, file] = both_places(&format!("bad-{index}"), text).map(Result::unwrap_err);
            assert!(variable.contains(expected) && variable.contains("`HOOK_KEYS`"), "{text:?}: {variable}");
            assert!(file.contains(expected) && file.contains("` of `HOOK_KEYS_FILE`"), "{text:?}: {file}");
            assert!(!variable.contains("old") && !variable.contains("new"), "{text:?}: {variable}");
        }
    }

    #[test]
    fn a_variable_that_can_not_be_followed_is_refused() {
        let error = |variables: &[(&str, &str)]| keys(variables).unwrap_err();
        assert!(error(&[(VARIABLE, "key"), (FILE_VARIABLE, "file")]).contains("are both set: unset one"));
        assert!(error(&[(VARIABLE, ""), (FILE_VARIABLE, "")]).contains("are both set: unset one"));
        assert!(error(&[(FILE_VARIABLE, "")]).contains("`HOOK_KEYS_FILE` is set but empty: write the path of a file"));
        let absent = error(&[(FILE_VARIABLE, "absent/keys")]);
        assert!(absent.contains("can't read `absent/keys`, the file that `HOOK_KEYS_FILE` names"), "{absent}");
        assert!(error(&[(FILE_VARIABLE, env!("CARGO_MANIFEST_DIR"))]).contains("can't read"));
    }

    #[test]
    #[cfg(unix)]
    fn keys_in_the_environment_are_utf_8() {
        use std::os::unix::ffi::OsStringExt as _;

        let latin = |name: &str| (name == VARIABLE).then(|| OsString::from_vec(b"gr\xf6\xdfe".to_vec()));
        assert_eq!(read(latin).unwrap_err().to_string(), "`HOOK_KEYS` is not UTF-8");
    }
}
