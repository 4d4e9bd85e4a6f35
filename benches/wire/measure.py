"""What the sections of codec and server share: tools, builds, and instructions counted by callgrind."""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WIRE = Path(__file__).resolve().parent
BIN = WIRE / "target" / "release"
BODIES = ["sdp", "small", "connect", "keepalive", "call"]


def fail(message):
    sys.exit(f"{Path(sys.argv[0]).parent.name}/{Path(sys.argv[0]).name}: {message}")


def usage(line):
    print(f"usage: {line}", file=sys.stderr)
    sys.exit(2)


def need(tool, remedy):
    if shutil.which(tool) is None:
        fail(f"{tool} is missing: {remedy}")


def build():
    need("cargo", "install Rust")
    subprocess.run(["cargo", "build", "--release", "--quiet", "--locked"], cwd=WIRE, check=True)


def watch(pid, memory, stop):
    """Notes twice a second how much memory a process has, in MB, until it is stopped or has ended."""
    while not stop.wait(0.5):
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            return
        memory.extend(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def executed(command):
    """Instructions that a whole program executes in user space."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        call = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *map(str, command)]
        done = subprocess.run(call, capture_output=True, text=True)
        if done.returncode != 0:
            fail(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
        # What happens in the program's own address space, so that neither the kernel nor the neighbours matter.
        return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def per_round(command_of, few, many):
    """Instructions of one round: what more rounds take more, so that start and end cancel out."""
    return (executed(command_of(many)) - executed(command_of(few))) / (many - few)


def in_parallel(jobs):
    """Counts do not depend on what runs beside them, so that all processors may count."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {key: pool.submit(*job) for key, job in jobs.items()}
        return {key: future.result() for key, future in running.items()}


def figures(arguments):
    """Lines of `design body members figure`, as the program `codec` prints them."""
    done = subprocess.run([BIN / "codec", *arguments], capture_output=True, text=True, check=True)
    rows = (line.split() for line in done.stdout.splitlines())
    return {(design, body, members): float(figure) for design, body, members, figure in rows}


def verdict(reached):
    return "reached" if reached else "**not reached**"
