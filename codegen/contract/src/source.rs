//! Text, offsets, display paths. Knows nothing of YAML.

use std::path::{Component, Path};

/// A file of a contract, by its place in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(crate) u32);

impl FileId {
    /// Its place in the order in which files were read.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A piece of a file: byte offsets, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Span {
    /// The place of what is in no file.
    pub const NOWHERE: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// A piece of this span, by byte offsets relative to its start.
    #[must_use]
    pub fn slice(self, start: usize, end: usize) -> Self {
        let at = |offset: usize| (self.start + u32::try_from(offset).unwrap_or(u32::MAX)).min(self.end);
        Self { file: self.file, start: at(start), end: at(end) }
    }
}

/// A word: a name, a spelling, a path. Kept as it was written.
pub type Name = Spanned<String>;

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value at a place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Line and column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// One file of a contract.
#[derive(Debug)]
pub struct Source {
    /// The path as it is shown: relative to the folder that was named, with forward slashes.
    pub path: String,
    /// The text.
    pub text: String,
    line_starts: Vec<usize>,
}

/// All files of a contract.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a text under a display path.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source { path: path.into(), text, line_starts });
        id
    }

    /// A file.
    ///
    /// A `FileId` is only made by [`Sources::add`]; one of another contract shows an empty file.
    pub fn get(&self, id: FileId) -> &Source {
        static NONE: Source = Source { path: String::new(), text: String::new(), line_starts: Vec::new() };
        self.files.get(id.0 as usize).unwrap_or(&NONE)
    }

    /// All files in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// A file's path below the folder of the first one: the same on every machine.
    pub fn relative_path(&self, id: FileId) -> &str {
        let folder = self.files.first().and_then(|root| root.path.rsplit_once('/')).map_or("", |(folder, _)| folder);
        let path = &self.get(id).path;
        if folder.is_empty() {
            return path;
        }
        path.strip_prefix(folder).and_then(|below| below.strip_prefix('/')).unwrap_or(path)
    }

    /// Shows the files from the one of a number on below another name, where they lie in a folder.
    pub fn show_below(&mut self, first: usize, folder: &str, name: &str) {
        for file in self.files.iter_mut().skip(first) {
            let below = file.path.strip_prefix(folder).and_then(|below| below.strip_prefix('/'));
            if let Some(below) = below {
                file.path = format!("{name}{below}");
            }
        }
    }

    /// The place where a span starts.
    pub fn position(&self, span: Span) -> Position {
        self.get(span.file).position(span.start as usize)
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

impl Source {
    fn position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        // A byte order mark is no character of the first line.
        let shown = |before: &str| before.trim_start_matches('\u{feff}').chars().count();
        let column = self.text.get(start..offset).map_or(0, shown) + 1;
        Position { line, column }
    }
}

/// A path with forward slashes, relative to a folder where it lies in it.
pub fn display_path(path: &Path, folder: &Path) -> String {
    let shown = path.strip_prefix(folder).unwrap_or(path);
    let mut text = String::new();
    for part in shown.components() {
        if part == Component::RootDir || !(text.is_empty() || text.ends_with('/')) {
            text.push('/');
        }
        if part != Component::RootDir {
            text.push_str(&part.as_os_str().to_string_lossy());
        }
    }
    text
}
