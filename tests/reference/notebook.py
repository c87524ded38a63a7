# SPDX-License-Identifier: GPL-3.0-or-later
"""Write tests/reference/notebook.inc: what the founding notebook printed.

usage: notebook.py NOTEBOOK-OUTPUT > notebook.inc

The text is the output of a notebook in pure Python (CPython 3.11, modules math,
random and statistics), seed 21, kept as it was printed; it is quoted line by
line for C. The random numbers below it are those of this Python.
"""
import random
import sys


def main():
    print("/* Made by notebook.py from the output of the founding notebook,")
    print("   CPython 3.11, seed 21. */")
    print("static const char *const notebook_lines[] = {")
    for line in open(sys.argv[1]).read().rstrip("\n").split("\n"):
        text = line.replace("\\", "\\\\").replace('"', '\\"')
        half = text.find(" L_D=") if len(text) > 60 else -1
        if half > 0:
            print(f'    "{text[:half]}"\n    "{text[half:]}",')
        else:
            print(f'    "{text}",')
    print("};\n")
    print("static const struct {")
    print("    uint64_t seed;")
    print("    double uniform, normal[3];")
    print("} twister_rows[] = {")
    for seed in 0, 21, 4294967296 + 7, 2**64 - 1:
        random.seed(seed)
        uniform = random.random()
        normals = [random.gauss(1, 2) for _ in range(3)]
        print(f"    {{{seed}u, {uniform!r},")
        print("     {" + ", ".join(map(repr, normals)) + "}},")
    print("};")


main()
