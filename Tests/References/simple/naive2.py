"""Reference values of M4's Naive2 and of the overall weighted average: python naive2.py, in this folder.

Written from the description in Makridakis, Spiliotis and Assimakopoulos (2020), doi:10.1016/j.ijforecast.2019.04.014, with numpy, not with the
library under test: autocorrelation test at 90 %, classical multiplicative decomposition, naive forecast, season put back.
"""
import csv
import numpy as np


def is_seasonal(y, m):
    n = len(y)
    if m == 1 or n < 3 * m:
        return False
    d = y - y.mean()
    r = np.array([np.sum(d[k:] * d[: n - k]) for k in range(1, m + 1)]) / np.sum(d * d)
    return abs(r[m - 1]) > 1.644853626951472714 * np.sqrt((1 + 2 * np.sum(r[: m - 1] ** 2)) / n)


def factors(y, m):
    weights = np.ones(m) if m % 2 else np.r_[0.5, np.ones(m - 1), 0.5]
    trend = np.convolve(y, weights / m, mode="valid")
    half = (len(y) - len(trend)) // 2
    ratio = np.full(len(y), np.nan)
    ratio[half : half + len(trend)] = y[half : half + len(trend)] / trend
    figure = np.array([np.nanmean(ratio[s::m]) for s in range(m)])
    return figure / figure.mean()


def naive2(y, m, horizon):
    if not is_seasonal(y, m):
        return False, np.full(horizon, y[-1])
    f = factors(y, m)
    level = y[-1] / f[(len(y) - 1) % m]
    return True, np.array([level * f[(len(y) + h) % m] for h in range(horizon)])


panel = {}
for row in csv.DictReader(open("../m3/series.csv")):
    panel.setdefault(row["series"], []).append(float(row["value"]))
quarters = {}
for row in csv.DictReader(open("../evaluation/series.csv")):
    quarters.setdefault(row["series"], []).append(float(row["y"]))

with open("naive2.csv", "w", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(["series", "period", "length", "seasonal", "h", "mean"])
    for m, group in [(12, panel), (4, quarters)]:
        for name, values in group.items():
            for length in [len(values), 3 * m, 3 * m - 1]:
                seasonal, forecast = naive2(np.array(values[:length]), m, 18)
                for h in [1, 2, 12, 18]:
                    w.writerow([name, m, length, int(seasonal), h, repr(float(forecast[h - 1]))])

# The last 18 months of each monthly series hidden: means over months and series, then ratios to Naive2, then their mean.
losses = {"naive2": [], "snaive": [], "naive": []}
for values in panel.values():
    y, came = np.array(values[:-18]), np.array(values[-18:])
    scale = np.mean(np.abs(y[12:] - y[:-12]))
    forecasts = {
        "naive2": naive2(y, 12, 18)[1],
        "snaive": np.array([y[len(y) - 12 + h % 12] for h in range(18)]),
        "naive": np.full(18, y[-1]),
    }
    for name, f in forecasts.items():
        e = np.abs(came - f)
        losses[name].append((np.mean(200 * e / (np.abs(came) + np.abs(f))), np.mean(e / scale)))
with open("owa.csv", "w", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(["model", "smape", "mase", "owa"])
    base = np.mean(losses["naive2"], axis=0)
    for name, values in losses.items():
        mean = np.mean(values, axis=0)
        w.writerow([name] + [repr(float(x)) for x in [*mean, np.mean(mean / base)]])
