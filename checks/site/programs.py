"""Runs the Python programs of the site and sends each its hook.

    python site/programs.py FOLDER
"""

import pathlib
import runpy
import sys

from fastapi.testclient import TestClient

programs = sorted(pathlib.Path(sys.argv[1]).glob("*.py"))
assert programs, "no programs"
for program in programs:
    app = runpy.run_path(str(program))["app"]
    paths = [route.path for route in app.routes if "POST" in getattr(route, "methods", ())]
    assert len(paths) == 1, f"{program.name}: {paths}"
    body = {"unknown": [1, None]}
    answer = TestClient(app).post(paths[0], json=body)
    assert (answer.status_code, answer.json()) == (200, body), f"{program.name}: {answer.status_code} {answer.text}"
print(f"{len(programs)} programs answer")
