//! Records and enums.

use std::fmt::Write;

use super::{doc, ident, literal};
use wcs_contract::model::{Contract, EnumValue, Openness, TypeDef, TypeKind};
use wcs_contract::names::Role;

/// All records and enums of the contract.
pub(super) fn module(contract: &Contract) -> String {
    let mut text = String::new();
    for def in &contract.types {
        match &def.kind {
            TypeKind::Enum { openness, values } => enumeration(&mut text, def, *openness, values),
            TypeKind::Record(_) => record(&mut text, contract, def),
        }
    }
    text
}

fn enumeration(text: &mut String, def: &TypeDef, openness: Openness, values: &[EnumValue]) {
    let name = ident(&def.name.value, Role::Type);
    let macro_name = match openness {
        Openness::Open => "open_enum",
        Openness::Closed => "closed_enum",
    };
    let _ = writeln!(text, "{macro_name}! {{");
    doc::write(text, 4, &documentation(def));
    let _ = writeln!(text, "    pub enum {name} = {} {{", literal(&def.name.value));
    for value in values {
        let mut paragraphs = vec![value.doc.value.clone()];
        if let Some(sip) = &value.sip {
            paragraphs.push(format!("SIP: {}", sip.value));
        }
        paragraphs.extend(super::hooks::lifetime(&value.lifetime));
        doc::write(text, 8, &paragraphs);
        let aliases: String = value.aliases.iter().map(|(alias, _)| format!(" | {}", literal(&alias.value))).collect();
        let _ =
            writeln!(text, "        {} = {}{aliases},", ident(value.stem(), Role::Variant), literal(&value.wire.value));
    }
    text.push_str("    }\n}\n\n");
}

fn record(text: &mut String, contract: &Contract, def: &TypeDef) {
    let TypeKind::Record(members) = &def.kind else { return };
    let name = ident(&def.name.value, Role::Type);
    text.push_str("record! {\n");
    doc::write(text, 4, &documentation(def));
    let _ = writeln!(text, "    pub struct {name} = {};\n    builder: {name}Builder;", literal(&def.name.value));
    super::hooks::members(text, contract, members);
    text.push_str("}\n\n");
}

fn documentation(def: &TypeDef) -> Vec<String> {
    let mut paragraphs = vec![def.doc.value.clone()];
    paragraphs.extend(def.notes.iter().map(crate::prose::note));
    paragraphs
}
