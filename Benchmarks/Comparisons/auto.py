"""Auto on the test months of M3 monthly and on the next quarter of complete trade series, beside its members and other programs.

    python auto.py PROGRAM FOLDER M3.csv.gz TRADE.csv… [--peers m3-peers.csv.gz] [--statsforecast]

PROGRAM is the release build of CombinationMembers. The peers' file has their scores by series
(`peer,series,smape,mase,msis,cov95,…`). With --statsforecast its models forecast the trade series too, as they are by default; that takes half an
hour, and is kept in FOLDER. Prints Markdown.
"""
import argparse, csv, gzip, os, sys
import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../Combination"))
from widths import cover
from windows import H, Set, collection, trade, write

parser = argparse.ArgumentParser()
parser.add_argument("program"), parser.add_argument("folder"), parser.add_argument("m3")
parser.add_argument("trade", nargs="*"), parser.add_argument("--peers")
parser.add_argument("--statsforecast", action="store_true")
options = parser.parse_args()

write(options.folder, "test", [(n, s, x, y) for n, s, x, y in collection(options.m3)])
models = ["auto", "autofast", "autothorough", "autoplain", "ets", "dot", "ces", "arima"]
test = Set(options.folder, "test", options.program, models)
print(f"## {len(test.x)} series of M3 monthly, 18 months\n")
print("| model | MASE | sMAPE | MASE 1–3 | sMAPE 1–3 | MASE 4–12 | MASE 13–18 | cover 95 | 1–6 | 7–12 | 13–18 | MSIS | cover 80 |\n"
      "|" + "---|" * 13)
for m in models:
    f = test.points(m)
    cells = list(test.scores(f)) + list(test.scores(f, slice(0, 3)))
    cells += [test.scores(f, slice(3, 12))[0], test.scores(f, slice(12, 18))[0]]
    cells += test.intervals(test.law[m][:, 1, :H], test.law[m][:, 2, :H])
    cells += [cover(test, m, 0.8)] if m.startswith("auto") else []
    print(f"| {m} | " + " | ".join(f"{x:.3f}" for x in cells) + (" |" if m.startswith("auto") else " | |"))
if options.peers:
    rows = list(csv.DictReader(gzip.open(options.peers, "rt")))
    for peer in sorted({r["peer"] for r in rows}):
        own = [r for r in rows if r["peer"] == peer]
        mean = {k: np.mean([float(r[k]) for r in own if r[k] not in ("", "NA")] or [np.nan]) for k in ("mase", "smape", "cov95", "msis")}
        print(f"| {peer} (n = {len(own)}) | {mean['mase']:.3f} | {mean['smape']:.2f} | | | | | {mean['cov95']:.3f} | | | | {mean['msis']:.2f} | |")

if options.trade:
    stretches = []
    for name, start, v in trade(options.trade):
        end = start + len(v)
        stretches += [(name, start, v[: o - start], v[o - start :]) for o in range(end - 120, end - 2, 3)]
    write(options.folder, "quarters", stretches)
    quarters = Set(options.folder, "quarters", options.program, models)
    actual = quarters.y[:, :3].sum(1)
    print(f"\n## The next quarter of trade series, {len(stretches)} origins in the last ten years\n")
    names = sorted(set(quarters.names))
    print("| model | total of the quarter, MAPE % | months 1–3, sMAPE | " + " | ".join(names) + " (total) |\n|---|---|---|" + "---|" * len(names))
    forecasts = {m: quarters.points(m) for m in models}
    if options.statsforecast:
        from statsforecast.models import AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta
        for model in (AutoETS, AutoARIMA, AutoCES, DynamicOptimizedTheta):
            kept = f"{options.folder}/quarters/statsforecast-{model.__name__}.npy"
            if not os.path.exists(kept):
                np.save(kept, [model(season_length=12).forecast(x, H)["mean"] for x in quarters.x])
            forecasts[f"statsforecast {model.__name__}"] = np.load(kept)
    for m, f in forecasts.items():
        f = f[:, :3]
        e = 100 * np.abs(f.sum(1) / actual - 1)
        s = (200 * np.abs(f - quarters.y[:, :3]) / (np.abs(f) + np.abs(quarters.y[:, :3]))).mean()
        by = [e[np.array(quarters.names) == n].mean() for n in names]
        print(f"| {m} | {e.mean():.3f} | {s:.3f} | " + " | ".join(f"{x:.3f}" for x in by) + " |")
