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
            kept["properties"] = {member: walk(value) for member, value in kept["properties"].items()}
        for key, value in kept.items():
            if key == "$ref":
                kept[key] = "#/definitions/" + name(value.removeprefix("#/$defs/"))
            elif key not in ("properties", "description"):
                kept[key] = walk(value)
        if isinstance(kept.get("anyOf"), list):
            words = [option["const"] for option in kept["anyOf"] if "const" in option]
            if words:
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
            for at, (member, value) in enumerate(node["properties"].items(), 1):
                text += comment(value, "  ")
                field = re.sub(r"[^A-Za-z0-9_]", "_", member)
                of = kind(value)
                text.append(f"  {of if of.startswith('repeated ') else 'optional ' + of} {field} = {at};")
            text += ["}", ""]
        elif words(node):
            text.append(f"enum {name(key)} {{")
            prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", name(key)).upper()
            text.append(f"  {prefix}_UNSPECIFIED = 0;")
            for at, word in enumerate(words(node), 1):
                text.append(f"  {prefix}_{re.sub(r'[^A-Za-z0-9]', '_', word).upper()}_{at} = {at};")
            text += ["}", ""]
    out.write_text("\n".join(text))
