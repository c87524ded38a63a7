# SPDX-License-Identifier: GPL-3.0-or-later
"""The rival of bench/portrait: the same figure by matplotlib and SciPy.

usage: python3 portrait_matplotlib.py FILE

The classic GAN, p_d = 0.2, at 384 by 288 pt, in the format of FILE's extension,
as one would write it: streamlines by streamplot on a grid, nullclines as the
zero contours of the velocity on a finer one, five trajectories by solve_ivp.
"""
import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from scipy.integrate import solve_ivp

P_D = 0.2
STARTS = [(0.25, 0.9), (0.75, 0.9), (0.5, 1.0), (0.1, 0.3), (0.9, 0.1)]


def velocity(d, p):
    return P_D/d - p/(1 - d), -np.log(1 - d) - np.log(2)


def grid(n):
    return np.meshgrid(np.linspace(1e-3, 1 - 1e-3, n),
                       np.linspace(-0.2, 1.2, n))


def main():
    plt.rcParams.update({"font.family": "serif", "font.size": 8,
                         "mathtext.fontset": "stix", "pdf.fonttype": 42,
                         "svg.fonttype": "none"})
    fig, ax = plt.subplots(figsize=(384/72, 288/72), layout="constrained")
    d, p = grid(60)
    ax.streamplot(d, p, *velocity(d, p), density=1.8, linewidth=0.5,
                  arrowsize=0.6, color="0.55")
    d, p = grid(300)
    for v, style in zip(velocity(d, p), ("dashed", "dotted")):
        ax.contour(d, p, v, [0], linestyles=style, linewidths=1)
    for start in STARTS:
        run = solve_ivp(lambda t, z: velocity(*z), (0, 60), start, "DOP853",
                        rtol=1e-8, atol=1e-10, dense_output=True)
        ax.plot(*run.sol(np.linspace(0, 60, 2000)), linewidth=1.2)
    ax.plot(0.5, P_D, "o", color="black", markersize=4)
    ax.axhspan(-0.2, 0, fill=False, hatch="///", linewidth=0, alpha=0.4)
    ax.set(xlim=(0, 1), ylim=(-0.2, 1.2), xlabel="$D$", ylabel="$p_g$")
    fig.savefig(sys.argv[1], dpi=300)


main()
