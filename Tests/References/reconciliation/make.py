"""Writes base.csv, past.csv and expected.csv beside this file: hierarchicalforecast's results on a small hierarchy.

python -m venv v && v/bin/pip install hierarchicalforecast==1.5.3 && v/bin/python make.py
"""
import csv
import pathlib

import numpy as np
from hierarchicalforecast.methods import ERM, BottomUp, MiddleOut, MinTrace, TopDown

here = pathlib.Path(__file__).parent
names = ["world", "america", "asia", "peru", "mexico", "bolivia", "korea", "japan"]
S = np.array(
    [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0], [0, 0, 0, 1, 1]] + np.eye(5).tolist(), dtype=float)
tags = {"world": np.array([0]), "region": np.array([1, 2]), "country": np.arange(3, 8)}
rng = np.random.default_rng(20261126)
n, h = 40, 3
common = rng.normal(size=n)
bottom = np.array([60, 30, 15, 25, 10])[:, None] * (
    1 + 0.004 * np.arange(n)[None, :] + 0.05 * rng.normal(size=(5, n)) + 0.04 * common[None, :])
y = np.round(S @ np.round(bottom, 3), 3)
fitted = np.round(y + np.array([4, 3, 2, 2.5, 1.5, 1, 1.2, 0.8])[:, None] * rng.normal(size=(8, n)) + common, 3)
base = np.round(y[:, -1:] * (1 + 0.01 * np.arange(1, h + 1)) + rng.normal(size=(8, h)) * 3, 3)


def write(name, header, rows):
    with open(here / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


write("base.csv", ["node"] + [f"h{i + 1}" for i in range(h)],
      [[name] + [repr(float(x)) for x in row] for name, row in zip(names, base)])
write("past.csv", ["t"] + [f"{kind}_{name}" for kind in ("y", "fit") for name in names],
      [[t] + [repr(float(x)) for x in np.concatenate([y[:, t], fitted[:, t]])] for t in range(n)])

past = dict(y_insample=y, y_hat_insample=fitted)
runs = {
    "bottomUp": BottomUp().fit_predict(S=S, y_hat=base),
    "ols": MinTrace("ols").fit_predict(S=S, y_hat=base),
    "structural": MinTrace("wls_struct").fit_predict(S=S, y_hat=base),
    "variances": MinTrace("wls_var").fit_predict(S=S, y_hat=base, **past),
    "minTSample": MinTrace("mint_cov").fit_predict(S=S, y_hat=base, **past),
    "minTShrunk": MinTrace("mint_shrink", mint_shr_ridge=0.0).fit_predict(S=S, y_hat=base, **past),
    # ERM looks at the last h periods only; a longer base makes it take all.
    "empiricalRisk": ERM("closed").fit_predict(
        S=S, y_hat=np.hstack([base, np.repeat(base[:, -1:], n - h, axis=1)]), **past),
    "topDown-average": TopDown("average_proportions").fit_predict(S=S, y_hat=base, y_insample=y, tags=tags),
    "topDown-ofAverages": TopDown("proportion_averages").fit_predict(S=S, y_hat=base, y_insample=y, tags=tags),
    "topDown-forecasts": TopDown("forecast_proportions").fit_predict(S=S, y_hat=base, tags=tags),
    "middleOut-average": MiddleOut("region", "average_proportions").fit_predict(
        S=S, y_hat=base, y_insample=y, tags=tags),
    "middleOut-ofAverages": MiddleOut("region", "proportion_averages").fit_predict(
        S=S, y_hat=base, y_insample=y, tags=tags),
    "middleOut-forecasts": MiddleOut("region", "forecast_proportions").fit_predict(
        S=S, y_hat=base, y_insample=y, tags=tags),
}
rows = []
for run, result in runs.items():
    for name, values in zip(names, result["mean"]):
        rows.append([run, name] + [repr(float(x)) for x in values[:h]])
write("expected.csv", ["run", "node"] + [f"h{i + 1}" for i in range(h)], rows)
