#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rival of `bench/train`: the same training written with PyTorch.

usage: train_torch.py RULE STEPS [--double] [--vmap]

Data N(8, 1.25^2), generator 16-64-1 of relu, critic 1-64-1 of leaky-relu(0.2)
in logits by Adam, mini-batches of 256, one turn each; RULE is the generator's:
sgd, adam or natural, whose metric is that of 128 samples, a gradient for each
(with --vmap by functorch at once), and a Cholesky factor of 1153 x 1153. Prints
seconds of CPU and of the clock that one step takes, loading left out.
"""
import sys
import time

import torch
from torch import nn

BATCH, METRIC, DAMPING = 256, 128, 1e-3

def make():
    g = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 1))
    d = nn.Sequential(nn.Linear(1, 64), nn.LeakyReLU(0.2), nn.Linear(64, 1))
    return g, d

def rows_by_loop(g, z):
    rows = []
    for i in range(len(z)):
        grads = torch.autograd.grad(g(z[i:i + 1]).sum(), list(g.parameters()))
        rows.append(torch.cat([x.reshape(-1) for x in grads]))
    return torch.stack(rows)

def rows_by_vmap(g, z):
    from functorch import grad, make_functional, vmap
    function, parameters = make_functional(g)
    grads = vmap(grad(lambda p, x: function(p, x).sum()), (None, 0))(
        tuple(p.detach() for p in parameters), z)
    return torch.cat([x.reshape(len(z), -1) for x in grads], 1)

def natural(g, loss, rows):
    parameters = list(g.parameters())
    v = torch.cat([x.reshape(-1)
                   for x in torch.autograd.grad(loss, parameters)])
    j = rows(g, torch.randn(METRIC, 16))
    a = j.T @ j / METRIC + DAMPING * torch.eye(len(v))
    d = torch.cholesky_solve(v[:, None], torch.linalg.cholesky(a))[:, 0]
    with torch.no_grad():
        at = 0
        for p in parameters:
            p -= 1e-3 * d[at:at + p.numel()].view_as(p)
            at += p.numel()

def train(rule, steps, rows):
    torch.manual_seed(1)
    g, d = make()
    critic = torch.optim.Adam(d.parameters(), lr=1e-3, betas=(0.5, 0.999))
    generator = torch.optim.SGD(g.parameters(), lr=0.01) if rule == "sgd" \
        else torch.optim.Adam(g.parameters(), lr=1e-3, betas=(0.5, 0.999))
    bce = nn.BCEWithLogitsLoss()
    one, zero = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
    for _ in range(steps):
        x = torch.randn(BATCH, 1) * 1.25 + 8
        fakes = g(torch.randn(BATCH, 16)).detach()
        critic.zero_grad()
        (bce(d(x), one) + bce(d(fakes), zero)).backward()
        critic.step()
        loss = bce(d(g(torch.randn(BATCH, 16))), one)
        if rule == "natural":
            natural(g, loss, rows)
            continue
        generator.zero_grad()
        loss.backward()
        generator.step()

def main():
    rule, steps = sys.argv[1], int(sys.argv[2])
    rows = rows_by_vmap if "--vmap" in sys.argv else rows_by_loop
    if "--double" in sys.argv:
        torch.set_default_dtype(torch.float64)
    train(rule, 3, rows)
    cpu, wall = time.process_time(), time.perf_counter()
    train(rule, steps, rows)
    print((time.process_time() - cpu) / steps,
          (time.perf_counter() - wall) / steps)

main()
