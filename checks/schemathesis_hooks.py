"""What a contract demands of requests and OpenAPI 3.0 has no word for; the document has it in extensions.

Without this, schemathesis would take a body for good that enforced validation refuses with a reason that it can't know:

- `x-wcs-used-if`: a member has a value only when another one has some value;
- `x-wcs-sent-if`: a member has a value whenever another one has some value;
- `x-wcs-presence: always` of a member that has other spellings: one of them is there.

Only bodies that are meant to be good are touched, and only where they break one of these rules.
"""

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta and case.meta.generation.mode.is_positive and isinstance(case.body, dict):
        obey(case.operation.definition.raw["requestBody"], case.operation.schema.raw_schema, case.body)


def obey(request_body, document, body):
    reference = request_body["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rsplit("/", 1)[-1]]
    for name, member in schema["properties"].items():
        rule = member.get("x-wcs-used-if")
        if rule and body.get(rule["member"]) not in rule["is"]:
            body.pop(name, None)
    for name, member in schema["properties"].items():
        rule = member.get("x-wcs-sent-if")
        spellings = [name, *member.get("x-wcs-aliases", {})]
        always = member["x-wcs-presence"] == "always" or (rule and body.get(rule["member"]) in rule["is"])
        if always and all(body.get(spelling) is None for spelling in spellings):
            body[name] = member.get("example", "text")
