"""Auto on short series: the last months before an origin alone, of the series that choose.py judges.

    python short.py PROGRAM FOLDER M3.csv.gz OFFICIAL.csv LENGTHS TRADE.csv…

PROGRAM is the release build of CombinationMembers, FOLDER takes what it writes, LENGTHS are numbers of months such as 14,18,24,30,36,48. Errors are
scaled by the mean yearly difference of all that lies before the origin (126 months at most), so that lengths compare. Five origins of M3's training spans, every fifth month
of the trade series, three origins of official statistics. Prints Markdown: the scores of each model, and the weights, linear in the step, that do best on the
three collections together, from which those of `AutoTable.short` were rounded.
"""
import sys
import numpy as np
from fitting import fitted
from windows import H, Set, collection, official, trade, write

program, folder, m3, statistics, lengths, *files = sys.argv[1:]
MODELS = ["auto", "autofast", "armashrunken", "airlogshrunken", "snaive", "ets", "etsnone", "arima", "ces", "dot"]
# What a short series may be forecast by; where one of them has no forecast, the value of the same month, or else the shrunken model, stands in.
CANDIDATES = [m for m in MODELS if not m.startswith("auto")]


def stretches(n):
    """The collections: names, starts, all values before the origin, and those after it."""
    least = max(n, 36)
    yield "M3 inside", [(f"{name}@{cut}", start, x[:-cut], x[-cut:]) for name, start, x, _ in collection(m3)
                        for cut in (18, 31, 44, 57, 70) if len(x) - cut >= least]
    yield "trade", [(f"{name}@{o}", start, v[:o], v[o:]) for name, start, v in trade(files) for o in range(least, len(v) - H + 1, 5)]
    yield "official", [s for s in official(statistics) if "@all" in s[0] and len(s[2]) >= least]


def scores(s, f):
    error = np.abs(s.y - f)
    scaled, share = error / s.scale[:, None], 200 * error / np.maximum(np.abs(s.y) + np.abs(f), 1e-300)
    return [np.nanmean(scaled), np.nanmean(share), np.nanmean(scaled[:, :3]), np.nanmean(share[:, :3])]


def best(sets):
    """The weights fitted to the sets, the models that can have one, and the points of the combination in each set."""
    models = [m for m in CANDIDATES if all(np.isfinite(s.points(m)).all(1).mean() > 0.9 for s in sets)]
    fallback = "snaive" if "snaive" in models else "armashrunken"
    points = [np.stack([np.where(np.isfinite(s.points(m)), s.points(m), s.points(fallback)) for m in models]) for s in sets]
    weights = fitted(sets, points, [p[models.index("armashrunken")] for p in points], [1 / len(sets)] * len(sets))
    return weights, models, [np.einsum("mh,mnh->nh", weights, p) for p in points]


for n in map(int, lengths.split(",")):
    names, sets = [], []
    columns = {m: [] for m in MODELS}
    for name, all_before in stretches(n):
        label = name.replace(" ", "-") + str(n)
        write(folder, label, [(k, start + len(x) - n, x[-n:], after) for k, start, x, after in all_before])
        s = Set(folder, label, program, MODELS)
        past = [x[-126:] for _, _, x, _ in all_before]
        s.scale = np.array([np.mean(np.abs(x[12:] - x[:-12])) for x in past])
        s.scale[~(s.scale > 0)] = np.nan
        sets.append(s)
        names.append(f"{name} ({len(all_before)}): MASE | sMAPE | MASE 1–3 | sMAPE 1–3 | 95 % covers")
        for m in MODELS:
            f, lower, upper = (s.law[m][:, part, :H] for part in range(3))
            known = np.isfinite(f).all(1).mean() > 0.99
            columns[m] += scores(s, f) + s.intervals(lower, upper)[:1] if known else [np.nan] * 5
    weights, models, combined = best(sets)
    columns["fitted to all"] = [x for s, f in zip(sets, combined) for x in [*scores(s, f), np.nan]]
    print(f"\n{n} months\n\n| model | " + " | ".join(names) + " |\n|---|" + "---|" * (5 * len(names)))
    for m, cells in columns.items():
        print(f"| {m} | " + " | ".join("" if np.isnan(x) else f"{x:.3f}" for x in cells) + " |")
    shares = [f"{m} {100 * w[0]:.0f} to {100 * w[-1]:.0f}" for m, w in zip(models, weights) if max(w[0], w[-1]) >= 0.015]
    print("\nWeights of the fit to all, per cent in step 1 to 18: " + ", ".join(shares) + ".")
