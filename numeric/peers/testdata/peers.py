"""Derivatives by other tools, of the functions and at the points of ../functions.go.

    python3 peers.py > peers.json

Takes whichever of scipy (optimize's approx_derivative, and differentiate from 1.15 on) and
numdifftools is installed. Every tool has its own defaults. What is exact is by mpmath, with 60
digits.
"""
import json
import sys
import types

import mpmath
import numpy as np
import scipy
from numpy import arctan, cos, cosh, exp, log, log1p, sin, sinh, sqrt, tan, tanh
from scipy.optimize._numdiff import approx_derivative

functions = {
    "exp x": exp,
    "sin x": sin,
    "cos x": cos,
    "tan x": tan,
    "log x": log,
    "sqrt x": sqrt,
    "atan x": arctan,
    "tanh x": tanh,
    "sinh x": sinh,
    "log1p x": log1p,
    "1/x": lambda x: 1 / x,
    "x^5-3x": lambda x: x * x * x * x * x - 3 * x,
    "1/(1+x^2)": lambda x: 1 / (1 + x * x),
    "exp(-x^2)": lambda x: exp(-x * x),
    "x log x": lambda x: x * log(x),
    "exp(sin x^2)": lambda x: exp(sin(x * x)),
    "sqrt(x^2+0.01)": lambda x: sqrt(x * x + 0.01),
    "cos 20x": lambda x: cos(20 * x),
    "exp x/(sin^3 x+cos^3 x)": lambda x: exp(x) / (sin(x) * sin(x) * sin(x) + cos(x) * cos(x) * cos(x)),
    "log(1+exp x)": lambda x: log(1 + exp(x)),
}
points = [0.003, 0.1, 0.5, 1.1, 1.9, 7.3, 40.7]


def counted(f):
    calls = [0]

    def g(x):
        calls[0] += np.size(x)
        return f(x)

    return g, calls


def approx(method):
    def tool(f, x):
        g, calls = counted(lambda v: f(v[0]))
        d = approx_derivative(lambda v: g(v), np.array([x]), method=method)
        return float(np.ravel(d)[0]), calls[0]

    return tool


tools = {(f"scipy {scipy.__version__} approx_derivative, {m}", 1): approx(m) for m in ("2-point", "3-point", "cs")}

try:
    from scipy.differentiate import derivative, hessian

    def differentiate(f, x):
        g, calls = counted(f)
        return float(derivative(g, x).df), calls[0]

    def differentiate_twice(f, x):
        r = hessian(lambda v: f(v[0]), np.array([x]))
        return float(r.ddf[0, 0]), int(r.nfev[0, 0])

    tools[f"scipy {scipy.__version__} differentiate", 1] = differentiate
    tools[f"scipy {scipy.__version__} differentiate, hessian", 2] = differentiate_twice
except ImportError:
    print("no scipy.differentiate", file=sys.stderr)

try:
    import numdifftools

    def numdiff(n):
        def tool(f, x):
            g, calls = counted(f)
            return float(numdifftools.Derivative(g, n=n)(x)), calls[0]

        return tool

    tools[f"numdifftools {numdifftools.__version__}", 1] = numdiff(1)
    tools[f"numdifftools {numdifftools.__version__}, n=2", 2] = numdiff(2)
except ImportError:
    print("no numdifftools", file=sys.stderr)


def precise(f):
    if isinstance(f, types.FunctionType):
        return types.FunctionType(f.__code__, vars(mpmath))
    return getattr(mpmath, {"arctan": "atan"}.get(f.__name__, f.__name__))


def exact(n):
    def tool(f, x):
        return float(mpmath.diff(precise(f), mpmath.mpf(x), n)), 0

    return tool


mpmath.mp.dps = 60
tools["exact", 1], tools["exact", 2] = exact(1), exact(2)

np.seterr(all="ignore")
out = []
for (name, order), tool in tools.items():
    results = []
    for f in functions.values():
        for x in points:
            d, evals = tool(f, x)
            results.append([d if np.isfinite(d) else None, evals])
    out.append({"tool": name, "order": order, "results": results})
print('[\n' + ",\n".join(json.dumps(t) for t in out) + "\n]")
