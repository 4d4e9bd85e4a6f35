# Every rendering of findings in SARIF against the official JSON Schema: sarif.py SCHEMA WCS FOLDER...
import json
import subprocess
import sys

import jsonschema

schema, wcs, folders = sys.argv[1], sys.argv[2], sys.argv[3:]
with open(schema, encoding="utf-8") as file:
    validator = jsonschema.Draft4Validator(json.load(file), format_checker=jsonschema.FormatChecker())
validator.check_schema(validator.schema)

wrong, results, fixes, allowed = 0, 0, 0, 0
for folder in folders:
    run = subprocess.run([wcs, "check", folder, "--format", "sarif"], capture_output=True, check=False)
    if run.returncode == 2:  # The folder has no contract at all, which a case shows.
        continue
    document = json.loads(run.stdout)
    for error in validator.iter_errors(document):
        print(f"{folder}: {error.message} at {error.json_path}", file=sys.stderr)
        wrong += 1
    for result in document["runs"][0]["results"]:
        results += 1
        fixes += len(result.get("fixes", []))
        allowed += len(result.get("suppressions", []))

print(f"{results} results with {fixes} fixes and {allowed} suppressions in {len(folders)} documents")
if wrong or not (results and fixes and allowed):
    sys.exit(1)
