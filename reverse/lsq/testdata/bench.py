"""Times scipy's least_squares on NIST's regressions and on test problems, for the table in
PERFORMANCE.md. Run it in this folder: python3 bench.py (scipy 1.10)."""
import json
import math
import time
import warnings
import numpy as np
from scipy.optimize import least_squares

warnings.filterwarnings("ignore")
names = {k: getattr(np, k) for k in ["exp", "sqrt", "log", "sin", "cos", "abs"]} | {"arctan": np.arctan, "atan": np.arctan, "pi": math.pi}


def number(v):
    return float(v)


def regressions():
    cases = json.load(open("../../../internal/golden/testdata/nist.json"))["cases"]
    for c in cases:
        # "b1" as "b[1]" may be written; the datasets' own notation is Python's.
        text = c["params"]["model"].replace("[", "").replace("]", "").replace("^", "**")
        code = compile(text, c["id"], "eval")
        data = {k: np.array([number(v) for v in a["data"]]) for k, a in c["inputs"].items()}
        response = eval(c["params"]["response"], names, data)
        certified = np.array([number(v) for v in c["certified"]["data"]])

        def residuals(b, code=code, data=data, response=response):
            return eval(code, names, data | {f"b{i+1}": v for i, v in enumerate(b)}) - response

        for start in ["start1", "start2"]:
            yield c["params"]["name"] + " " + start, residuals, np.array([number(v) for v in c[start]["data"]]), certified


def complex_step(f):
    def jacobian(x):
        columns = []
        for k in range(len(x)):
            z = x.astype(complex)
            z[k] += 1e-30j
            columns.append(np.imag(f(z)) / 1e-30)
        return np.stack(columns, axis=1)

    return jacobian


def digits(got, want):
    with np.errstate(divide="ignore"):
        return min(11, np.min(-np.log10(np.abs(got - want) / np.abs(want))))


for method in ["lm", "trf", "dogbox"]:
    found, close, evaluations, seconds, count = 0, [], [], 0.0, 0
    for name, f, start, certified in regressions():
        best = math.inf
        for _ in range(3):
            t = time.perf_counter()
            try:
                r = least_squares(f, start, complex_step(f), method=method, x_scale="jac", ftol=1e-15, xtol=1e-15, gtol=1e-15, max_nfev=20000)
            except Exception:  # the residuals are not finite
                r = None
            best = min(best, time.perf_counter() - t)
            if r is None or best > 2:
                break
        count += 1
        seconds += best
        d = digits(r.x, certified) if r is not None else 0
        if d >= 6:
            found += 1
            close.append(d)
            evaluations.append(r.nfev)
        else:
            print(f"  {method} {name}: {d:.1f} digits")
    print(f"{method}: {found} of {count} to 6 digits; the worst of these {min(close):.1f}, {sum(1 for d in close if d >= 10)} to 10;"
          f" evaluations {math.exp(np.mean(np.log(evaluations))):.1f} in the geometric mean; {seconds*1e3:.0f} ms in all", flush=True)
