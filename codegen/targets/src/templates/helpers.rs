//! What a template of one's own may call besides Handlebars' built-in helpers.

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason, Renderable,
};
use serde_json::Value;

use wcs_contract::names;

/// A helper: its name, what it does, and how.
pub type Described = (&'static str, &'static str, fn(&Value) -> Result<String, String>);

/// Helpers that take a value and print it in another form.
pub static HELPERS: &[Described] = &[
    ("camel", "`openTheDoor`", |value| text(value).map(names::camel)),
    ("pascal", "`OpenTheDoor`", |value| text(value).map(names::pascal)),
    ("snake", "`open_the_door`", |value| text(value).map(names::snake)),
    ("kebab", "`open-the-door`", |value| text(value).map(names::file)),
    ("screaming", "`OPEN_THE_DOOR`", |value| text(value).map(names::screaming)),
    ("json", "The value as JSON in one line; text is quoted and escaped", |value| Ok(value.to_string())),
    ("pretty", "The value as JSON over several lines", |value| Ok(format!("{value:#}"))),
    ("html", "Text with `<`, `>`, `&` and quotes escaped", |value| text(value).map(handlebars::html_escape)),
    ("csv", "A field of a CSV file, quoted where it has to be", csv),
    ("line", "Text in one line", |value| text(value).map(one_line)),
];

/// Registers them, and strict forms of `if` and `unless`: a misspelt key is a mistake there too, not just false.
pub(super) fn register(printer: &mut Handlebars<'_>) {
    for (name, _, form) in HELPERS {
        printer.register_helper(name, Box::new(Form { name, form: *form }));
    }
    printer.register_helper("lines", Box::new(Lines));
    printer.register_helper("if", Box::new(When { name: "if", wanted: true }));
    printer.register_helper("unless", Box::new(When { name: "unless", wanted: false }));
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| format!("takes text, not {}", kind(value)))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// As RFC 4180 has it. Absent is an empty field.
fn csv(value: &Value) -> Result<String, String> {
    let field = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => return Err(format!("takes a single value, not {}", kind(value))),
    };
    let quoted = field.contains([',', '"', '\n', '\r']);
    Ok(if quoted { format!("\"{}\"", field.replace('"', "\"\"")) } else { field })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Form {
    name: &'static str,
    form: fn(&Value) -> Result<String, String>,
}

impl HelperDef for Form {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = parameter(helper, 0, self.name)?;
        let text = (self.form)(value).map_err(|why| told(format!("`{}` {why}", self.name)))?;
        Ok(out.write(&text)?)
    }
}

/// `{{lines "/// " doc}}`: wraps text and puts something before each line, which is how comments are made.
struct Lines;

impl HelperDef for Lines {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let form = |index| text(parameter(helper, index, "lines")?).map_err(|why| told(format!("`lines` {why}")));
        let (before, text) = (form(0)?, form(1)?);
        let width = match helper.hash_get("width").map(|width| width.value()) {
            None => 100,
            Some(width) => width
                .as_u64()
                .and_then(|width| usize::try_from(width).ok())
                .ok_or_else(|| told(format!("`lines` takes a number as `width`, not {}", kind(width))))?,
        };
        let lines = wcs_contract::text::wrap(text, width.saturating_sub(before.chars().count()));
        let lines: Vec<String> = lines.iter().map(|line| format!("{before}{line}").trim_end().to_owned()).collect();
        Ok(out.write(&lines.join("\n"))?)
    }
}

struct When {
    name: &'static str,
    wanted: bool,
}

impl HelperDef for When {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        printer: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let holds = match parameter(helper, 0, self.name)? {
            Value::Null => false,
            Value::Bool(value) => *value,
            Value::Number(number) => number.as_f64() != Some(0.0),
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(_) => true,
        };
        let chosen = if holds == self.wanted { helper.template() } else { helper.inverse() };
        chosen.map_or(Ok(()), |template| template.render(printer, context, render, out))
    }
}

fn parameter<'a>(helper: &'a Helper<'_>, index: usize, name: &str) -> Result<&'a Value, RenderErrorReason> {
    let Some(given) = helper.param(index) else {
        return Err(told(format!("`{name}` needs {} more", if index == 0 { "a value" } else { "one value" })));
    };
    if given.is_value_missing() {
        let written = given.relative_path().map_or("that value", String::as_str);
        return Err(told(format!("there is no `{written}` here; `wcs model --json-schema` lists the keys")));
    }
    Ok(given.value())
}

fn told(reason: String) -> RenderErrorReason {
    RenderErrorReason::Other(reason)
}
