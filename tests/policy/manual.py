#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual page says what the program says of itself: the same commands, the
same usage lines, the same options; and its examples are tested.

usage: manual.py PROGRAM
"""
import os
import re
import subprocess
import sys

from source import ROOT, finish

USAGE = re.compile(r"^(?:usage:|   or:) (ganfield .*)$", re.M)
HELP_OPTION = re.compile(r"^  (?:-\w,|   ) --([a-z0-9]+)", re.M)
MAN_OPTION = re.compile(r"^\.It .*?\bFl -([a-z0-9]+)", re.M)


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True,
                          env=dict(os.environ, LC_ALL="C.UTF-8")).stdout


def section(text, name):
    return re.search(rf"^\.Sh {name}\n(.*?)(?=^\.Sh |\Z)", text, re.M | re.S)[1]


def compare(what, said, written):
    """The troubles where two lists differ."""
    for item in [s for s in said if s not in written]:
        yield f"{what} is not in the manual: {item}"
    for item in [w for w in written if w not in said]:
        yield f"{what} is in the manual only: {item}"
    if set(said) == set(written) and said != written:
        yield f"{what}: another order than in the manual"


def main():
    program = sys.argv[1]
    text = (ROOT / "man/ganfield.1").read_text()
    commands = re.findall(r"^  (\w+(?: \w+)?)  ", output(program, "help"), re.M)
    help_texts = [output(program, *name.split(), "-h") for name in commands]
    usage = [u for h in help_texts for u in USAGE.findall(h)]
    options = sorted({o for h in help_texts for o in HELP_OPTION.findall(h)})
    synopsis = [line for line in section(text, "SYNOPSIS").splitlines()
                if not line.startswith(".")]
    written = re.findall(r"^\.It Cm (\w+(?: \w+)?)$", section(text, "COMMANDS"), re.M)
    examples = re.findall(r"^\.Dl \$ (.*)", section(text, "EXAMPLES"), re.M)
    cases = re.findall(r"^\$ (ganfield .*)",
                       (ROOT / "tests/cli/man.txt").read_text(), re.M)
    troubles = [
        *compare("command", commands, written),
        *compare("usage line", usage, synopsis),
        *compare("option", options, sorted(set(MAN_OPTION.findall(text)))),
        *compare("example", cases, examples),
    ]
    finish(len(commands) + len(usage) + len(options) + len(cases), troubles)


main()
