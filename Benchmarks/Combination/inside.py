"""Models on stretches from within the training spans of M3: the last 18 months of each hidden, from one or more origins.

    python inside.py PROGRAM FOLDER M3.csv.gz CUTS MODEL…

PROGRAM is the release build of CombinationMembers, FOLDER takes what it writes, CUTS are how many months lie behind each origin: 18, or
18,31,44,57,70. The test months are not looked at. Prints Markdown: errors of points, the cover of 95 % intervals over all steps and by thirds of the
horizon, MSIS, and how MASE differs from the first model's, with its standard error, series being independent.
"""
import sys
import numpy as np
from windows import H, Set, collection, write

program, folder, m3, cuts, *models = sys.argv[1:]
cuts = [int(c) for c in cuts.split(",")]
write(folder, "cut" + "-".join(map(str, cuts)), [
    (f"{name}@{cut}", start, x[: len(x) - cut], x[len(x) - cut :])
    for name, start, x, _ in collection(m3) for cut in cuts if len(x) - cut >= 36])
s = Set(folder, "cut" + "-".join(map(str, cuts)), program, models)
print(f"{len(s.x)} stretches\n\n| model | MASE | sMAPE | MASE 1–3 | sMAPE 1–3 | 95 % covers | 1–6 | 7–12 | 13–18 | MSIS | MASE less first |\n"
      "|" + "---|" * 11)


names = np.array([n.split("@")[0] for n in s.names])


def errors(model):
    return np.abs(s.y - s.points(model)).mean(1) / s.scale


first = errors(models[0])
for model in models:
    f = s.points(model)
    d = np.nan_to_num(errors(model) - first)
    known = np.isfinite(first).sum()
    # Stretches of one series err together.
    error = np.sqrt(sum((d[names == n] - d.sum() / known).sum() ** 2 for n in dict.fromkeys(names))) / known
    cells = s.scores(f) + s.scores(f, slice(0, 3))
    cells = [f"{x:.3f}" for x in cells]
    inside = s.intervals(s.law[model][:, 1, :H], s.law[model][:, 2, :H])
    cells += [f"{100 * x:.1f}" for x in inside[:4]] + [f"{inside[4]:.3f}"]
    print(f"| {model} | " + " | ".join(cells) + f" | {d.sum() / known:+.4f} ± {error:.4f} |")
