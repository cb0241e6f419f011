"""Writes statsforecast.csv: complex exponential smoothing of statsforecast on the series of ../m3/series.csv.

python3 generate.py   (statsforecast 2.1.1)
"""
import collections, csv, os
import numpy as np
from statsforecast.ces import auto_ces, forecast_ces

here = os.path.dirname(os.path.abspath(__file__))
series = collections.defaultdict(list)
with open(os.path.join(here, "../m3/series.csv")) as file:
    for row in csv.DictReader(file):
        series[row["series"]].append(float(row["value"]))
with open(os.path.join(here, "statsforecast.csv"), "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["series", "model", "alpha_0", "alpha_1", "beta_0", "beta_1", "sse", "h", "mean"])
    for name, values in series.items():
        y = np.array(values)
        for model in "NSPF":
            fit = auto_ces(y, 12, model=model)
            par = [repr(float(fit["par"][k])) for k in ("alpha_0", "alpha_1", "beta_0", "beta_1")]
            mean = forecast_ces(fit, 18)["mean"]
            for h in range(18):
                out.writerow([name, model] + par + [repr(float(np.sum(fit["residuals"] ** 2))), h + 1, repr(float(mean[h]))])
