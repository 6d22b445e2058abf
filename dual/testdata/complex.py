"""Writes complex.txt.gz: values and derivatives of functions of a complex number, with 700 digits
and rounded once. A part that is 0 is taken as 1e-80 of its sign, so that it says on which side of
a branch cut the number is (C99, Annex G); parts of a result that are so small are zeros of a sign.

    python3 complex.py
"""
import gzip, io
import mpmath as mp

mp.mp.dps = 700
one, two = mp.mpf(1), mp.mpf(2)
functions = {
    'sqrt': (mp.sqrt, lambda z: 1/(2*mp.sqrt(z))),
    'rsqrt': (lambda z: 1/mp.sqrt(z), lambda z: -1/(2*z*mp.sqrt(z))),
    'log': (mp.log, lambda z: 1/z),
    'log2': (lambda z: mp.log(z)/mp.log(2), lambda z: 1/(z*mp.log(2))),
    'log10': (lambda z: mp.log(z)/mp.log(10), lambda z: 1/(z*mp.log(10))),
    'log1p': (lambda z: mp.log(1 + z), lambda z: 1/(1 + z)),
    'exp': (mp.exp, mp.exp),
    'expm1': (lambda z: mp.exp(z) - 1, mp.exp),
    'sin': (mp.sin, mp.cos),
    'cos': (mp.cos, lambda z: -mp.sin(z)),
    'tan': (mp.tan, lambda z: 1/mp.cos(z)**2),
    'sinh': (mp.sinh, mp.cosh),
    'cosh': (mp.cosh, mp.sinh),
    'tanh': (mp.tanh, lambda z: 1/mp.cosh(z)**2),
    'asin': (mp.asin, lambda z: 1/(mp.sqrt(1 - z)*mp.sqrt(1 + z))),
    'acos': (mp.acos, lambda z: -1/(mp.sqrt(1 - z)*mp.sqrt(1 + z))),
    'atan': (mp.atan, lambda z: 1/((1 + 1j*z)*(1 - 1j*z))),
    'asinh': (mp.asinh, lambda z: 1/(mp.sqrt(1 + 1j*z)*mp.sqrt(1 - 1j*z))),
    'acosh': (mp.acosh, lambda z: 1/(mp.sqrt(z - 1)*mp.sqrt(z + 1))),
    'atanh': (mp.atanh, lambda z: 1/((1 - z)*(1 + z))),
}
entire = ('exp', 'expm1', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh')
parts = [0.0, 1e-20, 0.5, 1.0, 2.0, 30.0, 1e300]
parts += [-p for p in parts]


def side(p):
    return mp.mpf(p) if p else mp.mpf('1e-80')*(1 if str(p) == '0.0' else -1)


def text(p, w):
    if abs(p) < mp.mpf('1e-60')*abs(w) or -400 < mp.mag(p) < -200:
        return '0' if p >= 0 else '-0'
    return '%.17g' % float(p)


out = io.StringIO()
for name, (f, slope) in functions.items():
    for x in parts:
        for y in parts:
            if name in entire and max(abs(x), abs(y)) > 100:
                continue
            w, d = (g(mp.mpc(side(x), side(y))) for g in (f, slope))
            size = max(abs(w), abs(d))
            if size > mp.mpf('1e35'):  # a pole, of which the side is not the point
                continue
            print(name, '%g %g' % (x, y), text(w.real, w), text(w.imag, w), text(d.real, d), text(d.imag, d), file=out)
with open('complex.txt.gz', 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, 0) as file:
    file.write(out.getvalue().encode())
