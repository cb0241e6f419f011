"""Monthly series of official statistics, from data sets of two R packages, as a file name,first month,value,… for choose.py.

    python official.py OUT.csv TSIBBLEDATA RJD3TOOLKIT

TSIBBLEDATA and RJD3TOOLKIT are the folders `data` of the packages of these names (version control of tidyverts/tsibbledata and
rjdverse/rjd3toolkit). Needs rdata (PyPI) and pandas. Taken are at most 70 series of each: retail turnover, subsidised prescriptions and
slaughterings of Australia (aus_retail, PBS, aus_livestock), retail sales of the United States (Retail), exports and imports of Belgium by partner
(Exports, Imports). Left out are series with gaps, with fewer than 90 months, or where more than 2 % of the months are zero.
"""
import random, sys, warnings
import numpy as np
import pandas as pd
import rdata

warnings.filterwarnings("ignore")
out, tsibbledata, rjd3toolkit = sys.argv[1:]
families = {}


def add(family, name, start, values):
    values = np.asarray(values, float)
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < 90:
        return
    first, last = known[0], known[-1] + 1
    values = values[first:last]
    if np.isnan(values).any() or (values <= 0).mean() > 0.02:
        return
    label = f"{family}.{name}".replace(",", ";").replace(" ", "_")
    families.setdefault(family, []).append((label, start + first, values))


for file, family, year in (("Exports", "bex", 1995), ("Imports", "bim", 1995), ("Retail", "usr", 1992)):
    for name, series in rdata.read_rda(f"{rjd3toolkit}/{file}.rda")[file].items():
        add(family, name, year * 12, series.values)
for file, family, keys, value in (("aus_retail", "aur", ["State", "Industry"], "Turnover"),
                                  ("PBS", "pbs", ["Concession", "Type", "ATC2"], "Scripts"),
                                  ("aus_livestock", "liv", ["Animal", "State"], "Count")):
    table = rdata.read_rda(f"{tsibbledata}/{file}.rda")[file]
    date = pd.to_datetime("1970-01-01") + pd.to_timedelta(table["Month"].values, unit="D")
    table = table.assign(month=date.year * 12 + date.month - 1)
    for key, rows in table.groupby(keys, observed=True, sort=True):
        rows = rows.sort_values("month")
        if (np.diff(rows["month"]) == 1).all():
            add(family, "/".join(map(str, key)), int(rows["month"].iloc[0]), rows[value].values)

choice = random.Random(5)
with open(out, "w") as file:
    for series in families.values():
        choice.shuffle(series)
        for label, start, values in sorted(series[:70], key=lambda s: s[0]):
            file.write(f"{label},{start}," + ",".join(repr(float(v)) for v in values) + "\n")
