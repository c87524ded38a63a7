#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The notebook's training of a linear generator in pure Python: seconds.

usage: train_notebook.py [RUNS]

Data with two modes, fakes a z + b, a critic sigmoid(c x + d), central
differences, as src/lab/notebook.c does it; written as one writes a notebook.
"""
import math
import random
import statistics
import sys
import time

def data(n):
    return [random.gauss(-2.0 if random.random() < 0.5 else 2.0, 0.35)
            for _ in range(n)]

def noise(n):
    return [random.gauss(0.0, 1.0) for _ in range(n)]

def sigmoid(t):
    if t >= 0:
        return 1.0 / (1.0 + math.exp(-t))
    e = math.exp(t)
    return e / (1.0 + e)

def probability(x, phi):
    c, d = phi
    return min(1.0 - 1e-8, max(1e-8, sigmoid(c * x + d)))

def fake(z, theta):
    a, b = theta
    return a * z + b

def losses(theta, phi, real, z):
    fakes = [fake(v, theta) for v in z]
    on_real = [probability(x, phi) for x in real]
    on_fake = [probability(x, phi) for x in fakes]
    critic = sum(math.log(p) for p in on_real) / len(real) + \
        sum(math.log(1.0 - p) for p in on_fake) / len(fakes)
    generator = sum(math.log(p) for p in on_fake) / len(fakes)
    saturating = sum(math.log(1.0 - p) for p in on_fake) / len(fakes)
    return critic, generator, saturating, fakes

def gradient(function, at, h=1e-4):
    out = []
    for i in range(len(at)):
        up, down = at[:], at[:]
        up[i] += h
        down[i] -= h
        out.append((function(up) - function(down)) / (2.0 * h))
    return out

def measure(theta, n):
    real = data(n)
    fakes = [fake(z, theta) for z in noise(n)]
    w1 = sum(abs(a - b) for a, b in zip(sorted(real), sorted(fakes))) / n
    left = sum(1 for x in fakes if x < 0) / n
    return (statistics.mean(real), statistics.pstdev(real),
            statistics.mean(fakes), statistics.pstdev(fakes), w1, left)

def train(steps=320, batch=128):
    theta, phi = [0.15, 0.0], [0.25, 0.0]
    rows = []
    for step in range(steps + 1):
        for _ in range(2):
            real, z = data(batch), noise(batch)
            phi = [p + 0.04 * g for p, g in zip(phi, gradient(
                lambda q: losses(theta, q, real, z)[0], phi))]
        real, z = data(batch), noise(batch)
        theta = [t + 0.04 * g for t, g in zip(theta, gradient(
            lambda q: losses(q, phi, real, z)[1], theta))]
        if step % 40 == 0:
            real, z = data(1000), noise(1000)
            critic, generator = losses(theta, phi, real, z)[:2]
            rows.append((step, theta, phi, critic, generator,
                         measure(theta, 2000)))
    return rows, measure(theta, 4000)

def main():
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
        random.seed(21)
        begin = time.process_time()
        rows, end = train()
        print(f"{time.process_time() - begin:.4f} {rows[-1][1][0]:.4f} "
              f"{end[4]:.4f}")

main()
