"""Writes statsmodels.csv: run as `python statsmodels_reference.py` in this folder, statsmodels 0.15.0, NumPy 2.4.6, SciPy 1.17.1."""

import csv
from collections import defaultdict

import numpy as np
import statsmodels.api as sm
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.stats.stattools import durbin_watson, jarque_bera

data = defaultdict(list)
with open("../m3/series.csv") as f:
    for row in csv.DictReader(f):
        data[row["series"]].append((row["date"], float(row["value"])))

rows = []
for name, points in data.items():
    for transform in ("none", "log"):
        y = np.array([v for _, v in points])
        y = np.log(y) if transform == "log" else y
        month = np.array([int(d[5:]) for d, _ in points])
        n = len(y)
        X = np.column_stack([np.ones(n), np.arange(1, n + 1)] + [(month == m).astype(float) for m in range(2, 13)])
        fit = sm.OLS(y, X).fit()
        q = {
            "logLikelihood": fit.llf, "rSquared": fit.rsquared, "adjustedRSquared": fit.rsquared_adj,
            "F": fit.fvalue, "F p": fit.f_pvalue, "sigma": np.sqrt(fit.mse_resid),
            "leverage 1": fit.get_influence().hat_matrix_diag[0],
            "durbinWatson": durbin_watson(fit.resid),
        }
        q["jarqueBera"], q["jarqueBera p"] = jarque_bera(fit.resid)[:2]
        for lags, fitted in ((12, 0), (24, 2)):
            lb = acorr_ljungbox(fit.resid, lags=[lags], model_df=fitted)
            q[f"ljungBox {lags} {fitted}"] = lb["lb_stat"].iloc[0]
            q[f"ljungBox {lags} {fitted} p"] = lb["lb_pvalue"].iloc[0]
        for lag in (0, 4, 12):
            for correction in (False, True):
                hac = fit.get_robustcov_results("HAC", maxlags=lag, use_correction=correction, use_t=True)
                for j, term in ((0, "(Intercept)"), (1, "trend"), (6, "season6")):
                    q[f"hac {lag} {correction} {term}"] = hac.bse[j]
                    q[f"hac p {lag} {correction} {term}"] = hac.pvalues[j]
        rows += [(name, transform, key, repr(float(value))) for key, value in q.items()]

with open("statsmodels.csv", "w", newline="") as f:
    writer = csv.writer(f, lineterminator="\n")
    writer.writerow(("series", "transform", "quantity", "value"))
    writer.writerows(rows)
