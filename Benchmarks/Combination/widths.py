"""How wide a combination's 95 % intervals are to be: the members' widths, drawn towards the size of a yearly difference."""
import numpy as np
from scipy.optimize import minimize
from windows import H

AHEAD = np.sqrt(np.arange(1, H + 1) / 12)
SHIPPED = (-0.25, 0.33, 0.4, 0.34)


def ends(s, table, f, numbers):
    """The ends of intervals about the points f whose errors multiply, as wide as those of a normal law."""
    level, growth, shortness, blend = numbers
    way = np.arange(H) / (H - 1)
    weights = np.array([a * (1 - way) + b * way for a, b in table.values()])
    weights /= weights.sum(0)
    spread = np.stack([(s.law[m][:, 2, :H] - s.law[m][:, 1, :H]) / 3.92 for m in table])
    spread = np.exp(np.einsum("mh,mnh->nh", weights, np.log(np.maximum(spread, 1e-12))))
    spread = np.sqrt(spread**2 + np.einsum("mh,mnh->nh", weights, (np.stack([s.points(m) for m in table]) - f) ** 2))
    yearly = np.array([np.mean(np.abs(x[-126:][12:] - x[-126:][:-12])) if len(x) > 12 else 0 for x in s.x])[:, None]
    past = np.minimum(12 / np.array([len(x) for x in s.x]), 0.5)[:, None]
    drawn = np.where(yearly > 0, np.log(np.clip(yearly / spread, 0.1, 10) + 1e-300), 0)
    spread *= np.exp(level + growth * AHEAD + shortness * past + blend * drawn)
    reach = np.arcsinh(1.96 * spread / np.where(f > 0, f, np.inf))
    return (np.where(f > 0, f * np.exp(-reach), f - 1.96 * spread), np.where(f > 0, f * np.exp(reach), f + 1.96 * spread))


def print_widths(sets, table, combined):
    """The numbers of least MSIS on each set with what they come to on the others, those shipped, and what ships itself."""
    points = [combined(s, table) for s in sets]
    labels = ("M3 inside", "trade", "official")

    def row(label, numbers, scores):
        print(f"| {label} | {numbers} | " + " | ".join(f"{x:.3f}" for x in scores) + " |")

    print("\nIntervals of 95 %, drawn towards the yearly difference: level, growth by √(h / 12), shortness by 12 / n, blend.\n")
    print("| set | level, growth, shortness, blend | cover | 1–6 | 7–12 | 13–18 | MSIS |\n|---|---|---|---|---|---|---|")
    for own, f, name in zip(sets, points, labels):
        best = minimize(lambda n: own.intervals(*ends(own, table, f, n))[-1], SHIPPED, method="Nelder-Mead",
                        options={"xatol": 0.02, "fatol": 0.002, "maxiter": 120}).x
        for s, g, label in zip(sets, points, labels):
            row(f"{label}, least MSIS of {name}", ", ".join(f"{n:.2f}" for n in best), s.intervals(*ends(s, table, g, best)))
    for s, g, label in zip(sets, points, labels):
        row(f"{label}, shipped", ", ".join(map(str, SHIPPED)), s.intervals(*ends(s, table, g, SHIPPED)))
        for model in ("auto", "autofast"):
            row(f"{label}, {model} itself", "", s.intervals(s.law[model][:, 1, :H], s.law[model][:, 2, :H]))
