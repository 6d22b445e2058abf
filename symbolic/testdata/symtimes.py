"""Times SymPy on the formulas of BenchmarkByHand and BenchmarkTenThousand:

    python3 symbolic/testdata/symtimes.py

Each line has the gradient, its translation by lambdify with common subexpressions shared, and
the best of some evaluations of value and gradient: at one point, and in a batch of 4096 points
by NumPy, for a point.
"""

import math
import sys
import time

import numpy
import sympy as sp


def best(f, turns=5):
    least = math.inf
    for _ in range(turns):
        start = time.perf_counter()
        result = f()
        least = min(least, time.perf_counter() - start)
    return least, result


def residual():
    x = sp.symbols("p:17")
    r, d = x[:3], [x[11 + i] - x[3 + i] for i in range(3)]
    theta = sp.sqrt(sum(v * v for v in r))
    c, s = sp.cos(theta), sp.sin(theta)
    w = [v / theta for v in r]
    k = [w[(i + 1) % 3] * d[(i + 2) % 3] - w[(i + 2) % 3] * d[(i + 1) % 3] for i in range(3)]
    dot = sum(a * b for a, b in zip(w, d)) * (1 - c)
    p = [d[i] * c + k[i] * s + w[i] * dot for i in range(3)]
    u, v = p[0] / p[2], p[1] / p[2]
    q = u * u + v * v
    scale = 1 + x[9] * q + x[10] * q * q
    e = [(t * scale * x[6] + x[7 + i] - x[15 + i]) * x[14] for i, t in enumerate((u, v))]
    return x, e[0] ** 2 + e[1] ** 2, [0.1 + 0.07 * i for i in range(17)]


def molecule():
    x = sp.symbols("p:18")
    atoms = [x[3 * i : 3 * i + 3] for i in range(6)]

    def between(i, k):
        d = [b - a for a, b in zip(atoms[i], atoms[k])]
        return d, sp.sqrt(sum(v * v for v in d))

    bonds = [between(i, i + 1) for i in range(5)]
    e = 0.25 * sum(sp.sin(a[0]) for a in atoms)
    e += sum(1.7 * (1 - sp.exp((1.2 - r) * 0.9)) ** 2 for _, r in bonds)
    for (a, ra), (b, rb) in zip(bonds, bonds[1:]):
        e += 0.4 * (sum(p * q for p, q in zip(a, b)) / (ra * rb) + 0.3) ** 2
    e += sum(0.8 / between(i, k)[1] for i in range(6) for k in range(i + 3, 6))
    return x, e, [0.4 * i + 0.7 * math.sin(7 * i) for i in range(18)]


def chain(n):
    x = sp.Symbol("x")
    e = x
    for i in range(n):
        e = sp.sin(e) * i + x * 0.5
    return x, e


for name, make in ("molecule", molecule), ("residual", residual):
    x, e, at = make()

    def gradient():
        sp.core.cache.clear_cache()
        return [e.diff(v) for v in x]

    took, grad = best(gradient, 1)
    print(f"{name}: gradient {took * 1e3:.1f} ms", end="", flush=True)
    took, f = best(lambda: sp.lambdify(x, [e] + grad, modules="math", cse=True), 1)
    print(f", lambdify {took * 1e3:.0f} ms", end="", flush=True)
    took, _ = best(lambda: [f(*at) for _ in range(100)])
    print(f", one point {took / 100 * 1e6:.1f} µs", end="", flush=True)
    g = sp.lambdify(x, [e] + grad, modules="numpy", cse=True)
    points = [numpy.full(4096, v) + 1e-4 * (numpy.arange(4096) % 97) for v in at]
    took, _ = best(lambda: g(*points))
    print(f", in a batch {took / 4096 * 1e9:.0f} ns")

sys.setrecursionlimit(1_000_000)
for n in 50, 100:
    x, e = chain(n)

    def derivative():
        sp.core.cache.clear_cache()
        return e.diff(x)

    took, _ = best(derivative, 1)
    print(f"chain of {4 * n + 1} nodes: derivative {took * 1e3:.0f} ms")
