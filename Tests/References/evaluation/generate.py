"""Reference values of the measures and tests of accuracy: python generate.py, in this folder.

Measures are written out here with numpy, not with the library under test; CRPS, interval scores and energy scores come from scoringrules,
significance from scipy and scikit-posthocs (versions in README.md).
"""
import csv
import numpy as np
import scipy.stats as st
import scoringrules as sr
import scikit_posthocs as ph

rng = np.random.default_rng(20261126)


def write(name, header, rows):
    with open(name, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header)
        for row in rows:
            w.writerow([repr(float(x)) if isinstance(x, (float, np.floating)) else x for x in row])


# Scores of single laws.
rows = []
for _ in range(12):
    m, s, y = rng.normal(0, 5), rng.gamma(2), rng.normal(0, 6)
    rows.append(["normal", m, s, 0.0, y, float(sr.crps_normal(y, m, s)), st.norm.cdf(y, m, s)])
for nu in [1.5, 2.0, 3.0, 7.0, 30.0, 200.0]:
    for _ in range(2):
        m, s, y = rng.normal(0, 5), rng.gamma(2), rng.normal(0, 6)
        rows.append(["student", m, s, nu, y, float(sr.crps_t(y, nu, m, s)), st.t.cdf(y, nu, m, s)])
write("laws.csv", ["law", "mean", "scale", "freedom", "y", "crps", "cumulative"], rows)

# Draws: 6 paths of 3 steps each.
rows = []
for case in range(4):
    paths = rng.normal(10, 3, size=(6, 3))
    y = rng.normal(10, 3, size=3)
    crps = [float(sr.crps_ensemble(y[h], paths[:, h], estimator="nrg")) for h in range(3)]
    energy = float(sr.es_ensemble(y, paths, estimator="fair"))
    for h in range(3):
        rows.append([case, h, *paths[:, h].tolist(), y[h], crps[h], energy])
write("draws.csv", ["case", "step"] + [f"x{i}" for i in range(6)] + ["y", "crps", "energy"], rows)

# A small backtest by the seasonal naive method: two series of quarters, three origins two quarters apart, four steps.
rows, panel = [], []
for name, n in [("a", 25), ("b", 20)]:
    t = np.arange(n)
    y = 50 + 2 * t + np.array([5.0, -3, 0, -2])[t % 4] + rng.normal(0, 4, n)
    panel.append((name, np.round(y, 2)))
    rows += [[name, i, v] for i, v in enumerate(np.round(y, 2).tolist())]
write("series.csv", ["series", "t", "y"], rows)

m, H, step, origins = 4, 4, 2, 3
per = {}
for name, y in panel:
    cells = []
    for o in [len(y) - H - step * i for i in range(origins)][::-1]:
        d = np.abs(y[m:o] - y[: o - m])
        sigma2 = np.mean((y[m:o] - y[: o - m]) ** 2)
        for h in range(H):
            f = y[o + h - m]
            half = st.t.ppf(0.9, o - m) * np.sqrt(sigma2)
            cells.append((h, y[o + h], f, d.mean(), np.mean(d**2), f - half, f + half))
    per[name] = cells


def measures(cells):
    y, f, s, q, lo, hi = (np.array([c[i] for c in cells]) for i in range(1, 7))
    e = y - f
    alpha = 0.2
    score = float(np.mean(sr.interval_score(y, lo, hi, alpha) / s))
    pin = 0.5 * (sr.quantile_score(y, lo, 0.1) + sr.quantile_score(y, hi, 0.9))
    return {
        "ME": e.mean(), "MAE": np.abs(e).mean(), "RMSE": np.sqrt((e**2).mean()), "MAPE": 100 * np.abs(e / y).mean(),
        "sMAPE": (200 * np.abs(e) / (np.abs(y) + np.abs(f))).mean(), "WAPE": 100 * np.abs(e).sum() / np.abs(y).sum(),
        "bias": 100 * e.sum() / np.abs(y).sum(), "MASE": (np.abs(e) / s).mean(), "RMSSE": np.sqrt((e**2 / q).mean()),
        "MSIS 80": score, "coverage 80": 100 * np.mean((lo <= y) & (y <= hi)), "pinball": np.mean(pin / s),
        "width 80": np.mean((hi - lo) / s),
    }


rows = []
for label, keep in [("1", [0]), ("4", [3]), ("all", [0, 1, 2, 3])]:
    values = [measures([c for c in per[n] if c[0] in keep]) for n, _ in panel]
    for key in values[0]:
        rows.append([label, key, values[0][key], values[1][key], np.mean([v[key] for v in values])])
write("measures.csv", ["steps", "measure", "a", "b", "mean"], rows)

# Diebold-Mariano with the correction of Harvey, Leybourne and Newbold, written out.
rows = []
for case, (n, h) in enumerate([(20, 1), (40, 3), (60, 6), (15, 4)]):
    a = np.abs(rng.normal(0, 1, n)).cumsum() / 3 + rng.normal(0, 1, n) ** 2
    b = np.abs(a + rng.normal(0.3, 1, n))
    d = a - b
    g = [np.sum((d[k:] - d.mean()) * (d[: n - k] - d.mean())) / n for k in range(h)]
    v = (g[0] + 2 * sum(g[1:])) / n
    if v <= 0:
        v = (g[0] + 2 * sum((1 - k / h) * g[k] for k in range(1, h))) / n
    stat = d.mean() / np.sqrt(v) * np.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n)
    p = 2 * st.t.sf(abs(stat), n - 1)
    rows += [[case, h, a[i], b[i], stat, p] for i in range(n)]
write("diebold-mariano.csv", ["case", "horizon", "a", "b", "statistic", "p"], rows)

# Friedman and Nemenyi: 25 series, 5 models, with ties.
x = np.round(rng.gamma(2, 1, size=(25, 5)) + np.array([0, 0.3, 0.6, 0.9, 0.2]), 1)
friedman = st.friedmanchisquare(*x.T)
nemenyi = ph.posthoc_nemenyi_friedman(x).to_numpy()
ranks = np.mean([st.rankdata(r) for r in x], axis=0)
write("ranks-losses.csv", [f"m{i}" for i in range(5)], x.tolist())
rows = [["rank", i, i, ranks[i]] for i in range(5)]
rows += [["statistic", 0, 0, friedman.statistic], ["p", 0, 0, friedman.pvalue]]
rows += [["nemenyi", i, j, nemenyi[i, j]] for i in range(5) for j in range(i)]
write("ranks.csv", ["what", "a", "b", "value"], rows)

# The range of k standard normal variables: scipy's studentized range with infinitely many degrees of freedom.
rows = []
for k in [2, 3, 5, 10, 20]:
    for q in [0.5, 2.0, 3.5, 6.0]:
        rows.append(["cumulative", k, q, float(st.studentized_range.cdf(q, k, np.inf))])
    for p in [0.1, 0.05, 0.01]:
        rows.append(["quantile", k, p, float(st.studentized_range.isf(p, k, np.inf))])
write("normal-range.csv", ["what", "k", "argument", "value"], rows)
