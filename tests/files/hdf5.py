#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""HDF5 files hold what the CSV of the same command holds, and say what it is.

usage: hdf5.py PROGRAM
"""
import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import h5py

COMMANDS = [
    ["sweep", "--variant", "classic", "--over", "p_d=0.1:1:7", "--over",
     "speed=log:0.5:2:5", "--quantity", "eigenvalue,stable-step,type"],
    ["sweep", "--variant", "wgan", "--over", "p_d=0.1:1:3", "--quantity",
     "decay-time,verdict"],
    ["basin", "--variant", "lsgan", "--grid", "11x7"],
    ["lyapunov", "--variant", "lsgan", "--grid", "9x8"],
    ["train", "--variant", "wgan", "--data", "normal(0,1)", "--generator",
     "linear", "--critic", "logistic", "--steps", "20", "--every", "7",
     "--run", "sgd@0.1", "--run", "mine: adam:beta1=0.5,beta2=0.9@0.1",
     "--seeds", "3"],
]
checks = 0


def check(holds, what):
    global checks
    checks += 1
    if not holds:
        print(f"not ok: {what}\n{checks - 1} passed, 1 failed")
        sys.exit(1)


def word_of(dataset, value):
    words = h5py.check_enum_dtype(dataset.dtype)
    return next(word for word, index in words.items() if index == value)


def same(dataset, got, text):
    if h5py.check_enum_dtype(dataset.dtype):
        return word_of(dataset, got) == text
    if "labels" in dataset.attrs:
        return dataset.attrs["labels"][int(got)] == text
    want = float(text) if text not in ("", "nan") else math.nan
    return got == want or (math.isnan(got) and math.isnan(want))


def compare(file, rows, axes, name):
    for n, row in enumerate(rows):
        place, rest = [], n
        for axis in reversed(axes):
            place.insert(0, rest % len(file[axis]))
            rest //= len(file[axis])
        for key, text in row.items():
            if key in axes:
                got = file[key][place[axes.index(key)]]
            else:
                got = file[key][tuple(place)]
            check(same(file[key], got, text), f"{name}: {key} {n}")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        table, path = f"{folder}/a.csv", f"{folder}/a.h5"
        again = f"{folder}/b.hdf5"
        for command in COMMANDS:
            for target in (table, path, again):
                subprocess.run([program, *command, "-o", target], check=True)
            with open(table, encoding="utf-8", newline="") as text:
                rows = list(csv.DictReader(text))
            check(pathlib.Path(path).read_bytes() ==
                  pathlib.Path(again).read_bytes(), "the same bytes again")
            with h5py.File(path) as file:
                say = file.attrs
                axes = [d[0].name[1:] for d in next(
                    file[key] for key in rows[-1] if file[key].dims[0]).dims]
                check(say["schema"].decode() == f"ganfield/{command[0]}/1",
                      "schema")
                check(say["command"].decode().split()[:4] ==
                      ["ganfield", *command[:3]], "command")
                check("f1" in json.loads(say["field"])["field"], "field")
                check(say["status"] == b"complete" and
                      say["filled"] == say["cells"] == len(rows), "status")
                compare(file, rows, axes, command[0])
    print(f"{checks} passed, 0 failed")


main()
