"""How the tables of IntervalWidening were fitted, and what intervals cover: python calibration.py M3.csv.gz TOOL FOLDER

M3.csv.gz has columns series,t,date,value,split (train, test); TOOL is the built `tradewind`; FOLDER keeps forecasts, which are not made anew. Needs numpy
and scipy. Fitted to stretches of the training spans that end 18 to 66 months before they do, and to drawn series, each half of the weight;
the test months are only reported.
"""
import collections, csv, gzip, os, subprocess, sys
import numpy as np
from scipy import optimize, stats

HORIZON, MODELS, CUTS, FEWEST = 18, ["ets", "dot", "ces", "arima"], (18, 24, 30, 36, 42, 50, 58, 66), 30
MEANS = {"mean of ets, dot, arima": ["ets", "dot", "arima"], "mean of all four": MODELS}
LEVELS = np.array([0.5, 0.8, 0.95])
steps = np.arange(1, HORIZON + 1)


def population(count, seed):
    """The drawn series of Benchmarks/Sources/ETSDefault/Population.swift, with numpy's generator."""
    g = np.random.default_rng(seed)
    found = []

    def pattern():
        if g.random() >= 0.6:
            return np.zeros(12)
        d = np.exp(np.log(0.02) + g.random() * np.log(10)) * g.normal(size=12)
        return d - d.mean()

    def components(n, noise):
        season = pattern()
        seasonal = season.any()
        wander = noise * np.exp(np.log(0.01) + g.random() * np.log(140))
        kind = g.random()
        slope = 0.0 if kind < 0.34 else 0.004 * g.normal()
        fading = 0.85 + 0.13 * g.random() if kind > 0.67 else 1.0
        bend = 0.2 * wander * g.random() if kind > 0.67 else 0.0
        change = noise * 0.15 * g.random() if seasonal else 0.0
        level, y = 0.0, np.empty(n)
        for t in range(n):
            level += slope + wander * g.normal()
            slope = fading * slope + bend * g.normal()
            season[t % 12] += change * g.normal()
            y[t] = level + season[t % 12] + noise * g.normal()
        return y

    def arima(n, noise):
        burn = 60
        size, kind = n + burn, g.random()
        theta = 0.1 + 0.8 * g.random() if kind < 0.6 or kind > 0.85 else 0.0
        phi = 0.0 if kind < 0.6 or kind > 0.85 else (0.6 * (2 * g.random() - 1) if kind < 0.7 else 0.4 + 0.55 * g.random())
        differenced = kind < 0.7 or kind > 0.85
        drift = 0.004 * g.normal() if kind > 0.85 else 0.0
        fixed = pattern()
        seasonal = fixed.any() and g.random() < 0.5
        big = 0.4 + 0.55 * g.random()
        e, w = noise * g.normal(size=size), np.zeros(size)
        for t in range(size):
            w[t] = e[t]
            if t > 0:
                w[t] += phi * w[t - 1] - theta * e[t - 1]
            if seasonal and t >= 12:
                w[t] -= big * e[t - 12]
            if seasonal and t >= 13:
                w[t] += theta * big * e[t - 13]
        if seasonal:
            for t in range(12, size):
                w[t] += w[t - 12]
        if differenced:
            for t in range(1, size):
                w[t] += w[t - 1] + (0 if seasonal else drift)
        return np.array([(w[burn + i] - w[burn] if differenced else w[burn + i]) + fixed[i % 12] for i in range(n)])

    while len(found) < count:
        n = 48 + int(g.random() * 79) + HORIZON
        logs = g.random() < 0.8
        noise = np.exp(np.log(0.005) + g.random() * np.log(30))
        y = components(n, noise) if g.random() < 0.5 else arima(n, noise)
        y = y + (g.random(n) < 0.01) * 5 * noise * g.normal(size=n)
        if g.random() < 0.5:
            size = 4 * noise * g.normal()
            y[int(g.random() * n):] += size
        with np.errstate(over="ignore"):
            values = 1000 * (np.exp(y) if logs else 1 + y)
        if ((values > 1) & (values < 1e9)).all():
            found.append((values[:-HORIZON], values[-HORIZON:]))
    return found


def tasks(m3):
    """For each set a dictionary from the stretch's name to first month, known values, and the values to come."""
    series = collections.OrderedDict()
    for row in csv.DictReader(gzip.open(m3, "rt")):
        series.setdefault(row["series"], []).append((row["date"], float(row["value"]), row["split"]))
    spans, test = {}, {}
    for name, rows in series.items():
        start = int(rows[0][0][:4]) * 12 + int(rows[0][0][5:]) - 1 if rows[0][0] else 24000
        train = np.array([v for _, v, split in rows if split == "train"])
        test[name] = (start, train, np.array([v for _, v, split in rows if split == "test"]))
        for cut in CUTS:
            known = len(train) - cut
            if known >= FEWEST:
                spans[f"{name}@{cut}"] = (start, train[:known], train[known:known + HORIZON])
    drawn = {f"d{i}": (24120, known, came) for i, (known, came) in enumerate(population(2500, 11))}
    return {"spans": spans, "drawn": drawn, "test": test}


def forecasts(tool, folder, name, stretches):
    """Means, and half the width of 95 % over its normal quantile, for each model: one row a stretch."""
    result = f"{folder}/{name}-forecasts.csv"
    if not os.path.exists(result):
        with open(f"{folder}/{name}.csv", "w") as f:
            f.write("unique_id,ds,y\n")
            for key, (start, known, _) in stretches.items():
                for i, value in enumerate(known):
                    f.write(f"{key},{(start + i) // 12:04d}-{(start + i) % 12 + 1:02d},{float(value)!r}\n")
        subprocess.run([tool, "forecast", f"{folder}/{name}.csv", "--model", ",".join(MODELS), "--horizon", str(HORIZON),
                        "--level", "95", "--format", "csv", "--quiet", "--output", result], check=True)
    found = collections.defaultdict(dict)
    for row in csv.DictReader(open(result)):
        found[row["model"]].setdefault(row["unique_id"], []).append(
            (float(row["mean"]), (float(row["hi-95"]) - float(row["lo-95"])) / 2 / stats.norm.ppf(0.975)))
    keys = [k for k in stretches if all(k in found[m] for m in MODELS)]
    points = {m: np.array([found[m][k] for k in keys])[:, :, 0] for m in MODELS}
    deviations = {m: np.array([found[m][k] for k in keys])[:, :, 1] for m in MODELS}
    for label, members in MEANS.items():
        points[label] = np.mean([points[m] for m in members], 0)
        deviations[label] = np.mean([deviations[m] for m in members], 0)
    known = [stretches[k][1] for k in keys]
    size = np.array([len(x) for x in known])
    yearly = np.array([np.mean(np.abs(x[12:] - x[:-12])) for x in known])
    came = np.array([stretches[k][2] for k in keys])
    good = yearly > 0
    return ({m: points[m][good] for m in points}, {m: np.maximum(deviations[m][good], 1e-9 * yearly[good, None]) for m in points},
            came[good], size[good], yearly[good])


def design(deviation, size, yearly):
    one = np.ones_like(deviation)
    ratio = np.log(np.clip(yearly[:, None] / deviation, 0.1, 10))
    return np.stack([one, np.sqrt(steps / 12) * one, (12 / size)[:, None] * one, ratio], -1)


def quantiles(freedom, levels):
    return stats.t.ppf((1 + levels) / 2, freedom)


def fit(sets, models, freedom):
    """The table with the smallest mean pinball loss of the ends of 50, 80 and 95 %, in units of the yearly difference."""
    parts = [(came - points[m], deviation[m], design(deviation[m], size, yearly), yearly)
             for points, deviation, came, size, yearly in sets for m in models]
    e = np.concatenate([np.abs(p[0]) / p[3][:, None] for p in parts])
    s = np.concatenate([p[1] / p[3][:, None] for p in parts])
    x = np.concatenate([p[2] for p in parts])
    weight = np.concatenate([np.full(len(p[0]), 1 / len(p[0])) for p in parts])[:, None] / (len(parts) * HORIZON)

    def loss(w):
        scale, total, slope = np.exp(x @ w) * s, 0.0, np.zeros(4)
        for level, q in zip(LEVELS, quantiles(freedom, LEVELS)):
            half, alpha = q * scale, 1 - level
            outside = e > half
            total += (weight * (2 * alpha * half + 2 * np.where(outside, e - half, 0))).sum()
            slope += ((weight * (2 * alpha - 2 * outside) * half)[..., None] * x).sum((0, 1))
        return total, slope

    best = optimize.minimize(loss, np.zeros(4), jac=True, method="BFGS")
    return best.x, best.fun


def report(label, data, model, table=None, freedom=None):
    points, deviation, came, size, yearly = data
    e = np.abs(came - points[model])
    scale = deviation[model] if table is None else np.exp(design(deviation[model], size, yearly) @ table) * deviation[model]
    q = stats.norm.ppf((1 + LEVELS) / 2) if table is None else quantiles(freedom, LEVELS)
    inside = e <= q[2] * scale
    msis = np.mean((2 * q[2] * scale + 40 * np.maximum(e - q[2] * scale, 0)) / yearly[:, None])
    thirds = " | ".join(f"{100 * inside[:, a:a + 6].mean():.1f}" for a in (0, 6, 12))
    print(f"| {label} | {model} | {'model' if table is None else 'calibrated'} | {100 * np.mean(e <= q[1] * scale):.1f} | "
          f"{100 * inside.mean():.1f} | {thirds} | {msis:.2f} |", flush=True)


def main():
    m3, tool, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    data = {name: forecasts(tool, folder, name, stretches) for name, stretches in tasks(m3).items()}
    learned = [data["spans"], data["drawn"]]
    print("stretches:", {name: len(d[3]) for name, d in data.items()}, "\n")
    tables = {}
    for label, models in [("standard", MODELS), ("combination", list(MEANS))]:
        for freedom in (4, 5, 6, 8, 12):
            table, loss = fit(learned, models, freedom)
            print(label, "ν", freedom, "a, b, c, d", np.round(table, 3), f"loss {loss:.4f}", flush=True)
            if freedom == 5:
                tables[label] = np.round(table, 2)
    print("\n| months | model | intervals | 80 % cover | 95 % cover | steps 1–6 | 7–12 | 13–18 | MSIS |\n|---|---|---|---|---|---|---|---|---|")
    for label in data:
        for model in MODELS + list(MEANS):
            report(label, data[label], model)
            report(label, data[label], model, tables["combination" if model in MEANS else "standard"], 5)


if __name__ == "__main__":
    main()
