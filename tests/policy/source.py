# SPDX-License-Identifier: GPL-3.0-or-later
"""The C sources of the tree, for the policy tests."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def layers():
    """The layers in their order, as src/meson.build lists them."""
    text = (ROOT / "src/meson.build").read_text()
    block = re.search(r"layer_names = \[(.*?)\]", text, re.S)[1]
    return re.findall(r"'(\w+)'", block)


def files(*folders):
    """All C files of these folders."""
    return sorted(path for folder in folders
                  for path in (ROOT / folder).rglob("*")
                  if path.suffix in (".c", ".h", ".inc"))


def name(path):
    return path.relative_to(ROOT)


def finish(checks, troubles):
    """Print the troubles and the counts; the exit status."""
    for trouble in troubles:
        print(trouble)
    failed = len(troubles)
    print(f"{max(checks - failed, 0)} passed, {failed} failed")
    sys.exit(1 if failed or not checks else 0)
