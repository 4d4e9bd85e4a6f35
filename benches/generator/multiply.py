"""A contract of many hooks: ours, with every hook as often as asked, each time under another name."""

import re
import shutil
from pathlib import Path

# Names of hooks, and other spellings of them.
HOOK = re.compile(r"^  ([A-Za-z]+):$", re.MULTILINE)
ALIASES = re.compile(r"(?<=^    aliases:\n)(?:      [A-Za-z]+: .*\n)+", re.MULTILINE)
CONSOLE = re.compile(r"(?m)^    console: .*\n")
LISTED = re.compile(r"^    - (hooks/.*)\.yaml$", re.MULTILINE)


def multiply(schema, copies, out):
    """Writes the contract to the folder `out` and gives the number of its hooks. What hooks refer to stays one."""
    shutil.copytree(schema, out)
    root = Path(out) / "wcs.yaml"
    text = root.read_text(encoding="utf-8")
    listed, hooks = [], 0
    for name in LISTED.findall(text):
        source = (Path(out) / f"{name}.yaml").read_text(encoding="utf-8")
        hooks += len(HOOK.findall(source)) * copies
        for copy in range(1, copies):
            word = letters(copy)
            renamed = HOOK.sub(rf"  \1{word}:", CONSOLE.sub("", source))
            renamed = ALIASES.sub(lambda found: re.sub(r"(?m)^(      [A-Za-z]+):", rf"\1{word}:", found[0]), renamed)
            (Path(out) / f"{name}-{copy}.yaml").write_text(renamed, encoding="utf-8")
            listed.append(f"    - {name}-{copy}.yaml\n")
    last = LISTED.findall(text)[-1]
    line = f"    - {last}.yaml\n"
    root.write_text(text.replace(line, line + "".join(listed)), encoding="utf-8")
    return hooks


def letters(number):
    """A number as a word, so that names stay names: Copy and letters from a to j."""
    return "Copy" + "".join("abcdefghij"[int(digit)] for digit in str(number))
