#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write kernel.inc from the reference values of an independent program.

usage: kernel.py kernel.json > kernel.inc

kernel.json was made with PyTorch 1.13 (float64 autograd) and, where a case has
*_mp, mpmath with 40 digits in forward mode; the nets are those of
GF_INIT_REFERENCE (src/kernel/net.c). Only lower triangles are kept; J0 is the
gradient of the first output.
"""
import json
import sys

NAMES = {"leaky": "leaky-relu", "none": "", "bn_pre": ",bn-pre",
         "bn_post": ",bn-post", "ln_pre": ",ln", "wn": ",wn", "sn": ",sn"}


def number(x):
    return repr(float(x))


def numbers(values):
    return "{" + ", ".join(map(number, values)) + "}"


def lower(k):
    return [k[i][j] for i in range(len(k)) for j in range(i + 1)]


def net(case):
    sizes = case.get("sizes") or [case.get("dim", 1), 8, 8, 1]
    act = NAMES.get(case["act"], case["act"])
    text = "-".join(map(str, sizes)) + ":" + act + NAMES[case["norm"]]
    if case.get("residual"):
        text += ",residual"
    if case.get("dropout_mask"):
        text += ",dropout"
    return text + ",init=reference"


def main():
    data = json.load(open(sys.argv[1]))
    print("/* Written by kernel.py from kernel.json: PyTorch 1.13, and mpmath "
          "with 40\n   digits. */")
    print("static const gram_case gram_cases[] = {")
    for case in data["cases"]:
        k = case.get("K_mp") or case["K"]
        f = case.get("f_mp") or case["f"]
        print(f'    {{"{net(case)}", {case["dim"]}, {case["P"]},')
        print(f"     {numbers(f)},")
        print(f"     {numbers(lower(k))},")
        print(f"     {numbers(case.get('eig_mp') or case['eig'])},")
        print(f"     {numbers(case['J0'])}}},")
    print("};\n")
    print("static const group_case group_cases[] = {")
    for case in data["bn_groups"]:
        joint = "true" if case["mode"] == "joint" else "false"
        print(f'    {{"{net(case)}", {joint},')
        print(f"     {numbers(case['f'])},")
        print(f"     {numbers(lower(case['K']))},")
        print(f"     {numbers(case['eig'])}}},")
    print("};\n")
    print("static const slope_case slope_cases[] = {")
    for case in data["input_jacobian"]:
        has_slopes = "dK_dy" in case and case["dK_dy"] is not None
        print(f'    {{"{net(case)}", {"true" if has_slopes else "false"},')
        print(f"     {numbers(sum(case['df_dx'], []))},")
        dk = sum(case["dK_dy"], []) if has_slopes else [0]
        d2k = sum(case["d2K_dxdy"], []) if has_slopes else [0]
        print(f"     {numbers(dk)},")
        print(f"     {numbers(d2k)}}},")
    print("};\n")
    print("static const infinite_case infinite_cases[] = {")
    for case in data["infinite"]:
        act = NAMES.get(case["act"], case["act"])
        sizes = "-".join([str(case["dim"])] + ["8"] * case["hidden_layers"])
        exact = "closed" in case["method"]
        print(f'    {{"{sizes}-1:{act},'
              f'ntk({case["sigma_w2"]},{case["sigma_b2"]})", {case["dim"]}, '
              f'{"true" if exact else "false"},')
        print(f"     {numbers(lower(case['nngp']))},")
        print(f"     {numbers(lower(case['ntk']))},")
        print(f"     {numbers(case['ntk_eig'])}}},")
    print("};")


main()
