#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kernels of nets beside PyTorch, in one process, in turn, in float64.

usage: kernel.py [BUILD] [THREADS] [loop]

Medians of CPU seconds (of all threads) and of wall seconds; CPU time is what a
shared machine can measure. The rivals: the structured formula written by hand
in PyTorch, its loop over points (of 64 points, scaled; with `loop` the whole of
it, once, with the product J J', and nothing else), and for batch norm
torch.autograd.functional.jacobian, vectorised. The velocities are those of the
classic game with 64 data and 64 particles. Needs python3-torch.
"""
import ctypes
import os
import resource
import statistics
import sys
import time

BUILD = sys.argv[1] if len(sys.argv) > 1 else "build"
THREADS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = \
    str(THREADS)

import torch  # noqa: E402  (after the environment)

torch.set_default_dtype(torch.float64)
torch.set_num_threads(THREADS)
lib = ctypes.CDLL(f"{BUILD}/src/libganfield.so")

class Batch(ctypes.Structure):
    _fields_ = [("x", ctypes.c_void_p), ("count", ctypes.c_size_t),
                ("groups", ctypes.c_size_t), ("size", ctypes.c_void_p),
                ("frozen", ctypes.c_bool)]

class Options(ctypes.Structure):
    _fields_ = [("threads", ctypes.c_size_t), ("weight", ctypes.c_void_p),
                ("dense", ctypes.c_bool), ("masks", ctypes.c_size_t)]

class Ours:
    """A net of ours and its kernel."""

    def __init__(self, line):
        shape = ctypes.create_string_buffer(1 << 16)
        self.net = ctypes.create_string_buffer(1 << 16)
        assert lib.gf_net_parse(shape, line.encode(), None) == 0
        assert lib.gf_net_make(self.net, shape, None) == 0

    def gram(self, x, k):
        batch = Batch(x.data_ptr(), len(x), 0, None, False)
        options = Options(THREADS, None, False, 0)
        assert lib.gf_kernel_gram(
            ctypes.c_void_p(k.data_ptr()), None, self.net,
            ctypes.byref(batch), ctypes.byref(options), None) == 0

    def times(self, x, v, parameters):
        batch = Batch(x.data_ptr(), len(x), 0, None, False)
        handle, out = ctypes.c_void_p(), ctypes.c_void_p()
        room, result = torch.empty(parameters), torch.empty(len(x))
        assert lib.gf_pass_new(ctypes.byref(handle), self.net,
                               ctypes.c_size_t(len(x)), None) == 0

        def product():
            assert lib.gf_pass_forward(ctypes.byref(out), handle,
                                       ctypes.byref(batch), None) == 0
            lib.gf_kernel_times(ctypes.c_void_p(result.data_ptr()), handle,
                                ctypes.c_void_p(v.data_ptr()),
                                ctypes.c_void_p(room.data_ptr()))
        return product

def structured(x, w, b):
    """The formula of kernel.h in PyTorch, relu."""
    h, inputs, slopes = x, [], []
    for i in range(len(w)):
        inputs.append(h)
        a = h @ w[i].T + b[i]
        slopes.append(a > 0)
        h = torch.relu(a)
    delta = torch.ones(len(x), 1)
    k = 0
    for i in reversed(range(len(w))):
        k = k + (delta @ delta.T) * (inputs[i] @ inputs[i].T + 1)
        if i > 0:
            delta = (delta @ w[i]) * slopes[i - 1]
    return k

def measure(function, repeats):
    cpu, wall = [], []
    for _ in range(repeats):
        c, t = time.process_time(), time.perf_counter()
        function()
        cpu.append(time.process_time() - c)
        wall.append(time.perf_counter() - t)
    return statistics.median(cpu), statistics.median(wall)

def show(name, figures, scale=1):
    print(f"| {name} | {scale * figures[0] * 1e3:.1f} | "
          f"{scale * figures[1] * 1e3:.1f} |", flush=True)

def layers(sizes):
    w = [torch.randn(n, m) * (2 / m) ** .5 for m, n in zip(sizes, sizes[1:])]
    return w, [torch.randn(n) * .1 for n in sizes[1:]]

def plain(count, sizes, repeats):
    x = torch.randn(count, sizes[0])
    k = torch.empty(count, count)
    ours = Ours("-".join(map(str, sizes)) + ":relu")
    w, b = layers(sizes)
    for _ in range(2):      # in turn, so that both meet the same neighbours
        show(f"ganfield, N = {count}", measure(lambda: ours.gram(x, k),
                                               repeats))
        show(f"PyTorch, by layers, N = {count}",
             measure(lambda: structured(x, w, b), repeats))
    loop(x[:64], w, b, count)

def loop(x, w, b, count):
    parameters = [p.requires_grad_() for p in w + b]

    def rows():
        for point in x:
            h = point
            for i in range(len(w)):
                h = h @ w[i].T + b[i]
                h = torch.relu(h) if i + 1 < len(w) else h
            torch.cat([g.flatten() for g in
                       torch.autograd.grad(h, parameters)])
    show(f"PyTorch, gradient of each point, N = {count} (without J J')",
         measure(rows, 3), count / len(x))

def batch_norm(count, sizes, repeats):
    x = torch.randn(count, sizes[0])
    k = torch.empty(count, count)
    ours = Ours("-".join(map(str, sizes)) + ":relu,bn-pre")
    show(f"ganfield, batch norm, B = {count}",
         measure(lambda: ours.gram(x, k), repeats))
    w, b = layers(sizes)

    def outputs(*p):
        h = x
        for i in range(len(w)):
            h = h @ p[2 * i].T + p[2 * i + 1]
            if i + 1 < len(w):
                h = torch.relu(torch.nn.functional.batch_norm(
                    h, None, None, training=True))
        return h[:, 0]

    def jacobian():
        flat = tuple(q for pair in zip(w, b) for q in pair)
        parts = torch.autograd.functional.jacobian(outputs, flat,
                                                   vectorize=True)
        j = torch.cat([p.reshape(count, -1) for p in parts], 1)
        return j @ j.T
    show(f"PyTorch, batched Jacobian, B = {count}", measure(jacobian, 1))
    parameters = sum(n * m + 3 * n for m, n in zip(sizes, sizes[1:])) - 2
    show(f"ganfield, K v, B = {count}",
         measure(ours.times(x, torch.randn(count), parameters), 5 * repeats))

def whole_loop(count, sizes):
    """The rows of J, one point after the other, and K = J J'."""
    x = torch.randn(count, sizes[0])
    k = torch.empty(count, count)
    ours = Ours("-".join(map(str, sizes)) + ":relu")
    w, b = layers(sizes)
    parameters = [p.requires_grad_() for p in w + b]

    def megabytes():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def rows():
        j = torch.empty(count, sum(p.numel() for p in parameters))
        for i, point in enumerate(x):
            h = point
            for n in range(len(w)):
                h = h @ w[n].T + b[n]
                h = torch.relu(h) if n + 1 < len(w) else h
            j[i] = torch.cat([g.flatten() for g in
                              torch.autograd.grad(h, parameters)])
        return j @ j.T
    before = megabytes()
    show(f"ganfield, N = {count}", measure(lambda: ours.gram(x, k), 5))
    ours_most = megabytes()
    show(f"PyTorch, a loop over points, N = {count}", measure(rows, 1))
    print(f"most memory: {before:.0f} MiB of PyTorch and K before, "
          f"{ours_most:.0f} after ganfield, {megabytes():.0f} after the loop")

class Cloud(ctypes.Structure):
    _fields_ = [("count", ctypes.c_size_t), ("weight", ctypes.c_void_p),
                ("density", ctypes.c_void_p)]

class Setup(ctypes.Structure):
    _fields_ = [("field", ctypes.c_void_p), ("critic", ctypes.c_void_p),
                ("generator", ctypes.c_void_p), ("kind", ctypes.c_int),
                ("bn", ctypes.c_int), ("cloud", Cloud), ("x", ctypes.c_void_p),
                ("z", ctypes.c_void_p), ("particles", ctypes.c_size_t)]

def our_velocity(critic, generator, x, z):
    """One velocity of both nets in the classic game, particles against data."""
    nets = [Ours(critic), Ours(generator)]
    n = len(x)
    weight, density = torch.full((n,), 1 / n), torch.ones(n)
    field, players = ctypes.c_void_p(), ctypes.c_void_p()
    assert lib.gf_field_find(ctypes.byref(field), b"classic", None, None) == 0
    address = [ctypes.addressof(net.net) for net in nets]
    setup = Setup(field, *address, 2, 0,
                  Cloud(n, weight.data_ptr(), density.data_ptr()),
                  x.data_ptr(), z.data_ptr(), len(z))
    assert lib.gf_players_new(ctypes.byref(players), ctypes.byref(setup),
                              None) == 0
    lib.gf_players_size.restype = ctypes.c_size_t
    size = lib.gf_players_size(players)
    state, v = torch.empty(size), torch.empty(size)
    lib.gf_players_state(ctypes.c_void_p(state.data_ptr()), players)

    def velocity():
        for _ in range(100):
            lib.gf_players_velocity(
                ctypes.c_void_p(v.data_ptr()), players,
                ctypes.c_void_p(state.data_ptr()), ctypes.c_size_t(0),
                ctypes.c_size_t(size))
        return nets, setup
    return velocity

def their_velocity(critic, generator, x, z):
    nets = [[p.requires_grad_() for pair in zip(*layers(sizes)) for p in pair]
            for sizes in (critic, generator)]

    def forward(net, h):
        for i in range(0, len(net), 2):
            h = torch.nn.functional.linear(h, net[i], net[i + 1])
            h = torch.tanh(h) if i + 2 < len(net) else h
        return h

    def velocity():
        for _ in range(10):
            fake = forward(nets[1], z)
            real = torch.sigmoid(forward(nets[0], x))
            false = torch.log(1 - torch.sigmoid(forward(nets[0], fake))).mean()
            gain = torch.log(real).mean() + false
            torch.autograd.grad(gain, nets[0], retain_graph=True)
            torch.autograd.grad(-false, nets[1])
    return velocity

def coupled(repeats):
    x = torch.linspace(-3, 3, 64).unsqueeze(1)
    z = torch.linspace(-1, 1, 64).unsqueeze(1)
    lib.gf_init()
    ours = our_velocity("1-16-16-1:tanh,head=sigmoid", "1-16-1:tanh", x, z)
    theirs = their_velocity([1, 16, 16, 1], [1, 16, 1], x, z)
    for _ in range(2):
        show("ganfield, 1000 velocities of two nets",
             measure(ours, repeats), 10)
        show("PyTorch, 1000 velocities", measure(theirs, repeats), 100)

def main():
    print(f"{THREADS} thread(s), PyTorch {torch.__version__}")
    print("| | CPU ms | wall ms |\n|---|---|---|")
    if sys.argv[3:] == ["loop"]:
        whole_loop(4096, [2, 256, 256, 1])
        return
    coupled(9)
    plain(4096, [2, 256, 256, 1], 5)
    plain(1024, [2, 256, 256, 1], 9)
    batch_norm(512, [2, 256, 256, 1], 3)

main()
