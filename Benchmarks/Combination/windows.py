"""Stretches of series with what followed them, and what the program CombinationMembers forecast for them.

A set is a file NAME.csv of lines `name,start,season,value,…` (start: months since the year 0), the values that followed in
NAME.npy, and a folder NAME with one file of forecasts a model: 24 means, lower and upper ends (95 %) a stretch.
"""
import csv, gzip, os, subprocess
import numpy as np

H = 18


def collection(path):
    """The series of a file series,t,date,value,split: name, first month, training values, test values."""
    series = {}
    with gzip.open(path, "rt") as file:
        for row in csv.DictReader(file):
            series.setdefault(row["series"], []).append(row)
    for name in sorted(series):
        rows = sorted(series[name], key=lambda r: int(r["t"]))
        date = rows[0]["date"]
        start = int(date[:4]) * 12 + int(date[5:7]) - 1 if date else 24000
        values = {s: [float(r["value"]) for r in rows if r["split"] == s] for s in ("train", "test")}
        yield name, start, np.array(values["train"]), np.array(values["test"])


def trade(paths):
    """The columns of files month,value,…: name, first month, values."""
    for path in paths:
        with open(path) as file:
            rows = list(csv.reader(file))
        start = int(rows[1][0][:4]) * 12 + int(rows[1][0][5:7]) - 1
        for j, name in enumerate(rows[0][1:], 1):
            yield name, start, np.array([float(r[j]) for r in rows[1:]])


def official(path):
    """Stretches of the series of official.py: all that lies before three origins, and 60 and 120 months before two of them."""
    for line in open(path):
        name, start, *values = line.split(",")
        start, v = int(start), np.array(values, float)
        for cut, length in ((24, None), (61, None), (98, None), (24, 60), (98, 120)):
            n = len(v) - cut
            if n >= (length + 12 if length else 60):
                first = n - length if length else 0
                yield f"{name}@{length or 'all'}_{cut}", start + first, v[first:n], v[n:]


def write(folder, name, stretches):
    with open(f"{folder}/{name}.csv", "w") as file:
        for label, start, values, _ in stretches:
            file.write(f"{label},{start},12," + ",".join(repr(float(v)) for v in values) + "\n")
    after = np.full((len(stretches), H), np.nan)
    for row, (_, _, _, future) in zip(after, stretches):
        row[: min(H, len(future))] = future[:H]
    np.save(f"{folder}/{name}.npy", after)


class Set:
    def __init__(self, folder, name, program, models):
        self.x = [np.array(line.split(",")[3:], float) for line in open(f"{folder}/{name}.csv")]
        self.names = [line.split(",")[0] for line in open(f"{folder}/{name}.csv")]
        self.y = np.load(f"{folder}/{name}.npy")
        self.scale = np.array([np.mean(np.abs(v[12:] - v[:-12])) if len(v) > 12 else np.nan for v in self.x])
        self.scale[~(self.scale > 0)] = np.nan
        os.makedirs(f"{folder}/{name}", exist_ok=True)
        missing = [m for m in models if not os.path.exists(f"{folder}/{name}/{m}.f64")]
        if missing:
            subprocess.run([program, f"{folder}/{name}.csv", f"{folder}/{name}", *missing], check=True)
        self.law = {m: np.fromfile(f"{folder}/{name}/{m}.f64").reshape(len(self.x), 3, 24) for m in models}
        # Where a model does not apply, what applies always stands in.
        for law in self.law.values():
            bad = ~np.isfinite(law[:, :, :H]).all((1, 2))
            if bad.any() and "etsdamped" in self.law:
                law[bad] = self.law["etsdamped"][bad]

    def points(self, model):
        return self.law[model][:, 0, :H]

    def scores(self, f, steps=slice(0, H)):
        e = np.abs(self.y - f)[:, steps]
        s = 200 * e / np.maximum((np.abs(self.y) + np.abs(f))[:, steps], 1e-300)
        return np.nanmean(e / self.scale[:, None]), np.nanmean(s)

    def intervals(self, lower, upper):
        inside = (self.y >= lower) & (self.y <= upper)
        width = upper - lower + 40 * (np.maximum(lower - self.y, 0) + np.maximum(self.y - upper, 0))
        return [inside.mean()] + [inside[:, a : a + 6].mean() for a in (0, 6, 12)] + [
            np.nanmean(width / self.scale[:, None])]
