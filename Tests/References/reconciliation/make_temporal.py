"""Writes temporal.csv and temporal-residuals.csv beside this file: a year of months, made coherent with its sums.

python -m venv v && v/bin/pip install hierarchicalforecast==1.5.3 && v/bin/python make_temporal.py
"""
import csv
import pathlib

import numpy as np
from hierarchicalforecast.methods import MinTrace

here = pathlib.Path(__file__).parent
lengths = [12, 6, 4, 3, 2, 1]
rows = []
for length in lengths:
    for place in range(12 // length):
        row = np.zeros(12)
        row[place * length:(place + 1) * length] = 1
        rows.append(row)
S = np.array(rows)
label = [(length, place + 1) for length in lengths for place in range(12 // length)]
rng = np.random.default_rng(20261127)
season = np.array([9, -8, 3, 1, 0, -3, 2, 4, -1, 5, 2, 6.0])
base = np.round(S @ (100 + season) + rng.normal(size=len(S)) * 5, 3)[:, None]
years = 6
residuals = {}
for length in lengths:
    e = rng.normal(size=years * 12 // length + 1) * (2 + length ** 0.7)
    residuals[length] = np.round(e[1:] + 0.5 * e[:-1], 3)

# Mean squares of all residuals of a length: each node gets all of them, repeated so that every row is as long.
series = np.array([np.tile(residuals[length], length) for length, _ in label])
# Mean squares by place of the year.
node = np.array([residuals[length].reshape(years, -1)[:, place - 1] for length, place in label])


def wls_var(errors):
    zero = np.zeros_like(errors)
    return MinTrace("wls_var").fit_predict(S=S, y_hat=base, y_insample=errors, y_hat_insample=zero)["mean"][:, 0]


# Toeplitz blocks of autocovariances that divide by n, and generalised least squares by numpy.
W = np.zeros((len(S), len(S)))
first = 0
for length in lengths:
    e, size = residuals[length], 12 // length
    gamma = [np.sum(e[k:] * e[:len(e) - k]) / len(e) for k in range(size)]
    W[first:first + size, first:first + size] = [[gamma[abs(i - j)] for j in range(size)] for i in range(size)]
    first += size
V = np.linalg.solve(W, S)
autocovariance = (S @ np.linalg.solve(S.T @ V, V.T @ base))[:, 0]

results = {
    "structural": MinTrace("wls_struct").fit_predict(S=S, y_hat=base)["mean"][:, 0],
    "series": wls_var(series),
    "hierarchy": wls_var(node),
    "autocovariance": autocovariance,
}
with open(here / "temporal.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["length", "place", "base"] + list(results))
    for i, (length, place) in enumerate(label):
        writer.writerow([length, place, repr(float(base[i, 0]))] + [repr(float(r[i])) for r in results.values()])
with open(here / "temporal-residuals.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["length", "residual"])
    for length in lengths:
        writer.writerows([length, repr(float(x))] for x in residuals[length])
