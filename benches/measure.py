"""What the sections of generator and generated crate share: a process measured from outside."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
WCS = ROOT / "target" / "release" / "wcs"


class Cost(NamedTuple):
    """CPU seconds of a process and of those that it started, seconds on the wall, megabytes at the peak."""

    cpu: float
    wall: float
    peak: float


def fail(message):
    sys.exit(f"{Path(sys.argv[0]).parent.name}/{Path(sys.argv[0]).name}: {message}")


def need(tool, remedy):
    if shutil.which(tool) is None:
        fail(f"{tool} is missing: {remedy}")


def told(text):
    """Progress; the section itself is what goes to standard output."""
    print(text, file=sys.stderr, flush=True)


def build(folder, *words):
    need("cargo", "install Rust")
    subprocess.run(["cargo", "build", "--release", "--quiet", "--locked", *words], cwd=folder, check=True)


def run(command, before=None, **options):
    """Runs a command once."""
    if before:
        before()
    with tempfile.TemporaryFile() as said:
        start = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdout=said, stderr=said, **options)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            fail(f"{' '.join(map(str, command))} failed:\n{said.read().decode(errors='replace')[-3000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def best(costs):
    """The least of each figure: what disturbs a run only ever adds."""
    return Cost(*map(min, zip(*costs)))


def interleaved(commands, rounds):
    """The least cost of each command, taken in turns so that a noisy minute is everybody's: `{name: (command, before)}`."""
    costs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (command, before) in commands.items():
            costs[name].append(run(command, before))
    return {name: best(taken) for name, taken in costs.items()}


def instructions(command):
    """Instructions that a whole program executes in user space; they repeat."""
    need("valgrind", "install the package valgrind")
    with tempfile.TemporaryDirectory() as folder:
        call = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", *map(str, command)]
        done = subprocess.run(call, capture_output=True, text=True)
        if done.returncode != 0:
            fail(f"{' '.join(call)} failed:\n{done.stdout}{done.stderr}")
        return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def lines(folder, ending=""):
    """Lines of the files below a folder, or of one file."""
    paths = [Path(folder)] if Path(folder).is_file() else Path(folder).rglob(f"*{ending}")
    return sum(path.read_bytes().count(b"\n") for path in paths if path.is_file() and ".cache" not in path.parts)


def table(head, rows):
    """A Markdown table."""
    bars = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in bars) + "\n"
