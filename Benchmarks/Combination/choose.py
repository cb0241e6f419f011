"""How the members of Auto, their weights and their widening were chosen (Sources/Tradewind/Combination/AutoTable.swift).

    python choose.py PROGRAM FOLDER M3.csv.gz OFFICIAL.csv TRADE.csv…

PROGRAM is the release build of CombinationMembers, FOLDER takes what it writes, OFFICIAL.csv is made by official.py. Needs numpy and scipy. Judged are
stretches from within the training spans of M3, the last 18 months of each hidden, from five origins 13 months apart, windows of the trade
series, and stretches of official statistics; the test months of M3 are not looked at. Prints Markdown.
"""
import sys
import numpy as np
from scipy.optimize import minimize
from windows import H, Set, collection, official, trade, write

program, folder, m3, statistics, *files = sys.argv[1:]
MODELS = ["ets", "dot", "ces", "arima", "arimalog", "air", "airlog", "etsdamped", "etsnone", "theta", "stldot", "snaive",
          "seasondot", "seasontheta", "seasonses", "seasondamped", "seasondampedlog", "dampedlog", "regarima",
          "years-dampedlog", "years-holtlog", "years-etsdamped", "years-dot", "years-ces", "free-ets", "free-seasondampedlog",
          "free-seasondot", "free-arimalog", "armashrunken", "free-armashrunken", "arma", "airlogshrunken", "free-etsdamped", "free-airlog", "free-etsnone", "free-ces"]
WHOLE = ["auto", "autofast"]
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
sets = [Set(folder, name, program, MODELS + WHOLE) for name in ("inside", "trade", "official")]
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
# The mean over all steps, and three quarters of that over the first three, as in the criterion below.
STEPS = np.where(np.arange(H) < 3, 1 + 0.75 * H / 3, 1)
STEPS /= STEPS.sum()


def softmax(theta):
    first, last = theta.reshape(2, -1)
    way = np.arange(H) / (H - 1)
    logits = first[:, None] * (1 - way) + last[:, None] * way
    weights = np.exp(logits - logits.max(0))
    return weights / weights.sum(0)


def loss(theta, parts, penalty=0.003):
    """Mean of MASE and sMAPE over the peers' mean, the next quarter weighing more, and its gradient."""
    weights = softmax(theta)
    total, slope = 0, np.zeros_like(weights)
    for points, y, scale, base, share in parts:
        f = np.einsum("mh,mnh->nh", weights, points)
        size = np.maximum(np.abs(y) + np.abs(f), 1e-300)
        mase, smape = (np.abs(base - y) / scale).mean(0), (2 * np.abs(base - y) / (np.abs(y) + np.abs(base) + 1e-300)).mean(0)
        total += share * (STEPS * ((np.abs(f - y) / scale).mean(0) / mase + (2 * np.abs(f - y) / size).mean(0) / smape)).sum() / 2
        relative = 2 * np.sign(f - y) / size - 2 * np.abs(f - y) * np.sign(f) / size**2
        slope += share * STEPS * np.einsum(
            "nh,mnh->mh", (np.sign(f - y) / scale / mase + relative / smape) / 2 / len(y), points)
    logits = weights * (slope - (weights * slope).sum(0))
    way = np.arange(H) / (H - 1)
    gradient = np.concatenate([(logits * (1 - way)).sum(1), (logits * way).sum(1)])
    return total + penalty * (theta**2).mean(), gradient + 2 * penalty * theta / len(theta)


def held(s):
    """Points of all models, those far off held near the models' median."""
    points = np.stack([s.points(m) for m in MODELS])
    middle = np.median(points, 0)
    reach = 1.5 * np.nan_to_num(s.scale, nan=1)[:, None] * np.sqrt(np.arange(1, H + 1) / 4 + 0.6)
    return np.clip(points, middle - reach, middle + reach)


POINTS = [held(s) for s in sets]


def fitted(shares):
    parts = []
    for s, points, base, share in zip(sets, POINTS, reference, shares):
        ok = np.isfinite(s.scale) & np.isfinite(s.y).all(1) & np.isfinite(base).all(1)
        if share:
            parts.append((points[:, ok], s.y[ok], s.scale[ok][:, None], base[ok], share))
    return softmax(minimize(loss, np.zeros(2 * len(MODELS)), args=(parts,), jac=True, method="L-BFGS-B").x)


for label, shares in (("fitted to all", (0.4, 0.2, 0.4)), ("fitted without M3", (0, 0.35, 0.65)),
                      ("fitted without trade", (0.5, 0, 0.5)), ("fitted without official", (0.65, 0.35, 0))):
    w = fitted(shares)
    row(label, [np.einsum("mh,mnh->nh", w, points) for points in POINTS])
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

print("\nIntervals of 95 %, drawn towards the yearly difference: level, growth by √(h / 12), shortness by 12 / n, blend.\n")
print("| set | level, growth, shortness, blend | cover | 1–6 | 7–12 | 13–18 | MSIS |\n|---|---|---|---|---|---|---|")
way = np.arange(H) / (H - 1)
weights = np.array([a * (1 - way) + b * way for a, b in SHIPPED.values()])
weights /= weights.sum(0)
AHEAD = np.sqrt(np.arange(1, H + 1) / 12)


def ends(s, numbers):
    """The ends of intervals whose errors multiply, as wide as those of a normal law."""
    level, growth, shortness, blend = numbers
    f = combined(s, SHIPPED)
    spread = np.stack([(s.law[m][:, 2, :H] - s.law[m][:, 1, :H]) / 3.92 for m in SHIPPED])
    spread = np.exp(np.einsum("mh,mnh->nh", weights, np.log(np.maximum(spread, 1e-12))))
    spread = np.sqrt(spread**2 + np.einsum("mh,mnh->nh", weights, (np.stack([s.points(m) for m in SHIPPED]) - f) ** 2))
    yearly = np.array([np.mean(np.abs(x[-126:][12:] - x[-126:][:-12])) if len(x) > 12 else 0 for x in s.x])[:, None]
    past = np.minimum(12 / np.array([len(x) for x in s.x]), 0.5)[:, None]
    drawn = np.where(yearly > 0, np.log(np.clip(yearly / spread, 0.1, 10) + 1e-300), 0)
    spread *= np.exp(level + growth * AHEAD + shortness * past + blend * drawn)
    reach = np.arcsinh(1.96 * spread / np.where(f > 0, f, np.inf))
    return (np.where(f > 0, f * np.exp(-reach), f - 1.96 * spread), np.where(f > 0, f * np.exp(reach), f + 1.96 * spread))


SHIPPEDWIDTH = (-0.25, 0.33, 0.4, 0.34)
for fit in (0, 1, 2):
    numbers = minimize(lambda n: sets[fit].intervals(*ends(sets[fit], n))[-1], SHIPPEDWIDTH, method="Nelder-Mead",
                       options={"xatol": 0.02, "fatol": 0.002, "maxiter": 120}).x
    for s, label in zip(sets, ("M3 inside", "trade", "official")):
        print(f"| {label}, least MSIS of {('M3 inside', 'trade', 'official')[fit]} | " + ", ".join(f"{n:.2f}" for n in numbers)
              + " | " + " | ".join(f"{x:.3f}" for x in s.intervals(*ends(s, numbers))) + " |")
for s, label in zip(sets, ("M3 inside", "trade", "official")):
    print(f"| {label}, shipped | " + ", ".join(map(str, SHIPPEDWIDTH)) + " | "
          + " | ".join(f"{x:.3f}" for x in s.intervals(*ends(s, SHIPPEDWIDTH))) + " |")
    for model in WHOLE[:2]:
        print(f"| {label}, {model} itself | | "
              + " | ".join(f"{x:.3f}" for x in s.intervals(s.law[model][:, 1, :H], s.law[model][:, 2, :H])) + " |")
