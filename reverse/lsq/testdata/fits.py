"""Writes fits.json: fits of a decay a·exp(-b·t) + c to data with outliers, by scipy's
least_squares and curve_fit. Run it in this folder: python3 fits.py (scipy 1.10)."""
import json
import numpy as np
from scipy.optimize import curve_fit, least_squares

r = np.random.RandomState(3)
t = np.linspace(0, 4, 25)
y = 3 * np.exp(-1.3 * t) + 0.5 + 0.05 * r.randn(t.size)
y[[3, 9, 17]] += [2, -1.5, 4]
y = np.round(y, 6)
sigma = np.round(0.05 + 0.05 * r.rand(t.size), 6)
start = [2.0, 1.0, 0.0]


def residuals(x):
    return x[0] * np.exp(-x[1] * t) + x[2] - y


def jacobian(x):
    e = np.exp(-x[1] * t)
    return np.stack([e, -x[0] * t * e, np.ones_like(t)], axis=1)


def fit(bounds=(-np.inf, np.inf), **options):
    options["bounds"] = bounds
    f = least_squares(residuals, np.clip(start, *bounds), jacobian, ftol=1e-15, xtol=1e-15, gtol=1e-15, max_nfev=5000, **options)
    # A restart at the solution: differences in the last digits show.
    f = least_squares(residuals, f.x, jacobian, ftol=1e-15, xtol=1e-15, gtol=1e-15, max_nfev=5000, **options)
    return {"x": f.x.tolist(), "cost": f.cost, "active": f.active_mask.tolist()}


out = {"t": t.tolist(), "y": y.tolist(), "sigma": sigma.tolist(), "start": start, "losses": {}, "bounds": []}
for loss in ["linear", "huber", "soft_l1", "cauchy", "arctan"]:
    for scale in [0.1, 0.5, 2.0]:
        out["losses"][f"{loss} {scale}"] = {"loss": loss, "scale": scale, **fit(loss=loss, f_scale=scale)}
for lower, upper in [([0, 0, 0], [10, 0.5, 10]), ([2.5, 0.2, -1], [10, 10, 0.1]), ([0, 1.5, 0.9], [2, 10, 10]), ([-1, -1, -1], [9, 9, 9])]:
    out["bounds"].append({"lower": lower, "upper": upper, **fit(bounds=(lower, upper), method="dogbox")})

model = lambda t, a, b, c: a * np.exp(-b * t) + c
tight = dict(jac=lambda t, *x: jacobian(x), ftol=1e-15, xtol=1e-15, gtol=1e-15)
for name, absolute in [("absolute", True), ("relative", False)]:
    x, covariance = curve_fit(model, t, y, start, sigma=sigma, absolute_sigma=absolute, **tight)
    out[name] = {"x": x.tolist(), "covariance": covariance.ravel().tolist()}
with open("fits.json", "w") as file:
    json.dump(out, file, indent=1)
    file.write("\n")
