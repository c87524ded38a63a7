#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write game.inc, velocities of small games of two nets, and with --modes
game_modes.inc, their eigenvalues at the equilibrium.

usage: game.py [--modes] > FILE

By automatic differentiation (PyTorch, double precision). A critic 1-4-1 and a
generator 1-3-1 of GF_INIT_REFERENCE (src/kernel/net.c), data X, latent Z; the
critic ascends mean f1(s(X)) + mean f2(s(G(Z))), the generator mean f3(s(G(Z))).
"""
import math
import sys

import torch
from torch.nn.functional import logsigmoid, softplus

torch.set_default_dtype(torch.float64)
X = torch.tensor([-2, -1.5, 0.25, 1, 2.25]).reshape(-1, 1)
Z = torch.tensor([-1 + 0.5 * i for i in range(5)]).reshape(-1, 1)
LOSSES = {
    "minimax": (logsigmoid, lambda s: logsigmoid(-s), lambda s: -logsigmoid(-s)),
    "nonsat": (logsigmoid, lambda s: logsigmoid(-s), logsigmoid),
    "lsgan": (lambda s: -(s - 0.5) ** 2 / 2, lambda s: -(s + 0.5) ** 2 / 2,
              lambda s: -(s - 0.5) ** 2 / 2),
    "wgan": (lambda s: s, lambda s: -s, lambda s: s),
}
ACTIVATIONS = {"tanh": torch.tanh, "softplus": softplus}


def parameters(width, has_norm):
    """W, b, [gamma, beta] of layer 0, then W, b of layer 1."""
    out = []
    for layer, (n_in, n_out) in enumerate([(1, width), (width, 1)]):
        out.append(torch.tensor([
            [math.sqrt(2 / n_in)
             * math.sin(1 + layer + 0.7 * i + 0.3 * j + 1.1 * i * j)
             for j in range(n_in)] for i in range(n_out)]))
        out.append(torch.tensor([0.3 * math.cos(0.5 * i + layer)
                                 for i in range(n_out)]))
        if has_norm and layer == 0:
            out.append(torch.tensor([1 + 0.1 * math.sin(i)
                                     for i in range(n_out)]))
            out.append(torch.tensor([0.1 * math.cos(2 * i)
                                     for i in range(n_out)]))
    return [p.requires_grad_() for p in out]


def net(x, theta, phi, groups=None):
    a = x @ theta[0].T + theta[1]
    if groups:
        parts = []
        for part in torch.split(a, groups):
            mean = part.mean(0)
            var = ((part - mean) ** 2).mean(0)
            parts.append((part - mean) / torch.sqrt(var + 1e-5))
        a = torch.cat(parts) * theta[2] + theta[3]
    return phi(a) @ theta[-2].T + theta[-1]


def velocity(loss, act, has_norm, joint):
    f1, f2, f3 = LOSSES[loss]
    critic, generator = parameters(4, has_norm), parameters(3, False)
    fake = net(Z, generator, ACTIVATIONS[act])
    groups = ([10] if joint else [5, 5]) if has_norm else None
    s = net(torch.cat([X, fake]), critic, ACTIVATIONS[act], groups)
    gain = f1(s[:5]).mean() + f2(s[5:]).mean()
    rates = list(torch.autograd.grad(gain, critic, retain_graph=True))
    rates += list(torch.autograd.grad(f3(s[5:]).mean(), generator))
    return torch.cat([r.reshape(-1) for r in rates]).tolist()


def modes(loss, act, has_norm):
    """Eigenvalues where the data are the fakes and the critic is less itself as
    it was, so that it is constant; the nonzero ones with im >= 0."""
    critic, generator = parameters(4, has_norm), parameters(3, False)
    before = [p.detach().clone() for p in critic]
    real = net(Z, generator, ACTIVATIONS[act]).detach()
    groups = [5, 5] if has_norm else None
    f1, f2, f3 = LOSSES[loss]

    def field(z):
        parts, at = [], 0
        for p in critic + generator:
            parts.append(z[at:at + p.numel()].reshape(p.shape))
            at += p.numel()
        phi, theta = parts[:len(critic)], parts[len(critic):]
        x = torch.cat([real, net(Z, theta, ACTIVATIONS[act])])
        s = (net(x, phi, ACTIVATIONS[act], groups)
             - net(x, before, ACTIVATIONS[act], groups))
        gain = f1(s[:5]).mean() + f2(s[5:]).mean()
        rates = torch.autograd.grad(gain, phi, create_graph=True)
        rates += torch.autograd.grad(f3(s[5:]).mean(), theta,
                                     create_graph=True)
        return torch.cat([r.reshape(-1) for r in rates])

    z = torch.cat([p.detach().reshape(-1) for p in critic + generator])
    z.requires_grad_()
    v = field(z)
    j = torch.stack([torch.autograd.grad(v[i], z, retain_graph=True,
                                         allow_unused=True)[0]
                     for i in range(len(v))])
    value = torch.linalg.eigvals(j)
    most = value.abs().max()
    return sorted(((x.real.item(), x.imag.item()) for x in value
                   if x.abs() > 1e-9 * most and x.imag >= 0), reverse=True)


def write_modes():
    print("/* Eigenvalues of small games of two nets, by game.py --modes. */")
    for name in LOSSES:
        for act, norm in [("tanh", False), ("softplus", False),
                          ("softplus", True)]:
            values = modes(name, act, norm)
            print(f'{{"{name}", "{act}", "{",bn-pre" if norm else ""}", '
                  f'{len(values)},')
            print(" {" + ",\n  ".join(f"{{{a!r}, {b!r}}}" for a, b in values)
                  + "}},")


print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
if sys.argv[1:] == ["--modes"]:
    write_modes()
    sys.exit()
print("/* Velocities of small games of two nets, by game.py. */")
for name in LOSSES:
    for act, norm, joint in [("tanh", False, False), ("softplus", False, False),
                             ("tanh", True, False), ("softplus", True, False),
                             ("tanh", True, True), ("softplus", True, True)]:
        v = velocity(name, act, norm, joint)
        print(f'{{"{name}", "{act}", "{",bn-pre" if norm else ""}", '
              f'{"GF_BN_JOINT" if joint else "GF_BN_SEPARATE"}, {len(v)},')
        print(" {" + ",\n  ".join(repr(x) for x in v) + "}},")
