"""Writes sweep1.txt.gz and sweep2.txt.gz, the references of the rows of the table.

    python3 sweep.py              writes the files beside this one (mpmath 1.2 or later, gmpy2 for speed)
    python3 sweep.py NAME ...     computes the named rows, and leaves the others as they are
    python3 sweep.py check        holds a part of the derivatives against differences instead

A block begins with a line "row NAME" and has a line for every point: x, value, first and second
derivative; or x, y, value, the derivatives in x and y, and those in xx, xy and yy. All are the
float64 nearest to the number itself, "nan" where the function is not defined, and "-" where there
is no such derivative, so that a convention decides.

A function is written down as the textbook defines it, over truncated Taylor series of two
variables whose coefficients have thousands of bits and exponents without bound. So nothing
overflows on the way, and what cancels has digits enough; a number counts when twice the precision
says the same.
"""

import gzip
import math
import os
import random
import sys
from multiprocessing import Pool

from mpmath import mp, mpf

START = 2600  # bits: what is left of numbers near 1 may be as small as 2**-1074


class Undefined(Exception):
    """The function has no value."""


class Jet:
    """A function of x and y about a point: value, first and second derivatives, None where there is none."""

    def __init__(self, v, a=0, b=0, aa=0, ab=0, bb=0):
        self.c = (mpf(v), mpf(a), mpf(b), mpf(aa), mpf(ab), mpf(bb))

    def chain(self, f0, f1, f2):
        _, a, b, aa, ab, bb = self.c
        return Jet(f0, f1 * a, f1 * b, f2 * a * a + f1 * aa, f2 * a * b + f1 * ab, f2 * b * b + f1 * bb)

    @property
    def v(self):
        return self.c[0]

    def __add__(self, o):
        return Jet(*[p + q for p, q in zip(self.c, jet(o).c)])

    def __neg__(self):
        return Jet(*[-p for p in self.c])

    def __sub__(self, o):
        return self + -jet(o)

    def __rsub__(self, o):
        return jet(o) - self

    def __mul__(self, o):
        u, a, b, aa, ab, bb = self.c
        w, p, q, pp, pq, qq = jet(o).c
        return Jet(u * w, a * w + u * p, b * w + u * q, aa * w + 2 * a * p + u * pp,
                   ab * w + a * q + b * p + u * pq, bb * w + 2 * b * q + u * qq)

    def __truediv__(self, o):
        o = jet(o)
        if o.v == 0:
            raise Undefined
        r = 1 / o.v
        return self * o.chain(r, -r * r, 2 * r * r * r)

    def __rtruediv__(self, o):
        return jet(o) / self

    __radd__, __rmul__ = __add__, __mul__


def jet(x):
    return x if isinstance(x, Jet) else Jet(x)


class Parts(Exception):
    """A result some of whose parts are conventions: value, a, b, aa, ab, bb, None for those."""

    def __init__(self, *c):
        self.c = c


def at_kink(value, *slopes):
    """A kink with a value, perhaps slopes, and no second derivatives."""
    slopes = slopes or (None, None)
    raise Parts(value, *slopes, None, None, None)


# Elementary functions of jets.

def exp(u):
    e = mp.exp(u.v)
    return u.chain(e, e, e)


def log(u):
    if u.v < 0:
        raise Undefined
    if u.v == 0:
        at_kink(None)
    return u.chain(mp.log(u.v), 1 / u.v, -1 / u.v**2)


def sqrt(u):
    if u.v < 0:
        raise Undefined
    if u.v == 0:
        at_kink(mpf(0))
    s = mp.sqrt(u.v)
    return u.chain(s, 1 / (2 * s), -1 / (4 * s * u.v))


def sin(u):
    s, c = mp.sin(u.v), mp.cos(u.v)
    return u.chain(s, c, -s)


def cos(u):
    s, c = mp.sin(u.v), mp.cos(u.v)
    return u.chain(c, -s, -c)


def tan(u):
    return sin(u) / cos(u)


def cosh(u):
    return (exp(u) + exp(-u)) / 2


def sinh(u):
    return (exp(u) - exp(-u)) / 2


def tanh(u):
    return sinh(u) / cosh(u)


def absolute(u):
    if u.v == 0:
        at_kink(mpf(0))
    return u if u.v > 0 else -u


def normal(x):
    """Density and distribution function of the normal distribution."""
    d = exp(-x * x / 2) / mp.sqrt(2 * mp.pi)
    q = mp.erfc(-x.v / mp.sqrt(2)) / 2 if abs(x.v) < 1e4 else mpf(x.v > 0)
    return d, x.chain(q, d.v, -x.v * d.v)


def erf(x, complement):
    d = 2 / mp.sqrt(mp.pi) * mp.exp(-x.v**2)
    if abs(x.v) > 1e4:
        v = mpf((x.v < 0) * 2 if complement else mp.sign(x.v))
    else:
        v = mp.erfc(x.v) if complement else mp.erf(x.v)
    if complement:
        d = -d
    return x.chain(v, d, -2 * x.v * d)


def psi(n, x):
    """The n-th derivative of digamma; for x < 0 by the reflection ψ(1-x) - ψ(x) = π·cot(πx)."""
    if x > 0:
        return mp.psi(n, x)
    c, p = mp.cospi(x) / mp.sinpi(x), [0, 1]
    for _ in range(n):  # a polynomial in the cotangent c, and c' = -π(1+c²)
        d = [-mp.pi * i * a for i, a in enumerate(p)][1:] + [0, 0]
        p = [u + w for u, w in zip(d, [0, 0] + d[:-2])]
    return (-1)**n * mp.psi(n, 1 - x) - mp.pi * sum(a * c**i for i, a in enumerate(p))


def off_poles(x):
    if x.v <= 0 and x.v == mp.floor(x.v):
        at_kink(None)


def gamma(x):
    off_poles(x)
    if abs(x.v) > 1e4:
        g = mpf(2)**(10000 * int(mp.sign(x.v)))
    elif x.v > 0:
        g = mp.gamma(x.v)
    else:
        g = mp.pi / (mp.sinpi(x.v) * mp.gamma(1 - x.v))
    p, q = psi(0, x.v), psi(1, x.v)
    return x.chain(g, g * p, g * (p * p + q))


def lgamma(x):
    off_poles(x)
    if x.v > 0:
        g = mp.loggamma(x.v)
    else:  # the reflection Γ(x)Γ(1-x) = π/sin(πx)
        g = mp.log(mp.pi / abs(mp.sinpi(x.v))) - mp.loggamma(1 - x.v)
    return x.chain(g, psi(0, x.v), psi(1, x.v))


def digamma(x):
    off_poles(x)
    return x.chain(psi(0, x.v), psi(1, x.v), psi(2, x.v))


def polygamma(n, x):
    off_poles(x)
    n, nan = int(n.v), mpf("nan")
    raise Parts(psi(n, x.v), nan, psi(n + 1, x.v), nan, nan, psi(n + 2, x.v))


def arc(value, slope):
    """A function of x with a given value, whose slope is a jet."""
    return Jet(value, slope.v, 0, slope.c[1])


def asin(x, sign=1):
    if abs(x.v) > 1:
        raise Undefined
    v = mp.asin(x.v) if sign > 0 else mp.acos(x.v)
    if abs(x.v) == 1:
        at_kink(v)
    return arc(v, sign / sqrt(1 - x * x))


def asinh(x):
    return log(x + sqrt(x * x + 1)) if x.v >= 0 else -log(sqrt(x * x + 1) - x)


def acosh(x):
    if x.v < 1:
        raise Undefined
    if x.v == 1:
        at_kink(mpf(0))
    return log(x + sqrt(x * x - 1))


def atanh(x):
    if abs(x.v) > 1:
        raise Undefined
    if abs(x.v) == 1:
        at_kink(None)
    return log((1 + x) / (1 - x)) / 2


def cbrt(x):
    if x.v == 0:
        at_kink(mpf(0))
    return exp(log(x) / 3) if x.v > 0 else -exp(log(-x) / 3)


def sigmoid(x):
    return 1 / (1 + exp(-x))


def logsigmoid(x):
    return -log(1 + exp(-x))


def binentropy(x):
    return -sigmoid(x) * logsigmoid(x) - sigmoid(-x) * logsigmoid(-x)


def softsign(x):
    if x.v == 0:
        at_kink(mpf(0), mpf(1), mpf(0))
    return x / (1 + absolute(x))


def mish(x):
    n = (1 + exp(x)) * (1 + exp(x))
    return x * ((n - 1) / (n + 1))


def gelugate(x):
    u = mp.sqrt(2 / mp.pi) * (x + mpf(44715) / 1000000 * x * x * x)
    return sigmoid(2 * u)


def selu(x):
    scale, alpha = mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717")
    if x.v == 0:
        at_kink(mpf(0))
    return scale * x if x.v > 0 else scale * alpha * (exp(x) - 1)


def stairs(round):
    def f(x):
        if x.v == 0 and round != "sign":
            near = (0,) if round in ("floor", "ceil") else ()
        elif round == "sign":
            near = (0,)
        elif round in ("floor", "ceil"):
            near = (mp.floor(x.v),)
        elif round == "trunc":
            near = (mp.floor(x.v),)
        else:
            near = (mp.floor(x.v) + mpf(1) / 2,)
        low = mp.floor(x.v)
        half = x.v - low - mpf(1) / 2
        v = {
            "floor": low,
            "ceil": mp.ceil(x.v),
            "trunc": low if x.v >= 0 else mp.ceil(x.v),
            "sign": mp.sign(x.v),
            "round": low if half < 0 or half == 0 and x.v < 0 else low + 1,
            "roundtoeven": low if half < 0 or half == 0 and low % 2 == 0 else low + 1,
        }[round]
        if x.v in near:
            at_kink(v)
        return Jet(v)
    return f


def pieces(x, *cuts):
    """The piece that x is on: cuts are bounds, each with the function below it."""
    for bound, f in cuts:
        if bound is None or x.v < bound:
            return jet(f(x))
        if x.v == bound:
            at_kink(jet(f(x)).v)


def relu(x):
    return pieces(x, (0, lambda x: 0 * x), (None, lambda x: x))


def relu6(x):
    return pieces(x, (0, lambda x: 0 * x), (6, lambda x: x), (None, lambda x: 6 + 0 * x))


def hardsigmoid(x):
    return pieces(x, (-3, lambda x: 0 * x), (3, lambda x: (x + 3) / 6), (None, lambda x: 1 + 0 * x))


def hardswish(x):
    return pieces(x, (-3, lambda x: 0 * x), (3, lambda x: x * (x + 3) / 6), (None, lambda x: x))


def positive(f):
    def g(x):
        if x.v < 0:
            raise Undefined
        if x.v == 0:
            at_kink(None)
        return f(x)
    return g


def off_zero(f):
    def g(x):
        if x.v == 0:
            at_kink(None)
        return f(x)
    return g


def rcircle(x):
    if abs(x.v) == 1:
        at_kink(None)
    return 1 / sqrt(1 - x * x)


def hyperbola(x):
    if x.v < 1:
        raise Undefined
    return sqrt((x - 1) * (x + 1))


ONE = {
    "square": lambda x: x * x,
    "cube": lambda x: x * x * x,
    "reciprocal": lambda x: 1 / x,
    "sqrt": sqrt,
    "rsqrt": off_zero(lambda x: 1 / sqrt(x)),
    "cbrt": cbrt,
    "exp": exp,
    "exp2": lambda x: exp(x * mp.log(2)),
    "expm1": lambda x: exp(x) - 1,
    "log": log,
    "log2": lambda x: log(x) / mp.log(2),
    "log10": lambda x: log(x) / mp.log(10),
    "log1p": lambda x: log(1 + x),
    "sin": sin, "cos": cos, "tan": tan,
    "asin": asin,
    "acos": lambda x: asin(x, -1),
    "atan": lambda x: arc(mp.atan(x.v), 1 / (1 + x * x)),
    "sinh": sinh, "cosh": cosh, "tanh": tanh,
    "asinh": asinh, "acosh": acosh, "atanh": atanh,
    "abs": absolute,
    "sign": stairs("sign"), "floor": stairs("floor"), "ceil": stairs("ceil"), "trunc": stairs("trunc"),
    "round": stairs("round"), "roundtoeven": stairs("roundtoeven"),
    "erf": lambda x: erf(x, False),
    "erfc": lambda x: erf(x, True),
    "gamma": gamma, "lgamma": lgamma, "digamma": digamma,
    "sigmoid": sigmoid, "logsigmoid": logsigmoid, "softsign": softsign,
    "silu": lambda x: x * sigmoid(x),
    "gelu_erf": lambda x: x * normal(x)[1],
    "gelu_tanh": lambda x: x * gelugate(x),
    "mish": mish,
    "tanhshrink": lambda x: x - tanh(x),
    "relu": relu, "relu6": relu6, "selu": selu, "hardsigmoid": hardsigmoid, "hardswish": hardswish,
    # Helpers of the texts.
    "invpos": positive(lambda x: 1 / x),
    "gauss": lambda x: exp(-x * x),
    "sec": lambda x: 1 / cos(x),
    "sech": lambda x: 1 / cosh(x),
    "rcbrt": off_zero(lambda x: 1 / cbrt(x)),
    "rcircle": rcircle,
    "hyperbola": hyperbola,
    "lorentzian": lambda x: 1 / (1 + x * x),
    "normpdf": lambda x: normal(x)[0],
    "normcdf": lambda x: normal(x)[1],
    "binentropy": binentropy,
    "gelugate": gelugate,
    "gelusech": lambda x: sqrt(gelugate(x) * gelugate(-x)),
    "expgap": lambda x: exp(x) - 1 - x * exp(x),
    "step": lambda x: pieces(x, (0, lambda x: Jet(0)), (None, lambda x: Jet(1))),
    "flat": lambda x: Jet(0),
}


# Functions of two variables.

def hypot(x, y):
    if x.v == 0 and y.v == 0:
        at_kink(mpf(0))
    return sqrt(x * x + y * y)


def power(x, y):
    """x to the y, for x < 0 too: then only whole y have a value, and no slope in y."""
    if x.v == 0:
        at_kink(None)
    if x.v > 0:
        return exp(y * log(x))
    if y.v != mp.floor(y.v):
        raise Undefined
    z = exp(Jet(y.v) * log(-x))
    c = z.c if y.v % 2 == 0 else (-z).c
    nan = mpf("nan")
    raise Parts(c[0], c[1], nan, c[3], nan, nan)


def falling(n):
    """The n-th derivative of power in x."""
    def f(x, y):
        if x.v == 0:
            at_kink(None)
        negative = x.v < 0
        if negative and y.v != mp.floor(y.v):
            raise Undefined
        z = 1
        if negative:
            x, y = -x, Jet(y.v)
        for k in range(n):
            z = z * (y - k)
        z = z * exp((y - n) * log(x))
        if not negative:
            return z
        c = z.c if (int(y.v) - n) % 2 == 0 else (-z).c
        nan = mpf("nan")
        raise Parts(c[0], c[1], nan, c[3], nan, nan)
    return f


def with_logs(f):
    def g(x, y):
        if x.v == 0:
            at_kink(None)
        return f(x, y, log(x))
    return g


def atan2(y, x):
    if y.v == 0 and x.v <= 0:
        at_kink(None)
    s = x * x + y * y
    gy, gx = x / s, -y / s
    return Jet(mp.atan2(y.v, x.v), gy.v, gx.v, gy.c[1], gy.c[2], gx.c[2])


def extremum(larger):
    def f(x, y):
        if x.v == y.v:
            at_kink(x.v)
        return x if (x.v > y.v) == larger else y
    return f


def copysign(x, y):
    if y.v == 0:
        at_kink(None)
    return absolute(x) if y.v > 0 else -absolute(x)


def truncated(x, y):
    """x/y rounded toward 0, exactly."""
    (s, m, e, _), (t, n, f, _) = x.v._mpf_, y.v._mpf_
    if n == 0:
        raise Undefined
    m, n = int(m), int(n)
    q = (m << max(0, e - f)) // (n << max(0, f - e))
    exact = q * (n << max(0, f - e)) == m << max(0, e - f)
    return (-q if s != t else q), exact


def mod(x, y):
    q, exact = truncated(x, y)
    with mp.workprec(8000):
        v = x.v - y.v * q
    if exact and x.v != 0:
        at_kink(v)
    return Jet(v, 1, -mpf(q))


def quotient(x, y):
    q, exact = truncated(x, y)
    if exact and x.v != 0:
        at_kink(mpf(q))
    return Jet(q)


def softplus(x, y):
    if y.v == 0:
        at_kink(None)
    return log(1 + exp(x * y)) / y


def negative_side(f):
    """x where it is positive, f(x, y) elsewhere."""
    def g(x, y):
        if x.v == 0 and y.v == 0:
            at_kink(None)
        if x.v == 0:
            at_kink(mpf(0))
        return x if x.v > 0 else f(x, y)
    return g


def celu(x, y):
    if y.v == 0:
        at_kink(None)
    return y * (exp(x / y) - 1)


def shrink(soft):
    def f(x, y):
        a = abs(x.v)
        if a == y.v or x.v == 0 and y.v < 0:
            at_kink(None)
        if a < y.v:
            return Jet(0)
        return x - (y if x.v > 0 else -y) if soft else x
    return f


def above(x, y):
    if x.v == y.v:
        at_kink(mpf(1) / 2)
    return Jet(1 if x.v > y.v else 0)


def fraction(x, y):
    if x.v < 0 or y.v < 0:
        at_kink(None)
    return x / (x + y)


def second_positive(f):
    """f where y > 0. It is linear in x whatever y is."""
    def g(x, y):
        if y.v < 0:
            nan = mpf("nan")
            raise Parts(nan, nan, nan, None, nan, nan)
        if y.v == 0:
            at_kink(None)
        return f(x, y)
    return g


def unit(x, y):
    return x / hypot(x, y)


TWO = {
    "hypot": hypot, "pow": power, "atan2": atan2,
    "logaddexp": lambda x, y: log(exp(x) + exp(y)),
    "xlogy": second_positive(lambda x, y: x * log(y)),
    "max": extremum(True), "min": extremum(False), "copysign": copysign, "mod": mod,
    "softplus": softplus,
    "leaky_relu": negative_side(lambda x, y: x * y),
    "elu": negative_side(lambda x, y: y * (exp(x) - 1)),
    "celu": negative_side(celu),
    "hardshrink": shrink(False), "softshrink": shrink(True),
    # Helpers of the texts.
    "powslope": falling(1),
    "powcurve": falling(2),
    "powlog": with_logs(lambda x, y, l: exp(y * l) * l),
    "powlog2": with_logs(lambda x, y, l: exp(y * l) * l * l),
    "powmix": with_logs(lambda x, y, l: exp((y - 1) * l) * (1 + y * l)),
    "unit": unit,
    "unitslope": lambda x, y: unit(y, x) * unit(y, x) / hypot(x, y),
    "unitcross": lambda x, y: unit(x, y) * unit(y, x) / hypot(x, y),
    "dipole": lambda x, y: x / (x * x + y * y),
    "quadrupole": lambda x, y: (x * x - y * y) / ((x * x + y * y) * (x * x + y * y)),
    "crosspole": lambda x, y: 2 * x * y / ((x * x + y * y) * (x * x + y * y)),
    "expdiff": lambda x, y: exp(x - y),
    "share": lambda x, y: exp(x) / (exp(x) + exp(y)),
    "xdivy": second_positive(lambda x, y: x / y),
    "xdivsquare": second_positive(lambda x, y: x / (y * y)),
    "fraction": fraction,
    "polygamma": polygamma,
    "above": above, "quotient": quotient,
    "pivot": lambda x, y: Jet(max(x.v, y.v)),
}

# What needs no more digits to begin with, because nothing small is left over from 1.
CHEAP = {"gamma": 400, "lgamma": 400, "digamma": 400, "polygamma": 400}


# Points.

SMALL, GREAT = 5e-324, sys.float_info.max


def spread(n):
    """n magnitudes from the least to the greatest, evenly in the logarithm."""
    lo, hi = math.log(5e-324), math.log(GREAT)
    mid = [math.exp(lo + (hi - lo) * (i + 0.5) / (n - 2)) for i in range(n - 2)]
    return [SMALL, *mid, GREAT]


def moderate(n, lo=1e-3, hi=1e3):
    rng = random.Random(n)
    return [math.exp(math.log(lo) + (math.log(hi) - math.log(lo)) * (i + rng.random()) / n) for i in range(n)]


def both(xs):
    return [s * x for x in xs for s in (1, -1)]


# Where some function of the table overflows, vanishes or changes its form.
EDGES = [
    709.782712893384, 710.4758600739439, 708.3964185322641, 744.4400719213812, 745.1332191019412, 354.891356446692,
    372.0, 1024.0, 1022.0, 1074.0, 1075.0, 1023.0, 512.0, 5.863584748755167, 26.543259, 27.226, 26.6, 37.5194, 38.4675,
    38.56, 8.29, 171.62437695630272, 170.6243, 177.7, 178.47, 12.0, 20.0, 22.0, 40.0, 800.0, 1.0, 2.0, 3.0, 6.0,
    0.5, 1.5, 2.5, 1e8, 1e16, math.sqrt(GREAT), math.sqrt(GREAT) / 2, 2**-511.0, 2**-537.0, 2**-538.0, 2**-1022.0,
    2**-1023.0, GREAT**(1 / 3), 2**-341.0, 2**-358.0, GREAT**0.2, GREAT**0.25, GREAT / 2, GREAT / 4, 2**-1021.0,
    math.pi, math.pi / 2, 11 * math.pi, 11.5 * math.pi, 1.4616321449683622, 0.1, 1e-5, 1e-8,
]


def around(edges):
    out = []
    for e in edges:
        for k in (-2, -1, 0, 1, 2):
            v = e
            for _ in range(abs(k)):
                v = math.nextafter(v, math.inf if k > 0 else 0)
            out.append(v)
        out += [e * 0.999, e * 1.001, e - 0.2, e + 0.2, e + 0.9]
    return [v for v in out if 0 < v < math.inf]


def points1():
    return unique(both([0.0] + spread(64) + moderate(60, 1e-20, 1e-3) + moderate(60) + around(EDGES)))


def points2(name):
    if name == "polygamma":
        return [(float(n), x) for n in range(5) for x in unique(both(spread(32) + moderate(40) + around(EDGES[23:38])))]
    out = [(x, y) for xs in [both(spread(32))] for x in xs for y in xs]
    xs = both(moderate(13, 1e-2, 1e2)) + both([0.0, 1.0])
    out += [(x, y) for x in xs for y in xs]
    rng = random.Random(2)
    levels = both([1e-9, 0.3, 2.0, 36.0, 350.0, 700.0, 709.5, 710.2, 712.0, 740.0, 745.0, 750.0])
    for level in levels:
        for k in range(-6, 7):  # where x·y, x/y, x-y or y·log x is just before an edge
            s = 10.0**(k * (50 if k % 2 else 4)) * (1 + rng.random()) * rng.choice((1, -1))
            level *= 1 + rng.random() / 1000
            out += [(level / s, s), (s, level / s), (level * s, s)]
            if abs(s) < 1e17:
                out += [(s + level, s)]
            if abs(level / s) < 709:
                out += [(math.exp(level / s), s)]
    for x in both(spread(16) + [1.0]):  # near ties
        out += [(x, math.nextafter(x, 0)), (math.nextafter(x, 0), x), (x, -math.nextafter(x, 0)), (x, x)]
    return unique([p for p in out if all(abs(v) <= GREAT for v in p)])


def unique(xs):
    return list({repr(x): x for x in xs}.values())


# Evaluation.

def rounded(m):
    """The float64 nearest to an mpf, ties to even, subnormal numbers included."""
    if mp.isnan(m):
        return math.nan
    if mp.isinf(m):
        return math.copysign(math.inf, m)
    sign, man, e, bits = m._mpf_
    man = int(man)
    top = e + bits
    if top > 1024:
        return -math.inf if sign else math.inf
    q = max(top - 53, -1074)
    shift = q - e
    if shift <= 0:
        n = man << -shift
    elif shift > bits + 1:
        n = 0
    else:
        n, rest = man >> shift, man & ((1 << shift) - 1)
        half = 1 << (shift - 1)
        if rest > half or rest == half and n & 1:
            n += 1
    v = math.inf if n.bit_length() + q > 1024 else math.ldexp(n, q)
    return -v if sign else v


def alike(p, q):
    if p is None or q is None:
        return p is q
    if mp.isnan(p) or mp.isnan(q):
        return mp.isnan(p) and mp.isnan(q)
    if max(abs(p), abs(q)) < mpf(2)**-1080 or min(abs(p), abs(q)) > mpf(2)**1030:
        return True
    return abs(p - q) <= mpf(2)**-200 * abs(p)


def once(f, x, bits):
    mp.prec = bits
    try:
        args = [Jet(x[0], 1)] if len(x) == 1 else [Jet(x[0], 1), Jet(x[1], 0, 1)]
        c = f(*args).c
    except Parts as p:
        c = p.c
    except Undefined:
        c = [None if any(v == 0 for v in x) else mpf("nan")] * 6
    return [c[i] for i in ((0, 1, 3) if len(x) == 1 else range(6))]


def evaluate(name, f, x):
    bits = CHEAP.get(name, START)
    a = once(f, x, bits)
    while True:
        bits *= 2
        b = once(f, x, bits)
        if all(alike(p, q) for p, q in zip(a, b)):
            return ["-" if v is None else repr(rounded(v)) for v in b]
        if bits > 40000:
            raise ArithmeticError(f"{name} at {x}: no digits at {bits} bits: {a} {b}")
        a = b


def block(job):
    name, one = job
    lines = [f"row {name}"]
    f = (ONE if one else TWO)[name]
    for x in [(x,) for x in points1()] if one else points2(name):
        lines.append(" ".join([*map(repr, x), *evaluate(name, f, x)]))
    print(name, len(lines), file=sys.stderr, flush=True)
    return "\n".join(lines) + "\n"


def check(job):
    """Holds first derivatives against differences of values, second against differences of first ones."""
    name, one = job
    f = (ONE if one else TWO)[name]
    xs = [(x,) for x in points1()] if one else points2(name)
    n = 0
    for x in xs[:: 7 if one else 97]:
        if 0 in x or name in ("gamma", "lgamma", "digamma", "polygamma") and abs(x[-1]) > 1e3:
            continue
        bits = 1200 if name in CHEAP else 12000
        mp.prec = bits
        h = [abs(mpf(v)) * mpf(2)**-(bits // 4) * min(1, 1 / abs(mpf(v))) for v in x]
        here = once(f, x, bits)
        if None in here:
            continue
        for k in range(len(x)):
            lo, hi = ([mpf(v) + s * h[k] * (i == k) for i, v in enumerate(x)] for s in (-1, 1))
            a, b = once(f, lo, bits), once(f, hi, bits)
            pairs = {(1, 0): [(0, 1), (1, 2)], (2, 0): [(0, 1), (1, 3), (2, 4)], (2, 1): [(0, 2), (1, 4), (2, 5)]}[len(x), k]
            for i, j in pairs:
                if any(v is None or mp.isnan(v) for v in (a[i], b[i], here[j])):
                    continue
                d = (b[i] - a[i]) / (2 * h[k])
                n += 1
                if abs(d - here[j]) > mpf(2)**-60 * abs(d) and max(abs(d), abs(here[j])) > mpf(2)**-1080:
                    print("WRONG", name, x, i, j, mp.nstr(d, 20), mp.nstr(here[j], 20))
    return f"{name}: {n} derivatives checked"


def main():
    jobs = [(n, True) for n in ONE], [(n, False) for n in TWO]
    here = os.path.dirname(os.path.abspath(__file__))
    with Pool() as pool:
        if "check" in sys.argv:
            for line in pool.imap(check, jobs[0] + jobs[1], 1):
                print(line, flush=True)
            return
        for arity, js in zip((1, 2), jobs):
            path, blocks, again = os.path.join(here, f"sweep{arity}.txt.gz"), {}, sys.argv[1:]
            if again:
                with gzip.open(path, "rt") as old:
                    blocks = {b.split("\n", 1)[0]: "row " + b for b in old.read().split("row ")[1:]}
            todo = [j for j in js if not again or j[0] in again]
            blocks |= zip([n for n, _ in todo], pool.imap(block, todo, 1))
            with open(path, "wb") as out:
                with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0, filename="") as z:
                    z.write("".join(blocks[n] for n, _ in js if n in blocks).encode())


if __name__ == "__main__":
    main()
