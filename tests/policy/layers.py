#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files include only what stands to their left, and by its full name.

The link proof of src/meson.build catches calls; this catches types. Public
headers include public headers and the C library only, so no type of GSL, Arb,
Cairo or Pango is in include/; inside src/ those libraries stay in the layers
that may use them.
"""
import re

from source import files, finish, layers, name

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)
FOREIGN = re.compile(r"^(gsl|cairo|pango|flint|popt|arb|acb|arf|mag)\b")
ALLOWED = {
    "gsl": {"expr", "motion", "analysis", "kernel", "lab"},
    "flint": {"expr", "motion", "analysis"},
    "popt": {"cli"},
    "cairo": set(),     # src/module only
    "pango": set(),
}


def foreign(layer, path, included):
    """Whether a file of src/ may include this header of another library."""
    library = FOREIGN.match(included)
    if not library:
        return True
    if included == "gsl/gsl_errno.h" and layer == "base":
        return True
    if included.startswith("flint/fmp"):
        return layer in ALLOWED["flint"] or path.name == "arb_headers.h"
    if library[1] in ("flint", "arb", "acb", "arf", "mag"):
        return path.name == "arb_headers.h"
    return layer in ALLOWED[library[1]]


def public(path):
    for mark, included in INCLUDE.findall(path.read_text()):
        is_ours = included.startswith("ganfield/")
        if mark == '"' or (not is_ours and "/" in included) or \
                FOREIGN.match(included):
            yield f"{name(path)}: includes {included}"


def private(path, order):
    layer = name(path).parts[1]
    for mark, included in INCLUDE.findall(path.read_text()):
        if mark == "<":
            if not foreign(layer, path, included):
                yield f"{name(path)}: {layer} includes {included}"
            continue
        other, slash, _ = included.partition("/")
        if not slash:
            if not included.endswith(".inc"):
                yield f"{name(path)}: {included} lacks its layer"
        elif other not in order or order.index(other) > order.index(layer):
            yield f"{name(path)}: {layer} includes {included}"


def main():
    order = layers()
    troubles, checks = [], 0
    for path in files("include"):
        checks += 1
        troubles.extend(public(path))
    for path in files("src"):
        if len(name(path).parts) > 2 and name(path).parts[1] in order:
            checks += 1
            troubles.extend(private(path, order))
    finish(checks, troubles)


main()
