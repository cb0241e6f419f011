"""How the members of Auto, their weights (fitting.py) and their widening (widths.py) were chosen (Sources/Tradewind/Combination/AutoTable.swift).

    python choose.py PROGRAM FOLDER M3.csv.gz OFFICIAL.csv TRADE.csv…

PROGRAM is the release build of CombinationMembers, FOLDER takes what it writes, OFFICIAL.csv is made by official.py. Needs numpy and scipy. Judged are
stretches from within the training spans of M3, the last 18 months of each hidden, from five origins 13 months apart, windows of the trade
series, and stretches of official statistics; the test months of M3 are not looked at. Prints Markdown.
"""
import sys
import numpy as np
from fitting import fitted, held
from widths import print_tails, print_totals, print_widths
from windows import H, Set, collection, official, trade, write

program, folder, m3, statistics, *files = sys.argv[1:]
MODELS = ["ets", "dot", "ces", "arima", "arimalog", "air", "airlog", "etsdamped", "etsnone", "theta", "stldot", "snaive",
          "seasondot", "seasontheta", "seasonses", "seasondamped", "seasondampedlog", "dampedlog", "regarima",
          "years-dampedlog", "years-holtlog", "years-etsdamped", "years-dot", "years-ces", "free-ets", "free-seasondampedlog",
          "free-seasondot", "free-arimalog", "armashrunken", "free-armashrunken", "arma", "airlogshrunken", "free-etsdamped",
          "free-airlog", "free-etsnone", "free-ces"]
WHOLE = ["auto", "autofast"]
TOTALS = ["auto-totals", "autofast-totals"]
# The weights in step 1 and in step 18 of the models of the series; half of each goes to the model of the series without outliers.
OWN = {"seasondampedlog": (2.5, 1.2), "airlog": (1.5, 0.6), "armashrunken": (2.2, 1.6), "seasondot": (0.5, 1.2), "etsnone": (0.6, 0.6),
       "ces": (0.4, 0.4)}
FASTOWN = {"seasondampedlog": (3, 2), "airlog": (2.5, 0.8), "armashrunken": (2.5, 1.5), "seasondot": (1, 1.5)}


def halved(table):
    return {prefix + m: (a / 2, b / 2) for prefix in ("", "free-") for m, (a, b) in table.items()}


YEARS = {"years-dampedlog": (0, 2.5), "years-holtlog": (0, 1.2), "years-etsdamped": (0.4, 1.2)}
SHIPPED = {**halved(OWN), **YEARS, "regarima": (1.1, 0.3), "arima": (0.8, 0.3)}
THOROUGH = {**SHIPPED, "years-ces": (0, 1.2), "years-dot": (0, 1.2)}
FAST = {**halved(FASTOWN), "years-dampedlog": (0, 2.5), "years-holtlog": (0, 1), "years-etsdamped": (0.5, 1.5)}
PEERS = dict.fromkeys(("ets", "dot", "ces", "arima"), (1, 1))

write(folder, "inside", [
    (f"{name}@{cut}", start, x[: len(x) - cut], x[len(x) - cut :])
    for name, start, x, _ in collection(m3) for cut in (18, 31, 44, 57, 70) if len(x) - cut >= 36])
write(folder, "trade", [
    (f"{name}_{n}@{f}", start + f, v[f : f + n], v[f + n :])
    for name, start, v in trade(files) for n in (40, 72, 115) for f in range(0, len(v) - n - H + 1, 7)])
write(folder, "official", list(official(statistics)))
sets = [Set(folder, name, program, MODELS + WHOLE + TOTALS) for name in ("inside", "trade", "official")]
print(f"{len(sets[0].x)} stretches of M3's training spans, {len(sets[1].x)} windows of trade series, "
      f"{len(sets[2].x)} stretches of official statistics\n")

HEAD = ("| combination |" + "".join(f" {s}: MASE | sMAPE | MASE 1–3 | sMAPE 1–3 |" for s in ("M3 inside", "trade", "official"))
        + "\n|" + "---|" * 13)
SHORT = slice(0, 3)


def combined(s, table):
    way = np.arange(H) / (H - 1)
    weights = np.array([a * (1 - way) + b * way for a, b in table.values()])
    points = np.stack([s.points(m) for m in table])
    return np.einsum("mh,mnh->nh", weights / weights.sum(0), points)


def row(label, forecasts):
    cells = [x for s, f in zip(sets, forecasts) for x in s.scores(f) + s.scores(f, SHORT)]
    print(f"| {label} | " + " | ".join(f"{x:.3f}" for x in cells) + " |")


print(HEAD)
for model in MODELS:
    row(model, [s.points(model) for s in sets])
row("mean of ets, dot, ces, arima", [combined(s, PEERS) for s in sets])
row("own", [combined(s, OWN) for s in sets])
row("without outliers", [combined(s, {"free-" + m: w for m, w in OWN.items()}) for s in sets])
row("half of each", [combined(s, halved(OWN)) for s in sets])
row("with years", [combined(s, {**halved(OWN), **YEARS}) for s in sets])
row("fast", [combined(s, FAST) for s in sets])
row("standard", [combined(s, SHIPPED) for s in sets])
row("thorough", [combined(s, THOROUGH) for s in sets])

# Weights fitted to the sets (a softmax linear in the step, drawn towards equal ones), and to two of them for the third.
reference = [combined(s, PEERS) for s in sets]
points = [held(s, MODELS) for s in sets]
for label, shares in (("fitted to all", (0.4, 0.2, 0.4)), ("fitted without M3", (0, 0.35, 0.65)),
                      ("fitted without trade", (0.5, 0, 0.5)), ("fitted without official", (0.65, 0.35, 0))):
    w = fitted(sets, points, reference, shares)
    row(label, [np.einsum("mh,mnh->nh", w, p) for p in points])
    if shares[0] and shares[1] and shares[2]:
        best = sorted(range(len(MODELS)), key=lambda m: -w[m].max())[:12]
        largest = ", ".join(f"{MODELS[m]} {100 * w[m, 0]:.0f} to {100 * w[m, -1]:.0f}" for m in best)
for model in WHOLE:
    row(model, [s.points(model) for s in sets])
print(f"\nLargest weights of the fit to all, per cent in step 1 to 18: {largest}.")

print("\nOne model after the other that lowers the mean log score most (all sets, both measures, all steps and the next quarter):\n")
print(HEAD)


def criterion(forecasts):
    total = 0
    for s, f, r, share in zip(sets, forecasts, reference, (0.4, 0.2, 0.4)):
        whole = np.log(np.array(s.scores(f)) / s.scores(r)).sum()
        quarter = np.log(np.array(s.scores(f, SHORT)) / s.scores(r, SHORT)).sum()
        total += share * (whole + 0.75 * quarter) / 3.5
    return total


sums, count = [0, 0, 0], 0
for count in range(10):
    trials = {m: [(c * count + s.points(m)) / (count + 1) for c, s in zip(sums, sets)] for m in MODELS}
    best = min(MODELS, key=lambda m: criterion(trials[m]))
    sums = trials[best]
    row(f"+ {best}", sums)

print_widths(sets, SHIPPED, combined)
print_tails(sets)
print_totals(sets)
