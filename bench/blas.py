#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rate of dgemm by library and core type, one thread, 1024 x 1024 x 256.

usage: blas.py LIBRARY.so        (OPENBLAS_CORETYPE in the environment)
"""
import ctypes
import os
import statistics
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["BLIS_NUM_THREADS"] = "1"
lib = ctypes.CDLL(sys.argv[1])
N, K = 1024, 256


def zeros(count):
    return (ctypes.c_double * count)(*([0.5] * count))


a, b, c = zeros(N * K), zeros(N * K), zeros(N * N)
one, nothing = ctypes.c_double(1), ctypes.c_double(0)
rates = []
for _ in range(30):
    start = time.process_time()
    lib.cblas_dgemm(101, 111, 112, N, N, K, one, a, K, b, K, nothing, c, N)
    rates.append(2e-9 * N * N * K / (time.process_time() - start))
core = "-"
if hasattr(lib, "openblas_get_corename"):
    lib.openblas_get_corename.restype = ctypes.c_char_p
    core = lib.openblas_get_corename().decode()
print(f"| {sys.argv[1]} | {core} | {statistics.median(rates):.1f} |")
