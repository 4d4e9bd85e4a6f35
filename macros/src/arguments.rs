//! What stands in `#[wcs_hook(…)]`.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Error, Path, Token, Type, parse_quote};

const EXPECTED: &str = "expected the hook's type, as in `#[wcs_hook(HookType)]`";

/// What could be read, and what was wrong with the rest.
pub(crate) struct Arguments {
    /// The hook's type as it was written.
    pub(crate) hook: Option<Path>,
    /// The only state that the handler serves.
    pub(crate) state: Option<Type>,
    /// Where the runtime is found.
    pub(crate) runtime: Path,
    /// Mistakes.
    pub(crate) errors: Vec<Error>,
}

pub(crate) fn read(tokens: TokenStream) -> Arguments {
    let mut arguments = Arguments { hook: None, state: None, runtime: parse_quote!(::wcs_runtime), errors: Vec::new() };
    if tokens.is_empty() {
        arguments.errors.push(Error::new(Span::call_site(), EXPECTED));
        return arguments;
    }
    let parsed = (|input: ParseStream<'_>| -> syn::Result<()> { read_into(&mut arguments, input) }).parse2(tokens);
    arguments.errors.extend(parsed.err());
    arguments
}

fn read_into(arguments: &mut Arguments, input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(syn::LitStr) {
        return Err(input.error("a hook is named by its type, not by a string: `#[wcs_hook(HookType)]`"));
    }
    arguments.hook = Some(input.parse().map_err(|error| Error::new(error.span(), EXPECTED))?);
    while !input.is_empty() {
        input.parse::<Token![,]>()?;
        if input.is_empty() {
            break;
        }
        let option = Ident::parse_any(input)?;
        match option.to_string().as_str() {
            "state" => {
                input.parse::<Token![=]>()?;
                arguments.state = Some(input.parse()?);
            }
            "crate" => {
                input.parse::<Token![=]>()?;
                arguments.runtime = input.call(Path::parse_mod_style)?;
            }
            other => {
                let message = format!("unknown option `{other}`: expected `state = Type` or `crate = path`");
                // The rest is not understood either: one error is enough.
                input.parse::<TokenStream>()?;
                return Err(Error::new(option.span(), message));
            }
        }
    }
    Ok(())
}
