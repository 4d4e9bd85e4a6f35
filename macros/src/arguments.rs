//! What stands in `#[wcs_hook(…)]`.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Error, Path, Token, Type, parse_quote};

use crate::options::{self, Options};
use crate::runtime;

const EXPECTED: &str = "expected the hook's type, as in `#[wcs_hook(HookType)]`";

/// What could be read above a function, and what was wrong with the rest.
pub(crate) struct Arguments {
    /// The hook's type as it was written.
    pub(crate) hook: Option<Path>,
    /// The only state that the handler serves.
    pub(crate) state: Option<Type>,
    /// Import of the runtime as [`runtime::name`], for each scope of the expansion. The path of a `crate = path` is written in no
    /// other place, so that a wrong one is one error.
    pub(crate) import: TokenStream,
    /// The options of both forms.
    pub(crate) options: Options,
    /// Mistakes.
    pub(crate) errors: Vec<Error>,
}

pub(crate) fn of_function(tokens: TokenStream) -> Arguments {
    let mut arguments = empty();
    if tokens.is_empty() {
        arguments.errors.push(Error::new(Span::call_site(), EXPECTED));
        return arguments;
    }
    let parsed = (|input: ParseStream<'_>| -> syn::Result<()> { read_into(&mut arguments, input) }).parse2(tokens);
    arguments.errors.extend(parsed.err());
    arguments
}

/// Above an impl block there is nothing but, at times, the place of the runtime.
pub(crate) fn of_block(tokens: TokenStream) -> Arguments {
    let mut arguments = empty();
    let read = |input: ParseStream<'_>| -> syn::Result<()> {
        if input.is_empty() {
            return Ok(());
        }
        let place = input.span();
        if !(input.peek(Token![crate]) && input.peek2(Token![=])) {
            input.parse::<TokenStream>()?;
            let message = "an impl block handles the hooks that its methods are called after: write `#[wcs_hook]` above \
                           the block, and options above a method, as in `#[hook(on_error = log)]`";
            return Err(Error::new(place, message));
        }
        let option = Ident::parse_any(input)?;
        read_option(&mut arguments, &option, input)?;
        input.parse::<Option<Token![,]>>()?;
        Ok(())
    };
    let parsed = read.parse2(tokens);
    arguments.errors.extend(parsed.err());
    arguments
}

fn empty() -> Arguments {
    Arguments {
        hook: None,
        state: None,
        import: runtime::import(&parse_quote!(::wcs_runtime)),
        options: Options::default(),
        errors: Vec::new(),
    }
}

fn read_into(arguments: &mut Arguments, input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(syn::LitStr) {
        return Err(input.error("a hook is named by its type, not by a string: `#[wcs_hook(HookType)]`"));
    }
    if input.peek(syn::Ident::peek_any) && (input.peek2(Token![=]) || input.peek2(syn::token::Paren)) {
        return Err(input.error(EXPECTED));
    }
    arguments.hook = Some(input.parse().map_err(|error| Error::new(error.span(), EXPECTED))?);
    while !input.is_empty() {
        input.parse::<Token![,]>()?;
        if input.is_empty() {
            break;
        }
        let option = Ident::parse_any(input)?;
        if let Err(error) = read_option(arguments, &option, input) {
            // Where the next option starts is not known: one error is enough.
            input.parse::<TokenStream>()?;
            return Err(error);
        }
    }
    Ok(())
}

fn read_option(arguments: &mut Arguments, option: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
    arguments.options.announce(option)?;
    if arguments.options.read(option, input)? {
        return Ok(());
    }
    match option.to_string().as_str() {
        "state" => {
            input.parse::<Token![=]>()?;
            arguments.state = Some(input.parse()?);
        }
        "crate" => {
            input.parse::<Token![=]>()?;
            arguments.import = runtime::import(&input.call(Path::parse_mod_style)?);
        }
        _ => return Err(options::unknown(option, &format!("{}, `state = Type` or `crate = path`", options::LIST))),
    }
    Ok(())
}
