"""Fits statsforecast's models to series one by one and prints a JSON line for each, as ComparisonRunner does.

    statsforecast_runner.py SERIES.csv MODEL HORIZON

CPU seconds: `fit`, then `points` (points only) and `intervals` (with the 95 % interval) of the forecast alone.
"""

import csv
import json
import os
import sys
import time

# One thread, whatever BLAS is installed; numba's cache would not change the times, since compilation is left out.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
from statsforecast.models import AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta, SeasonalNaive, Theta

MODELS = {
    "ets": AutoETS, "dot": DynamicOptimizedTheta, "theta": Theta, "ces": AutoCES, "arima": AutoARIMA,
    "snaive": SeasonalNaive,
}


def read(path):
    series = {}
    with open(path) as file:
        for row in csv.DictReader(file):
            series.setdefault(row["unique_id"], []).append(float(row["y"]))
    return {name: np.array(values) for name, values in series.items()}


def timed(work):
    begin = time.process_time()
    result = work()
    return result, time.process_time() - begin


def objective(fitted):
    """What the search maximised or minimised, where the model says it."""
    inner = getattr(fitted, "model_", None)
    if not isinstance(inner, dict):
        return {}
    found = {}
    for key, name in (("loglik", "logLikelihood"), ("aicc", "aicc"), ("mse", "mse")):
        value = inner.get(key)
        if value is not None and np.ndim(value) == 0 and np.isfinite(value):
            found[name] = float(value)
    if "arma" in inner:
        p, q, seasonal_p, seasonal_q, period, d, seasonal_d = inner["arma"]
        return found | {"fitted": f"ARIMA({p},{d},{q})({seasonal_p},{seasonal_d},{seasonal_q}){period}"}
    name = inner.get("method") or inner.get("modeltype") or inner.get("seasontype")
    return found | {"fitted": str(name)}


def main():
    path, model_name, horizon = sys.argv[1], sys.argv[2], int(sys.argv[3])
    series = read(path)

    def model():
        return MODELS[model_name](season_length=12)

    first = next(iter(series.values()))
    for _ in range(2):  # compiles what is compiled at the first call
        warm = model().fit(first)
        warm.predict(h=horizon)
        warm.predict(h=horizon, level=[95])
    for name, values in series.items():
        fitted, fit = timed(lambda: model().fit(values))
        points, points_time = timed(lambda: fitted.predict(h=horizon))
        intervals, intervals_time = timed(lambda: fitted.predict(h=horizon, level=[95]))
        line = {
            "series": name, "fit": fit, "points": points_time, "intervals": intervals_time,
            "mean": [float(x) for x in points["mean"]],
            "lower": [float(x) for x in intervals["lo-95"]],
            "upper": [float(x) for x in intervals["hi-95"]],
        }
        print(json.dumps(line | objective(fitted)))


main()
