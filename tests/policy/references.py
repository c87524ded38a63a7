#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is cited is listed in docs/references.md, and the reverse.

A citation is [key] or [key, eq. 3], a key being a name and a year in lower
case (or rfc and its number), as goodfellow2014; a field file also says `source = key`. The list is
docs/references.md; the key of an entry stands in brackets there too, where its
line begins (after a list mark).
"""
import re

from source import ROOT, files, finish, name

KEY = r"(?:[a-z]+(?:-[a-z]+)*(?:19|20)\d\d[a-z]?|rfc\d{4})"
CITED = re.compile(rf"\[({KEY})(?:,[^\]]*)?\]")
SOURCE = re.compile(r"^source\s*=\s*(.*)$", re.M)
LISTED = re.compile(rf"^[-*#\s]*\**\[({KEY})\]", re.M)


def texts():
    for path in files("src", "include", "tests"):
        yield path
    for folder, pattern in (("docs", "**/*.md"), ("fields", "*.ini"),
                            ("man", "*.1"), ("tools", "*"), ("bench", "**/*"),
                            ("tests", "**/*.py"), (".", "README.md")):
        for path in sorted((ROOT / folder).glob(pattern)):
            if path.is_file() and path.name != "references.md" and \
                    path.name != "references.py":
                yield path


def main():
    listing = ROOT / "docs/references.md"
    if not listing.exists():
        finish(1, [f"{name(listing)}: is missing"])
    listed = LISTED.findall(listing.read_text())
    troubles = [f"listed twice: {key}" for key in sorted(set(listed))
                if listed.count(key) > 1]
    cited = {}
    for path in texts():
        text = path.read_text(errors="replace")
        keys = CITED.findall(text)
        if path.suffix == ".ini":
            for sources in SOURCE.findall(text):
                keys += re.findall(KEY, sources.partition(";")[0])
        for key in keys:
            cited.setdefault(key, path)
    for key in sorted(cited.keys() - set(listed)):
        troubles.append(f"{name(cited[key])}: cites {key}, which is not listed")
    for key in sorted(set(listed) - cited.keys()):
        troubles.append(f"{name(listing)}: {key} is cited nowhere")
    finish(len(cited.keys() | set(listed)), troubles)


main()
