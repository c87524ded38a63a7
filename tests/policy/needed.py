#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program loads only the few libraries that are quick to load.

usage: needed.py PROGRAM
"""
import re
import subprocess
import sys

from source import finish

# GMP comes with FLINT, whose inline functions call it.
ALLOWED = {"libc", "libm", "libgsl", "libgslcblas", "libpopt", "libflint",
           "libflint-arb", "libarb", "libgmp"}
# What a sanitizer brings along is not the program's own.
SANITIZERS = {"libasan", "libubsan", "libclang_rt", "libgcc_s", "libpthread",
              "libdl", "librt", "libresolv", "ld-linux-x86-64"}


def main():
    listing = subprocess.run(["readelf", "-d", sys.argv[1]], check=True,
                             capture_output=True, text=True).stdout
    needed = re.findall(r"\(NEEDED\).*\[([^\]]+?)\.so", listing)
    symbols = subprocess.run(["nm", sys.argv[1]], check=True,
                             capture_output=True, text=True).stdout
    allowed = ALLOWED | (SANITIZERS if "__asan_init" in symbols else set())
    finish(len(needed), [f"{sys.argv[1]}: loads {library}"
                         for library in needed if library not in allowed])


main()
