"""The same contract in the languages of other generators: a .proto file, and a JSON Schema of an older draft."""

import json
import re

SCALARS = {"string": "string", "boolean": "bool", "integer": "int32", "number": "double"}


def name(text):
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", text))


def typify(bundle, out):
    """Draft 7 of what the bundle says: `definitions`, and names that are identifiers. Defaults and examples, which make
    no types, are left out."""

    def walk(node):
        if isinstance(node, list):
            return [walk(item) for item in node]
        if not isinstance(node, dict):
            return node
        kept = {key: value for key, value in node.items() if key not in ("examples", "default", "$comment", "title")}
        if "properties" in kept:
            # Members that differ in case alone become one field twice, which does not compile; the first one stays.
            alone = {}
            for member, value in kept["properties"].items():
                alone.setdefault(re.sub("[^a-z0-9]", "", member.lower()), (member, walk(value)))
            kept["properties"] = dict(alone.values())
            kept["required"] = [member for member in kept.get("required", []) if member in kept["properties"]]
        for key, value in kept.items():
            if key == "$ref":
                kept[key] = "#/definitions/" + name(value.removeprefix("#/$defs/"))
            elif key not in ("properties", "description"):
                kept[key] = walk(value)
        if isinstance(kept.get("anyOf"), list):
            words = [option["const"] for option in kept["anyOf"] if "const" in option]
            # It can't name a variant after a word without letters and digits, and panics; such a type is a string there.
            if words and not all(re.search("[A-Za-z0-9]", word) for word in words):
                kept = {"type": "string", "description": kept.get("description", "")}
            elif words:
                kept = {"type": "string", "description": kept.get("description", ""), "enum": words}
        return kept

    definitions = {name(key): walk(value) for key, value in json.loads(bundle.read_text())["$defs"].items()}
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions}
    out.write_text(json.dumps(schema, indent=1))


def proto(bundle, out):
    """A message for each definition, a field for each member, with the same comments."""
    definitions = json.loads(bundle.read_text())["$defs"]
    text = ['syntax = "proto3";', "package hooks;", ""]

    def comment(node, indent):
        return [f"{indent}// {line}" for line in node.get("description", "").splitlines()]

    def kind(node):
        if "$ref" in node:
            target = definitions[node["$ref"].removeprefix("#/$defs/")]
            return name(node["$ref"].removeprefix("#/$defs/")) if "properties" in target or words(target) else "string"
        kinds = node.get("type", "string")
        kinds = [one for one in kinds if one != "null"] if isinstance(kinds, list) else [kinds]
        if kinds == ["array"]:
            inner = kind(node.get("items", {}))
            return inner if inner.startswith("repeated ") else f"repeated {inner}"
        return SCALARS.get(kinds[0], "string")

    def words(node):
        return [option["const"] for option in node.get("anyOf", []) if isinstance(option.get("const"), str)]

    for key, node in definitions.items():
        text += comment(node, "")
        if "properties" in node:
            text.append(f"message {name(key)} {{")
            taken = set()
            for at, (member, value) in enumerate(node["properties"].items(), 1):
                text += comment(value, "  ")
                field = re.sub(r"[^A-Za-z0-9_]", "_", member)
                # Members that differ in case alone are one field there.
                while field.replace("_", "").lower() in taken:
                    field += "x"
                taken.add(field.replace("_", "").lower())
                of = kind(value)
                text.append(f"  {of if of.startswith('repeated ') else 'optional ' + of} {field} = {at};")
            text += ["}", ""]
        elif words(node):
            text.append(f"enum {name(key)} {{")
            prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", name(key)).upper()
            text.append(f"  {prefix}_UNSPECIFIED = 0;")
            for at, word in enumerate(words(node), 1):
                plain = word.upper() if re.fullmatch("[A-Za-z][A-Za-z_]*", word) else f"WORD{at}"
                text.append(f"  {prefix}_{plain} = {at};")
            text += ["}", ""]
    out.write_text("\n".join(text))


RUST = {"string": "String", "boolean": "bool", "integer": "i64", "number": "f64"}


def rust(bundle):
    """Structs and enums with serde's derives, as one would write them by hand, and their names."""
    definitions = json.loads(bundle.read_text())["$defs"]
    text, made = [], []

    def kind(node):
        if "$ref" in node:
            target = node["$ref"].removeprefix("#/$defs/")
            return name(target)
        kinds = node.get("type", "any")
        kinds = [one for one in kinds if one != "null"] if isinstance(kinds, list) else [kinds]
        if kinds == ["array"]:
            return f"Vec<{kind(node.get('items', {}))}>"
        return RUST.get(kinds[0], "serde_json::Value")

    for key, node in definitions.items():
        words = [option["const"] for option in node.get("anyOf", []) if isinstance(option.get("const"), str)]
        made.append(name(key))
        if "properties" in node:
            text += ["#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]", f"pub struct {name(key)} {{"]
            for at, (member, value) in enumerate(node["properties"].items()):
                text.append(f'    #[serde(rename = "{member}", skip_serializing_if = "Option::is_none")]')
                text.append(f"    pub member_{at}: Option<{kind(value)}>,")
            text += ["    #[serde(flatten)]", "    pub other: std::collections::BTreeMap<String, serde_json::Value>,", "}"]
        elif words:
            text += ["#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]", f"pub enum {name(key)} {{"]
            for at, word in enumerate(words):
                text += [f'    #[serde(rename = "{word}")]', f"    Word{at},"]
            text += ["    #[serde(untagged)]", "    Other(String),", "}"]
        else:
            text.append(f"pub type {name(key)} = serde_json::Value;")
    return "\n".join(text) + "\n", made
