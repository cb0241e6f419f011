#!/usr/bin/env python3
"""Gathers what the tests need from folders of X-13ARIMA-SEATS runs: collect.py FOLDER_OF_RUNS.

Each run has its `input.spc`, and as CSV and JSON what the program saved: `estimate{save=(est lks)}`,
`forecast{save=(ftr fct)}` and the diagnostics of `-s`.
"""
import csv
import glob
import json
import os
import re
import sys

root = sys.argv[1]
folders = sorted(glob.glob(root + "/fixed/*") + glob.glob(root + "/seats-model/*"))
folders += sorted(glob.glob(root + "/imp-*-fixed") + glob.glob(root + "/imp-*-fixed-seats"))


def number(value):
    return repr(float(value))


with open("x13-runs.csv", "w", newline="") as runs_file, \
        open("x13-coefficients.csv", "w", newline="") as coefficients_file, \
        open("x13-forecasts.csv", "w", newline="") as forecasts_file:
    runs = csv.writer(runs_file, lineterminator="\n")
    coefficients = csv.writer(coefficients_file, lineterminator="\n")
    forecasts = csv.writer(forecasts_file, lineterminator="\n")
    runs.writerow(["run", "series", "transform", "model", "variables", "user", "exact", "tolerance", "observations",
                   "parameters", "log_likelihood", "variance", "aic", "aicc", "bic", "hannan_quinn"])
    coefficients.writerow(["run", "part", "name", "lag", "estimate", "t"])
    forecasts.writerow(["run", "step", "forecast", "transformed", "standard_error"])
    for folder in folders:
        spec = open(folder + "/input.spc").read()
        result = json.load(open(folder + "/result.json"))
        run = os.path.relpath(folder, root)
        likelihood = result["likelihood"]

        def option(name, pattern=r"([^\s}]+)", default=""):
            found = re.search(name + r"\s*=\s*" + pattern, spec)
            return found.group(1) if found else default

        series = os.path.basename(re.search(r'series\{[^}]*file="([^"]+)"', spec).group(1)).removesuffix(".dat")
        user = re.search(r'usertype[^}]*file="([^"]+)"', spec)
        runs.writerow([
            run, series, option("function"), option("model", r"(.+?)\s*\}"), option("variables", r"\(([^)]*)\)"),
            os.path.basename(user.group(1)).removesuffix(".dat") if user else "", option("exact", default="arma"),
            option("tol", default="1.0e-5"), int(likelihood["nefobs"]), int(likelihood["np"]),
            number(likelihood["lnlkhd"]), number(likelihood["var"]),
            *[number(likelihood[k]) if k in likelihood else "" for k in ("aic", "aicc", "bic", "hnquin")]])
        for row in result["estimates"].get("regression", []):
            coefficients.writerow([run, "regression", row["name"], "", number(row["estimate"]), number(row["t"])])
        for row in result["estimates"].get("arma", []):
            kind = ("s" if row["factor"] == "Seasonal" else "") + row["operator"].lower()
            lag = row["lag"] // row["period"]
            coefficients.writerow([run, kind, "", lag, number(row["estimate"]), number(row["t"])])
        levels = list(csv.DictReader(open(folder + "/forecasts.csv")))
        for step, row in enumerate(csv.DictReader(open(folder + "/forecasts_transformed.csv"))):
            forecasts.writerow([run, step + 1, number(levels[step]["forecast"]), number(row["forecast"]),
                                number(row["standarderror"])])

with open("x13-backcasts.csv", "w", newline="") as file:
    backcasts = csv.writer(file, lineterminator="\n")
    backcasts.writerow(["series", "date", "backcast"])
    for series in ("ap", "imp", "exp"):
        for row in csv.DictReader(open(f"{root}/x11-model/{series}-airline-fc60-bc12/bct.csv")):
            values = list(row.values())
            backcasts.writerow([series, int(float(values[0])), number(values[1])])
