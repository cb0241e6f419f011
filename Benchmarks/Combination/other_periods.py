"""Auto on quarters and years: the sums of the series that choose.py judges.

    python other_periods.py PROGRAM FOLDER M3.csv.gz OFFICIAL.csv TRADE.csv…

PROGRAM is the release build of CombinationMembers, FOLDER takes what it writes. Of quarters the next six are forecast, of years the next four; errors
are scaled by the mean difference from a year before. Three origins, of the trade series one every half horizon. Prints Markdown.
"""
import os
import subprocess
import sys
import numpy as np
from windows import collection, trade

program, folder, m3, statistics, *files = sys.argv[1:]
MODELS = ["auto", "autofast", "ets", "calibratedets", "arima", "ces", "dot", "snaive"]


def sums(start, values, months):
    """The first whole calendar period's number, and the sums of all whole ones."""
    first = -start % months
    count = (len(values) - first) // months
    return (start + first) // months, values[first : first + count * months].reshape(count, months).sum(1)


def official():
    for line in open(statistics):
        name, start, *values = line.split(",")
        yield name, int(start), np.array(values, float)


collections = {"M3 inside": [(n, s, x) for n, s, x, _ in collection(m3)], "trade": list(trade(files)), "official": list(official())}
for label, season, ahead, least in (("quarters", 4, 6, 12), ("years", 1, 4, 5)):
    rows, owners = [], []
    for owner, series in collections.items():
        for name, start, values in series:
            begin, whole = sums(start, values, 12 // season)
            cuts = range(ahead, len(whole) - 16, ahead // 2) if owner == "trade" else (ahead, 2 * ahead, 3 * ahead)
            for cut in cuts:
                if len(whole) - cut >= (least if owner == "M3 inside" else 12):
                    rows.append((f"{name}@{cut}", begin, whole[:-cut], whole[-cut:][:ahead]))
                    owners.append(owner)
    os.makedirs(f"{folder}/{label}", exist_ok=True)
    with open(f"{folder}/{label}.csv", "w") as file:
        for name, begin, past, _ in rows:
            file.write(f"{name},{begin},{season}," + ",".join(repr(float(v)) for v in past) + "\n")
    subprocess.run([program, f"{folder}/{label}.csv", f"{folder}/{label}", *MODELS], check=True, stdout=subprocess.DEVNULL)
    y = np.array([after for *_, after in rows])
    scale = np.array([np.mean(np.abs(past[season:] - past[:-season])) for _, _, past, _ in rows])[:, None]
    heads, cells = [], {m: [] for m in MODELS}
    for owner in collections:
        chosen = (np.array(owners) == owner) & (scale[:, 0] > 0)
        heads.append(f"{owner} ({chosen.sum()}): MASE | sMAPE | 95 % covers | MSIS")
        for m in MODELS:
            law = np.fromfile(f"{folder}/{label}/{m}.f64").reshape(len(rows), 3, 24)[:, :, :ahead]
            # A model that refuses the shortest is judged on the others only if these are nearly all.
            ok = chosen & np.isfinite(law).all((1, 2))
            if ok.sum() < 0.98 * chosen.sum():
                cells[m] += [""] * 4
                continue
            f, lower, upper = law[ok].transpose(1, 0, 2)
            error = np.abs(y[ok] - f)
            width = upper - lower + 40 * (np.maximum(lower - y[ok], 0) + np.maximum(y[ok] - upper, 0))
            cells[m] += [f"{x:.3f}" for x in (
                (error / scale[ok]).mean(), (200 * error / np.maximum(np.abs(y[ok]) + np.abs(f), 1e-300)).mean(),
                ((lower <= y[ok]) & (y[ok] <= upper)).mean(), (width / scale[ok]).mean())]
    print(f"\n{label.capitalize()}\n\n| model | " + " | ".join(heads) + " |\n|---|" + "---|" * (4 * len(heads)))
    for m, row in cells.items():
        print(f"| {m} | " + " | ".join(row) + " |")
