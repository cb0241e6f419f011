#!/usr/bin/env python3
"""How often the intervals of a whole's parts hold what came: drawn wholes and parts, projected by the tool.

Usage: parts_coverage.py TOOL [REPETITIONS]     (needs numpy)

Each repetition draws 39 months of a whole (random walk, season, irregular) and of the log shares of five parts, the last
of which is never named. Published are the whole's first 36 months, the named parts' totals of the second and third year,
and one part's last month. The next quarter of every part is projected and compared with what was drawn. The scales of
the shares are drawn anew each time, spread about those that the tool takes as typical.
"""
import csv, io, subprocess, sys
import numpy as np

tool, repetitions = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
random = np.random.default_rng(2026)
periods = [f"{2022 + t // 12}-{t % 12 + 1:02d}" for t in range(39)]


def series(level, seasonal, irregular):
    pattern = random.normal(size=12) * seasonal
    pattern -= pattern.mean()
    walk = np.cumsum(random.normal(size=39) * level)
    return walk + pattern[np.arange(39) % 12] + random.normal(size=39) * irregular


inside = {"quarter": {80: 0, 95: 0}, "month": {80: 0, 95: 0}}
counted = {"quarter": 0, "month": 0}
for repetition in range(repetitions):
    whole = 1000 * np.exp(series(0.03, 0.1, 0.08))
    spread = lambda centre: centre * np.exp(random.normal() * 0.5)
    scales = spread(0.05), spread(0.08), spread(0.2)
    shares = np.array([np.log(s) + series(*scales) for s in (0.4, 0.2, 0.1, 0.05, 0.25)])
    shares = np.exp(shares) / np.exp(shares).sum(axis=0)
    parts = whole * shares
    rows = ["series,period,measure,value,unit,precision"]
    rows += [f"w,{periods[t]},level,{whole[t]:.1f},t,0.05" for t in range(36)]
    for k in range(4):
        for year in (1, 2):
            total = parts[k, 12 * year : 12 * year + 12].sum()
            rows.append(f"w/p{k},{2022 + year},level,{total:.1f},t,0.05")
    rows.append(f"w/p1,2024-12,level,{parts[1, 35]:.1f},t,0.05")
    run = subprocess.run(
        [tool, "project", "-", "--series", "w", "--by", "partners", "--format", "csv", "--quiet"],
        input="\n".join(rows) + "\n", capture_output=True, text=True, check=True)
    for row in csv.DictReader(io.StringIO(run.stdout)):
        if not row["grouping"] or row["status"] not in ("projected", "total"):
            continue
        k = 4 if row["unique_id"].endswith("others") else int(row["unique_id"][-1])
        kind = "quarter" if row["status"] == "total" else "month"
        truth = parts[k, 36:39].sum() if kind == "quarter" else parts[k, periods.index(row["ds"])]
        counted[kind] += 1
        for level in (80, 95):
            inside[kind][level] += float(row[f"lo-{level}"]) <= truth <= float(row[f"hi-{level}"])
for kind in counted:
    shown = ", ".join(f"{100 * inside[kind][level] / counted[kind]:.1f} % within {level} %" for level in (80, 95))
    print(f"{kind}s of parts: {counted[kind]} projected, {shown}")
