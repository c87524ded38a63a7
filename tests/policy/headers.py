#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each public header compiles on its own, under C11 and twice over, and is
installed.

usage: headers.py COMPILER...
"""
import subprocess
import sys

from source import ROOT, files, finish, name


def main():
    compiler = sys.argv[1:]
    listed = (ROOT / "include/ganfield/meson.build").read_text()
    troubles, headers = [], files("include")
    for path in headers:
        include = f"#include <ganfield/{path.name}>\n"
        got = subprocess.run(
            [*compiler, "-std=c11", "-pedantic-errors", "-Wall", "-Wextra",
             "-Werror", "-fsyntax-only", "-I", str(ROOT / "include"), "-x",
             "c", "-"],
            input=include * 2 + "typedef int nothing;\n", text=True,
            capture_output=True, check=False)
        if got.returncode:
            troubles.append(f"{name(path)}:\n{got.stderr}")
        elif f"'{path.name}'" not in listed:
            troubles.append(f"{name(path)}: is not installed")
    finish(len(headers), troubles)


main()
