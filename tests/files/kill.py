#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that is killed at any moment goes on, and its file is the same.

usage: kill.py PROGRAM sweep|basin|basin-steps|basin-cycle|lyapunov

Undisturbed once; then killed (-9, sometimes -2) again and again at random
moments and resumed until it is done, by other numbers of threads each time.
With GF_TEST_LONG in the environment 50 kills, else a few.
"""
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

COMMANDS = {
    "sweep": ["sweep", "--variant", "hinge", "--over", "p_d=log:0.1:4:30",
              "--over", "speed=0.5:2:30", "--quantity",
              "eigenvalue,type,verdict"],
    "basin": ["basin", "--variant", "classic", "--grid", "90x90"],
    "basin-steps": ["basin", "--variant", "classic", "--optimizer", "adam",
                    "--step", "1e-3/(1+t)", "--steps", "2500",
                    "--noise", "0.01", "--project", "--grid", "60x60"],
    "basin-cycle": ["basin", "--variant", "dirac-wgan-gp", "--until", "30",
                    "--grid", "60x60"],
    "lyapunov": ["lyapunov", "--variant", "classic", "--grid", "100x100"],
}
ENDINGS = {"sweep": [".h5", ".csv"], "basin": [".h5", ".txt"],
           "basin-steps": [".h5", ".csv"], "basin-cycle": [".csv"],
           "lyapunov": [".h5", ".csv"]}
KILLS = 50 if os.environ.get("GF_TEST_LONG") else 6


def fail(reason):
    print(f"not ok: {reason}\n0 passed, 1 failed")
    sys.exit(1)


def call(program, command, path, threads, *more):
    return [program, *command, "-o", str(path), "--threads", str(threads),
            *more]


def disturb(arguments, delay, number):
    """Runs for a while, then sends a signal; the exit status."""
    with subprocess.Popen(arguments, stderr=subprocess.DEVNULL) as process:
        time.sleep(delay)
        process.send_signal(number)
        return process.wait()


def main():
    program, name = sys.argv[1:]
    program = str(pathlib.Path(program).resolve())
    command, seed = COMMANDS[name], int(time.time())
    rng = random.Random(seed)
    kills = left = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for ending in ENDINGS[name]:
            whole, path = folder / f"a{ending}", folder / f"b{ending}"
            begin = time.monotonic()
            subprocess.run(call(program, command, whole, 1), check=True)
            length = time.monotonic() - begin
            while kills * len(ENDINGS[name]) < KILLS * \
                    (1 + ENDINGS[name].index(ending)):
                number = rng.choice([signal.SIGKILL] * 3 + [signal.SIGINT])
                status = disturb(
                    call(program, command, path, rng.choice([1, 2, 7]),
                         "--resume"), rng.uniform(0, 0.4 * length), number)
                if status == 0:
                    if path.read_bytes() != whole.read_bytes():
                        fail(f"seed {seed}: another file after {kills} kills")
                    path.unlink()
                    continue
                # -2: before the program looked after its signals
                if status not in (-9, -2, 130):
                    fail(f"seed {seed}: exit status {status}")
                # killed between the file's renaming and the end
                if path.exists() and path.read_bytes() != whole.read_bytes():
                    fail(f"seed {seed}: half a file after kill {kills}")
                left += pathlib.Path(f"{path}.part").exists()
                kills += 1
            subprocess.run(call(program, command, path, 2, "--resume"),
                           check=True)
            if path.read_bytes() != whole.read_bytes():
                fail(f"seed {seed}: another file after {kills} kills")
            rest = [p.name for p in folder.iterdir() if ".part" in p.name and
                    "-" not in p.name]
            if rest:
                fail(f"seed {seed}: {rest} left behind")
    if left == 0:
        fail(f"seed {seed}: no kill left a journal")
    print(f"{kills} kills, {left} of them left a journal\n1 passed, 0 failed")


main()
