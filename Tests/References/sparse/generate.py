# Makes series.csv and forecasts.csv: point forecasts of made sparse series. statsforecast 2.1.1, numpy seed 7.
import numpy as np, csv
from statsforecast.models import (CrostonClassic, CrostonOptimized, CrostonSBA, TSB, ADIDA, IMAPA)
rng = np.random.default_rng(7)
S = {}
for name, n, p, kind in [("poisson", 60, .3, "p"), ("rare", 72, .1, "g"), ("dense", 48, .8, "g"), ("fading", 60, None, "p"), ("large", 40, .4, "l")]:
    prob = np.linspace(.8, .02, n) if p is None else np.full(n, p)
    occ = rng.random(n) < prob
    size = {"p": 1 + rng.poisson(3, n), "g": np.round(rng.gamma(2, 10, n), 1) + .1, "l": np.round(rng.lognormal(8, 1, n))}[kind]
    S[name] = np.where(occ, size, 0).astype(float)
with open("series.csv", "w") as f:
    w = csv.writer(f); w.writerow(["series", "date", "value"])
    for k, v in S.items():
        for i, x in enumerate(v): w.writerow([k, f"{2000+i//12}-{i%12+1:02d}", repr(float(x))])
with open("forecasts.csv", "w") as f:
    w = csv.writer(f); w.writerow(["series", "model", "forecast"])
    for k, v in S.items():
        for m in [CrostonClassic(), CrostonOptimized(), CrostonSBA(), TSB(alpha_d=.2, alpha_p=.1), ADIDA(), IMAPA()]:
            w.writerow([k, repr(m), repr(float(m.forecast(y=v, h=1)["mean"][0]))])
