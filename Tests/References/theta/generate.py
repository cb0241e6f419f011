"""Writes statsforecast.csv: the Theta models of statsforecast on the series of ../m3/series.csv.

python3 generate.py   (statsforecast 2.1.1)
"""
import collections, csv, os
import numpy as np
from statsforecast.theta import auto_theta, forecast_theta

here = os.path.dirname(os.path.abspath(__file__))
series = collections.defaultdict(list)
with open(os.path.join(here, "../m3/series.csv")) as file:
    for row in csv.reader(file):
        if row[0] not in ("unique_id", "series"):
            series[row[0]].append(float(row[-1]))
with open(os.path.join(here, "statsforecast.csv"), "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["series", "model", "initial_smoothed", "alpha", "theta", "sse", "h", "mean"])
    for name, values in series.items():
        y = np.array(values)
        for model in ("OTM", "DSTM", "DOTM"):
            fit = auto_theta(y, 12, model=model)
            adjusted = y
            if fit.get("decompose"):
                figure = fit["seas_forecast"]["mean"]
                adjusted = y / np.array([figure[(i - len(y)) % 12] for i in range(len(y))])
            sse = fit["mse"] * np.mean(np.abs(adjusted))
            par = fit["par"]
            mean = forecast_theta(fit, 18)["mean"]
            for h in range(18):
                out.writerow([name, model, repr(float(par["initial_smoothed"])), repr(float(par["alpha"])),
                              repr(float(par["theta"])), repr(float(sse)), h + 1, repr(float(mean[h]))])
