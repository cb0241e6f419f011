"""How wide a combination's 95 % intervals are to be: the members' widths, drawn towards the size of a yearly difference; and how heavy its tails."""
import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm, t
from windows import H

AHEAD = np.sqrt(np.arange(1, H + 1) / 12)
SHIPPED = (-0.47, 0.33, 0.4, 0.34)
FREEDOM = 6
REACH = t.ppf(0.975, FREEDOM)


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
    reach = np.arcsinh(REACH * spread / np.where(f > 0, f, np.inf))
    return (np.where(f > 0, f * np.exp(-reach), f - REACH * spread), np.where(f > 0, f * np.exp(reach), f + REACH * spread))


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


def errors(s, model):
    """Errors in units of half the 95 % interval: those of logarithms where the interval lies above zero."""
    lower, upper = s.law[model][:, 1, :H], s.law[model][:, 2, :H]
    multiply = (lower > 0) & (s.y > 0)
    low, high, y = (np.where(multiply, np.log(np.where(multiply, x, 1)), x) for x in (lower, upper, s.y))
    with np.errstate(invalid="ignore", divide="ignore"):
        error = (y - (low + high) / 2) / ((high - low) / 2)
    return error[np.isfinite(error)]


def cover(s, model, level):
    """What auto's intervals of another level than 95 % cover."""
    return (np.abs(errors(s, model)) < t.ppf(0.5 + level / 2, FREEDOM) / REACH).mean()


def print_tails(sets):
    """What Student's law says of auto's errors with each number of degrees of freedom, its 95 % interval being the same: log score and cover of other levels."""
    print("\nTails of auto: minus the mean log density of errors in units of the 95 % interval, and what intervals of 50, 80, 90 and 99 % cover.\n")
    print("| degrees of freedom | " + " | ".join(f"{name} | 50 % | 80 % | 90 % | 99 %" for name in ("M3 inside", "trade", "official"))
          + " |\n|---|" + "---|" * 15)
    for freedom in (3, 4, 5, 6, 7, 8, 10, 15, np.inf):
        law = t(freedom) if np.isfinite(freedom) else norm
        cells = []
        for s in sets:
            error = errors(s, "auto") * law.ppf(0.975)
            cells += [-(law.logpdf(error) + np.log(law.ppf(0.975))).mean()]
            cells += [(np.abs(error) < law.ppf(0.5 + level / 2)).mean() for level in (0.5, 0.8, 0.9, 0.99)]
        print(f"| {freedom} | " + " | ".join(f"{x:.3f}" for x in cells) + " |")


def print_totals(sets):
    """What the intervals of the totals of the first 3, 6, 12 and 18 months cover, and their interval score in units of the mean yearly difference and month."""
    print("\nTotals: what intervals of 80 % and of 95 % cover, and MSIS of the latter a month.\n")
    print("| model and set | " + " | ".join(f"{m} months: 80 % | 95 % | MSIS" for m in (3, 6, 12, 18)) + " |\n|---|" + "---|" * 12)
    for model in ("auto-totals", "autofast-totals"):
        for s, name in zip(sets, ("M3 inside", "trade", "official")):
            cells = []
            for place, months in enumerate((3, 6, 12, 18)):
                y = s.y[:, :months].sum(1)
                for level in (0, 1):
                    lower, upper = s.law[model][:, 1, 4 * level + place], s.law[model][:, 2, 4 * level + place]
                    cells.append(((y >= lower) & (y <= upper)).mean())
                width = upper - lower + 40 * (np.maximum(lower - y, 0) + np.maximum(y - upper, 0))
                cells.append(np.nanmean(width / months / s.scale))
            print(f"| {model.removesuffix('-totals')}, {name} | " + " | ".join(f"{x:.3f}" for x in cells) + " |")
