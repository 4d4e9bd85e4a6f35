//! The two declarations that make a Rust type, its reader, its JSON Schema and its part of the exported model at once.

/// A mapping with fixed keys: the struct, its reader, its JSON Schema, its export, and how it is merged. `each hook type => field: Type { … }` adds one key for each hook type.
macro_rules! syntax {
    (
        $(#[doc = $doc:literal])*
        pub struct $Name:ident {
            $( $(#[doc = $field_doc:literal])* $key:literal => $field:ident: $Type:ty, )*
            $( each hook type => $each:ident: $Each:ty { $( $(#[doc = $each_doc:literal])* $Kind:ident, )* } )?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $Name {
            /// The whole mapping.
            pub span: $crate::source::Span,
            /// The key under which it stands, or its first one.
            pub head: $crate::source::Span,
            /// Keys that are absent or could not be read, though they were needed or given. Findings tell why.
            pub broken: Vec<&'static str>,
            $( $(#[doc = $field_doc])* pub $field: $Type, )*
            $(
                /// One entry for each hook type.
                pub $each: $crate::syntax::ByType<$Each>,
            )?
        }

        impl $crate::syntax::Syntax for $Name {
            fn read(node: &$crate::load::Node, findings: &mut $crate::diagnostic::Findings) -> Option<Self> {
                const KEYS: &[&str] = &[$($key,)* $( $( $crate::syntax::HookType::$Kind.word(), )* )?];
                let mut mapping = $crate::syntax::mapping::Mapping::of(node, stringify!($Name), KEYS, findings)?;
                $( let $field = mapping.field::<$Type>($key, findings); )*
                $(
                    const { assert!([$( $crate::syntax::HookType::$Kind ),*].len() == $crate::syntax::HookType::ALL.len()) };
                    let field = |kind: $crate::syntax::HookType| mapping.field::<$Each>(kind.word(), findings);
                    let $each = $crate::syntax::ByType::from_fn(field).complete();
                )?
                let (head, broken) = mapping.finish(findings);
                Some(Self { span: node.span, head, broken, $( $field: $field?, )* $( $each: $each?, )? })
            }

            fn placeholder(span: $crate::source::Span) -> Option<Self> {
                Some(Self {
                    span,
                    head: span,
                    broken: vec![$($key,)* $( $( $crate::syntax::HookType::$Kind.word(), )* )?],
                    $( $field: <$Type as $crate::syntax::Syntax>::placeholder(span)?, )*
                    $(
                        $each: $crate::syntax::ByType::from_fn(|_| <$Each as $crate::syntax::Syntax>::placeholder(span))
                            .complete()?,
                    )?
                })
            }

            fn form() -> $crate::syntax::Form {
                const KEYS: &[$crate::syntax::KeyForm] = &[
                    $( ($key, <$Type as $crate::syntax::Syntax>::form), )*
                    $( $( ($crate::syntax::HookType::$Kind.word(), <$Each as $crate::syntax::Syntax>::form), )* )?
                ];
                $crate::syntax::Form::Keys(KEYS)
            }

            fn schema(definitions: &mut $crate::syntax::read::Definitions) -> schemars::Schema {
                $crate::syntax::schema::define(definitions, stringify!($Name), |definitions| {
                    let fields = [
                        $( (
                            $key,
                            <$Type as $crate::syntax::Syntax>::absent().is_none(),
                            $crate::syntax::schema::describe(
                                <$Type as $crate::syntax::Syntax>::schema(definitions),
                                concat!($($field_doc, "\n"),*),
                            ),
                        ), )*
                        $( $( (
                            $crate::syntax::HookType::$Kind.word(),
                            <$Each as $crate::syntax::Syntax>::absent().is_none(),
                            $crate::syntax::schema::describe(
                                <$Each as $crate::syntax::Syntax>::schema(definitions),
                                concat!($($each_doc, "\n"),*),
                            ),
                        ), )* )?
                    ];
                    $crate::syntax::schema::object_schema(concat!($($doc, "\n"),*), fields)
                })
            }
        }

        impl $crate::syntax::Part for $Name {
            fn place(&self) -> Option<$crate::source::Span> {
                Some(self.span)
            }
        }

        impl $crate::syntax::Keyed for $Name {
            fn places(&self) -> Vec<(&'static str, Option<$crate::source::Span>)> {
                vec![$( ($key, $crate::syntax::Part::place(&self.$field)) ),*]
            }

            fn says_nothing(&self) -> bool {
                self.broken.is_empty()
                    $( && $crate::syntax::Part::is_blank(&self.$field) )*
                    $( && $crate::syntax::Part::is_blank(&self.$each) )?
            }

            fn or(self, other: &Self) -> Self {
                Self {
                    span: self.span,
                    head: self.head,
                    broken: self.broken,
                    $( $field: $crate::syntax::macros::or!(self.$field, other.$field), )*
                    $( $each: $crate::syntax::macros::or!(self.$each, other.$each), )?
                }
            }

            fn lifetime(&self) -> $crate::syntax::Lifetime {
                let lifetime = $crate::syntax::Lifetime::default();
                $( let lifetime = $crate::syntax::macros::lifetime!($field, self, lifetime); )*
                lifetime
            }
        }

        impl $crate::syntax::export::Export for $Name {
            fn json(&self, scope: $crate::syntax::export::Scope<'_>) -> serde_json::Value {
                scope.object(self.head, [
                    $( ($key, $crate::syntax::export::Export::json(&self.$field, scope)), )*
                    $( $( {
                        let kind = $crate::syntax::HookType::$Kind;
                        (kind.word(), $crate::syntax::export::Export::json(&self.$each[kind], scope))
                    }, )* )?
                ])
            }

            fn schema(definitions: &mut $crate::syntax::Definitions) -> schemars::Schema {
                let doc = concat!($($doc, "\n"),*);
                $crate::syntax::export::fields(definitions, stringify!($Name), doc, Self::fields)
            }

            fn named_json(&self, name: &str, scope: $crate::syntax::export::Scope<'_>) -> serde_json::Value {
                $crate::syntax::export::named_object(name, $crate::syntax::export::Export::json(self, scope))
            }

            fn named_schema(definitions: &mut $crate::syntax::Definitions) -> schemars::Schema {
                let doc = concat!($($doc, "\n"),*);
                $crate::syntax::export::named_fields(definitions, stringify!($Name), doc, Self::fields)
            }

            fn fields(definitions: &mut $crate::syntax::Definitions) -> Vec<$crate::syntax::export::Field> {
                vec![
                    $( (
                        $key,
                        concat!($($field_doc, "\n"),*),
                        <$Type as $crate::syntax::export::Export>::schema(definitions),
                    ), )*
                    $( $( (
                        $crate::syntax::HookType::$Kind.word(),
                        concat!($($each_doc, "\n"),*),
                        <$Each as $crate::syntax::export::Export>::schema(definitions),
                    ), )* )?
                ]
            }
        }
    };
}

/// A value, or another one where it is blank.
macro_rules! or {
    ($own:expr, $other:expr) => {
        if $crate::syntax::Part::is_blank(&$own) { $other.clone() } else { $own }
    };
}

/// A lifetime with what one field says of it.
macro_rules! lifetime {
    (since, $of:ident, $lifetime:ident) => {
        $crate::syntax::Lifetime { since: $of.since.clone(), ..$lifetime }
    };
    (until, $of:ident, $lifetime:ident) => {
        $crate::syntax::Lifetime { until: $of.until.clone(), ..$lifetime }
    };
    (deprecated, $of:ident, $lifetime:ident) => {
        $crate::syntax::Lifetime { deprecated: $of.deprecated.clone(), ..$lifetime }
    };
    ($other:ident, $of:ident, $lifetime:ident) => {
        $lifetime
    };
}

/// One of a few words; `else` names the one that stands for a word that could not be read, where that can't mislead.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $Name:ident {
            $( $(#[doc = $word_doc:literal])* $Variant:ident = $word:literal, )*
        }
        $(else $Placeholder:ident)?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $Name {
            $( $(#[doc = $word_doc])* $Variant, )*
        }

        impl $Name {
            /// All words, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),*];

            /// The word as it is written.
            pub const fn word(self) -> &'static str {
                match self { $( Self::$Variant => $word, )* }
            }

            /// What the word means.
            pub const fn doc(self) -> &'static str {
                match self { $( Self::$Variant => concat!($($word_doc),*).trim_ascii(), )* }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl $crate::syntax::Syntax for $crate::source::Spanned<$Name> {
            fn read(node: &$crate::load::Node, findings: &mut $crate::diagnostic::Findings) -> Option<Self> {
                let written = $crate::syntax::read::word(node, &[$($word),*], findings)?;
                let value = match written { $( $word => $Name::$Variant, )* _ => return None };
                Some($crate::source::Spanned::new(value, node.span))
            }

            fn form() -> $crate::syntax::Form {
                $crate::syntax::Form::Word
            }

            $(
                fn placeholder(span: $crate::source::Span) -> Option<Self> {
                    Some($crate::source::Spanned::new($Name::$Placeholder, span))
                }
            )?

            fn schema(_: &mut $crate::syntax::read::Definitions) -> schemars::Schema {
                $crate::syntax::schema::word_schema(&[$( ($word, concat!($($word_doc),*)) ),*])
            }
        }

        impl $crate::syntax::export::Export for $Name {
            fn json(&self, _: $crate::syntax::export::Scope<'_>) -> serde_json::Value {
                self.word().into()
            }

            fn schema(_: &mut $crate::syntax::Definitions) -> schemars::Schema {
                $crate::syntax::schema::word_schema(&[$( ($word, concat!($($word_doc),*)) ),*])
            }
        }
    };
}

pub(super) use {lifetime, or, syntax, words};
