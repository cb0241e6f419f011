"""How the members of Auto, their weights and their widening were chosen (Sources/Tradewind/Combination/AutoTable.swift).

    python choose.py PROGRAM FOLDER M3.csv.gz TRADE.csv…

PROGRAM is the release build of CombinationMembers, FOLDER takes what it writes. Needs numpy. Judged are stretches from within the
training spans of M3, the last 18 months of each hidden, from five origins 13 months apart, and windows of the trade series; the test months of M3 are
not looked at. Prints Markdown.
"""
import sys
import numpy as np
from windows import H, Set, collection, trade, write

program, folder, m3, *files = sys.argv[1:]
MODELS = ["ets", "dot", "ces", "arimalog", "airlog", "etsdamped", "etsnone", "theta", "stldot", "snaive",
          "seasondot", "seasontheta", "seasonses", "seasondamped", "seasondampedlog", "dampedlog", "regarima",
          "years-dampedlog", "years-holtlog", "years-etsdamped", "free-ets", "free-seasondampedlog", "free-seasondot",
          "free-arimalog", "free-etsdamped", "free-airlog", "free-etsnone", "free-ces"]
# The weights in step 1 and in step 18 of the models of the series; half of each goes to the model of the series without outliers.
OWN = {"seasondampedlog": (1.5, 2.5), "seasondot": (1.5, 2), "arimalog": (3.5, 0.5), "etsdamped": (1, 1.5),
       "airlog": (0.7, 0.7), "etsnone": (1.3, 1), "ces": (0.5, 0.8)}
FASTOWN = {"seasondampedlog": (1.5, 2.5), "seasondot": (2, 2), "etsdamped": (1, 1.5), "airlog": (2.5, 1),
           "etsnone": (1.5, 1), "ces": (0.5, 0.8)}


def halved(table):
    return {prefix + m: (a / 2, b / 2) for prefix in ("", "free-") for m, (a, b) in table.items()}


YEARS = {"years-dampedlog": (0, 1.5), "years-holtlog": (0, 1.5)}
SHIPPED = {**halved(OWN), **YEARS, "regarima": (10 / 3, 0)}
THOROUGH = {**SHIPPED, "years-etsdamped": (0, 2)}
FAST = halved(FASTOWN)
PEERS = dict.fromkeys(("ets", "dot", "ces", "arimalog"), (1, 1))

write(folder, "inside", [
    (f"{name}@{cut}", start, x[: len(x) - cut], x[len(x) - cut :])
    for name, start, x, _ in collection(m3) for cut in (18, 31, 44, 57, 70) if len(x) - cut >= 36])
write(folder, "trade", [
    (f"{name}_{n}@{f}", start + f, v[f : f + n], v[f + n :])
    for name, start, v in trade(files) for n in (40, 72, 115) for f in range(0, len(v) - n - H + 1, 7)])
sets = [Set(folder, name, program, MODELS) for name in ("inside", "trade")]
print(f"{len(sets[0].x)} stretches of M3's training spans, {len(sets[1].x)} windows of trade series\n")

HEAD = ("| combination | M3 inside: MASE | sMAPE | MASE 1–3 | sMAPE 1–3 | trade: MASE | sMAPE | MASE 1–3 | sMAPE 1–3 |"
        "\n|---|---|---|---|---|---|---|---|---|")
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
row("mean of ets, dot, ces, arimalog", [combined(s, PEERS) for s in sets])
row("fast", [combined(s, FAST) for s in sets])
row("own", [combined(s, OWN) for s in sets])
row("without outliers", [combined(s, {"free-" + m: w for m, w in OWN.items()}) for s in sets])
row("half of each", [combined(s, halved(OWN)) for s in sets])
row("with years", [combined(s, {**halved(OWN), **YEARS}) for s in sets])
row("standard", [combined(s, SHIPPED) for s in sets])
row("thorough", [combined(s, THOROUGH) for s in sets])

print("\nOne model after the other that lowers the mean log score most (both sets, both measures, all steps and the next quarter):\n")
print(HEAD)
reference = [combined(s, PEERS) for s in sets]


def criterion(forecasts):
    total = 0
    for s, f, r, share in zip(sets, forecasts, reference, (0.6, 0.4)):
        whole = np.log(np.array(s.scores(f)) / s.scores(r)).sum()
        quarter = np.log(np.array(s.scores(f, SHORT)) / s.scores(r, SHORT)).sum()
        total += share * (whole + 0.75 * quarter) / 3.5
    return total


sums, count = [0, 0], 0
for count in range(10):
    trials = {m: [(c * count + s.points(m)) / (count + 1) for c, s in zip(sums, sets)] for m in MODELS}
    best = min(MODELS, key=lambda m: criterion(trials[m]))
    sums = trials[best]
    row(f"+ {best}", sums)

print("\nWidening: by how much the geometric mean of the members' spreads must be widened for 95 %, and what becomes of it:\n")
way = np.arange(H) / (H - 1)
weights = np.array([a * (1 - way) + b * way for a, b in SHIPPED.values()])
weights /= weights.sum(0)
print("| set | needed in step 1, 6, 12, 18 | a + b log h | cover | 1–6 | 7–12 | 13–18 | MSIS |\n|---|---|---|---|---|---|---|---|")
for s, label in zip(sets, ("M3 inside", "trade")):
    f = combined(s, SHIPPED)
    spread = np.stack([(s.law[m][:, 2, :H] - s.law[m][:, 1, :H]) / 3.92 for m in SHIPPED])
    spread = np.exp(np.einsum("mh,mnh->nh", weights, np.log(np.maximum(spread, 1e-12))))
    apart = np.einsum("mh,mnh->nh", weights, (np.stack([s.points(m) for m in SHIPPED]) - f) ** 2)
    spread = np.sqrt(spread**2 + apart)
    needed = np.quantile(np.abs(s.y - f) / spread, 0.95, axis=0) / 1.96
    b, a = np.polyfit(np.log(np.arange(1, H + 1)), needed, 1)
    wide = 1.96 * spread * (1.05 + 0.035 * np.log(np.arange(1, H + 1)))
    print(f"| {label} | " + ", ".join(f"{needed[h]:.2f}" for h in (0, 5, 11, 17)) + f" | {a:.2f} + {b:.2f} log h | "
          + " | ".join(f"{x:.3f}" for x in s.intervals(f - wide, f + wide)) + " |")
