#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No C file is longer than 400 lines and no function longer than 60."""
from source import files, finish, name

FILE_LINES = 400
FUNCTION_LINES = 60


def functions(lines):
    """(first line, length) of each function: in the house's format its body
    begins and ends with a brace in column 0."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield start, number - start + 1
            start = None


def main():
    troubles, checks = [], 0
    for path in files("src", "include", "tests"):
        lines = path.read_text().splitlines()
        checks += 1
        if path.suffix != ".inc" and len(lines) > FILE_LINES:
            troubles.append(f"{name(path)}: {len(lines)} lines")
        for start, length in functions(lines):
            checks += 1
            if length > FUNCTION_LINES:
                troubles.append(f"{name(path)}:{start}: {length} lines")
    finish(checks, troubles)


main()
