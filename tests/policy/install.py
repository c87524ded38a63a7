#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed is complete and a stranger can build against it.

usage: install.py BUILD_FOLDER COMPILER...
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from source import ROOT, finish

SAMPLE = """
#include <ganfield/init.h>
#include <stdio.h>
int main(void)
{
    gf_init();
    puts(gf_version());
    return 0;
}
"""


def output(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True,
                          **more).stdout


def missing(prefix):
    """What should be under the prefix and is not."""
    have = {path.name for path in prefix.rglob("*")}
    want = {"ganfield", "ganfield.pc", "libganfield.a", "libganfield.so.0",
            "painter_cairo.so", "hdf5.so", "lapack.so"}
    for folder, pattern in (("include/ganfield", "*.h"), ("fields", "*.ini"),
                            ("man", "*.1")):
        want |= {path.name for path in (ROOT / folder).glob(pattern)}
    return sorted(want - have)


def builds(prefix, root, compiler, static):
    """The output of a program built with what pkg-config says."""
    pc = next(prefix.rglob("ganfield.pc"))
    env = dict(os.environ, PKG_CONFIG_PATH=str(pc.parent),
               PKG_CONFIG_SYSROOT_DIR=str(root))
    asked = ["--static"] if static else []
    flags = output("pkg-config", "--cflags", "--libs", *asked, "ganfield",
                   env=env).split()
    # The sysroot is meant for our own folders only.
    flags = [flag if str(prefix) in flag else flag.replace(str(root), "")
             for flag in flags]
    if static:
        flags = [str(pc.parents[1] / "libganfield.a") if flag == "-lganfield"
                 else flag for flag in flags]
    source, program = root / "sample.c", root / "sample"
    source.write_text(SAMPLE)
    output(*compiler, str(source), "-o", str(program), *flags)
    return output(str(program),
                  env=dict(env, LD_LIBRARY_PATH=str(pc.parents[1]))).strip()


def main():
    build, *compiler = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        output("meson", "install", "-C", build, "--no-rebuild", "--quiet",
               "--destdir", folder)
        prefix = next(root.rglob("bin")).parent
        troubles = [f"not installed: {name}" for name in missing(prefix)]
        for static in (False, True):
            try:
                said = builds(prefix, root, compiler, static)
                if not said:
                    troubles.append("the sample says nothing")
            except subprocess.CalledProcessError as error:
                troubles.append(f"static={static}: {error}\n{error.stderr}")
    finish(3, troubles)


main()
