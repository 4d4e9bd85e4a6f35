//! Options of a handler: behind the hook in `#[wcs_hook(…)]`, or in `#[hook(…)]` on a method.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Error, Lit, Path, Token, parenthesized};

use crate::runtime;

/// The options that both forms have, for messages.
pub(crate) const LIST: &str = "`overwrites(member, …)`, `exclude(member, …)`, `on_error = log`, `deadline = \"3s\"`";

/// What could be read.
#[derive(Default)]
pub(crate) struct Options {
    overwrites: Overwrites,
    exclude: Option<Members>,
    on_error: Option<Ident>,
    deadline: Option<u64>,
    given: Vec<String>,
}

#[derive(Default)]
enum Overwrites {
    #[default]
    None,
    /// Given, but not to be understood: which members was not learnt.
    Unread,
    Members(Members),
}

struct Members {
    /// Place of the option's name.
    keyword: Span,
    names: Vec<Ident>,
}

impl Options {
    /// Notes that an option is given.
    pub(crate) fn announce(&mut self, option: &Ident) -> syn::Result<()> {
        let name = option.to_string();
        if self.given.contains(&name) {
            return Err(Error::new(option.span(), format!("the option `{name}` is given twice")));
        }
        self.given.push(name);
        Ok(())
    }

    /// Reads what stands behind the name of an option. `false` if it is none of these.
    pub(crate) fn read(&mut self, option: &Ident, input: ParseStream<'_>) -> syn::Result<bool> {
        match option.to_string().as_str() {
            "overwrites" => {
                self.overwrites = Overwrites::Unread;
                self.overwrites = Overwrites::Members(members(option, input)?);
            }
            "exclude" => self.exclude = Some(members(option, input)?),
            "on_error" => {
                equals(option, input, "log")?;
                let word = Ident::parse_any(input)
                    .map_err(|error| Error::new(error.span(), "expected `on_error = log` or `on_error = fail`"))?;
                self.on_error = Some(match word.to_string().as_str() {
                    "log" => Ident::new("Log", word.span()),
                    "fail" => Ident::new("Fail", word.span()),
                    other => {
                        let message = format!("unknown word `{other}`: expected `on_error = log` or `on_error = fail`");
                        return Err(Error::new(word.span(), message));
                    }
                });
            }
            "deadline" => {
                equals(option, input, "\"3s\"")?;
                self.deadline = Some(deadline(&input.parse()?)?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The options as a value of the runtime. Members are looked up in the tables of the hook's type.
    pub(crate) fn value(&self, runtime: &Path, hook: &TokenStream) -> TokenStream {
        let overwrites = match &self.overwrites {
            Overwrites::Members(members) => members.wire_names(runtime, hook, "Overwritable"),
            Overwrites::None | Overwrites::Unread => quote!(&[]),
        };
        let exclude = match &self.exclude {
            Some(members) => members.wire_names(runtime, hook, "Places"),
            None => quote!(&[]),
        };
        let on_error = self.on_error.clone().unwrap_or_else(|| Ident::new("Default", Span::call_site()));
        let deadline = match self.deadline {
            Some(milliseconds) => {
                quote!(::core::option::Option::Some(::core::time::Duration::from_millis(#milliseconds)))
            }
            None => quote!(::core::option::Option::None),
        };
        quote! {
            #runtime::private::Options {
                overwrites: #overwrites,
                on_error: #runtime::private::OnErrorChoice::#on_error,
                exclude: #exclude,
                deadline: #deadline,
            }
        }
    }

    /// What stands before the body of the handler: under the name `HookOverwrite` a type that has the setters of the
    /// declared members alone.
    pub(crate) fn prelude(&self, import: &TokenStream, hook: &Path) -> TokenStream {
        let runtime = &runtime::name();
        // With the user's own tokens: if the hook is not in scope, this is the error that is reported for them anyway.
        let hook_type = quote!(type __Hook = #hook;);
        let (place, declaration, declared) = match &self.overwrites {
            Overwrites::None => return TokenStream::new(),
            // One mistake has been reported; which setters fit can't be told.
            Overwrites::Unread => (Span::call_site(), TokenStream::new(), quote!(#runtime::overwrite::AnyMember)),
            Overwrites::Members(members) => {
                let places = members.places(runtime, &quote!(__Hook), "Overwritable");
                let index = 0..members.names.len();
                let declares = placed(members.keyword, quote!(#runtime::private::Declares));
                let declaration = quote_spanned! {members.keyword=>
                    #[doc(hidden)]
                    enum __Declared {}
                    const __PLACES: &[usize] = #places;
                    #(impl #declares<{ __PLACES[#index] }> for __Declared {})*
                };
                (members.keyword, declaration, quote!(__Declared))
            }
        };
        let Some(last) = hook.segments.last() else { return TokenStream::new() };
        let alias = format_ident!("{}Overwrite", last.ident.unraw(), span = Span::call_site());
        let restricted = placed(place, quote!(<__Hook as #runtime::private::Overwritable>::Overwrite<#declared>));
        quote! {
            #import
            #hook_type
            #declaration
            #[allow(dead_code)]
            type #alias = #restricted;
            #[allow(unused_imports)]
            use #runtime::private::StartOverwrite as _;
        }
    }
}

impl Members {
    /// The places of the members, as a slice. All but their names stands at one place, so that a hook without such a table
    /// is one mistake.
    fn places(&self, runtime: &Path, hook: &TokenStream, table: &str) -> TokenStream {
        let (names, table) = (&self.names, Ident::new(table, Span::call_site()));
        let table = placed(self.keyword, quote!(<#hook as #runtime::private::#table>));
        let declaration = quote_spanned!(self.keyword=> const __MEMBERS: #table::Members = #table::MEMBERS;);
        let members = names.iter().map(|name| quote_spanned!(self.keyword=> __MEMBERS.#name));
        quote!({ #declaration &[#(#members),*] })
    }

    fn wire_names(&self, runtime: &Path, hook: &TokenStream, table: &str) -> TokenStream {
        let places = self.places(runtime, hook, table);
        let index = 0..self.names.len();
        quote!({
            const __PLACES: &[usize] = #places;
            const __NAMES: &[&str] = &[#(#runtime::private::wire_name::<#hook>(__PLACES[#index])),*];
            __NAMES
        })
    }
}

/// Members in parentheses, by the names of their accessors.
fn members(option: &Ident, input: ParseStream<'_>) -> syn::Result<Members> {
    let expected = || format!("expected the members in parentheses, as in `{option}(member, other_member)`");
    if !input.peek(syn::token::Paren) {
        return Err(Error::new(option.span(), expected()));
    }
    let content;
    parenthesized!(content in input);
    let names = Punctuated::<Ident, Token![,]>::parse_terminated_with(&content, Ident::parse_any)
        .map_err(|error| Error::new(error.span(), expected()))?;
    if names.is_empty() {
        return Err(Error::new(option.span(), expected()));
    }
    let names: Vec<Ident> = names.into_iter().collect();
    for (index, name) in names.iter().enumerate() {
        if names.iter().take(index).any(|earlier| earlier == name) {
            return Err(Error::new(name.span(), format!("`{name}` stands twice in `{option}(…)`")));
        }
    }
    Ok(Members { keyword: option.span().resolved_at(Span::call_site()), names })
}

fn equals(option: &Ident, input: ParseStream<'_>, example: &str) -> syn::Result<()> {
    match input.parse::<Token![=]>() {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::new(option.span(), format!("expected a value, as in `{option} = {example}`"))),
    }
}

/// Milliseconds.
fn deadline(literal: &Lit) -> syn::Result<u64> {
    let read = |text: &str| {
        let digits = text.find(|found: char| !found.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        let factor = match unit.trim_start() {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            _ => return None,
        };
        number.parse::<u64>().ok()?.checked_mul(factor).filter(|milliseconds| *milliseconds > 0)
    };
    let milliseconds = match literal {
        Lit::Str(text) => read(&text.value()),
        _ => None,
    };
    let message = "a deadline is a whole number with its unit, as in `\"3s\"`, `\"500ms\"` or `\"1m\"`";
    milliseconds.ok_or_else(|| Error::new(literal.span(), message))
}

/// What is said of an option that there is not.
pub(crate) fn unknown(option: &Ident, expected: &str) -> Error {
    Error::new(option.span(), format!("unknown option `{option}`: expected {expected}"))
}

/// Tokens, all at one place.
pub(crate) fn placed(place: Span, tokens: TokenStream) -> TokenStream {
    let tokens = tokens.into_iter().map(|mut token| {
        token.set_span(place);
        token
    });
    tokens.collect()
}
