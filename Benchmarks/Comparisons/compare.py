"""Compares Tradewind with statsforecast, and with R's forecast if it is there; see README.md beside this file.

Needs nothing but Python's own library: the peers run as programs of their own, pinned to one core.
"""

import argparse
import csv
import datetime
import gzip
import json
import math
import os
import platform
import random
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
HORIZON = 18
SEASON = 12

# title, ours, statsforecast's, R's (the names that the runners know)
MODELS = [
    ("AutoETS", "ets", "ets", "ets"),
    ("AutoETS, maximum likelihood", "ets-ml", "ets", "ets"),
    ("dynamic optimised Theta", "dot", "dot", None),
    ("Theta", "theta", "theta", "theta"),
    ("AutoCES", "ces", "ces", None),
    ("AutoARIMA", "arima", "arima", "arima"),
    ("seasonal naive", "snaive", "snaive", "snaive"),
]
# Left out unless asked for: the peers need seconds for each series.
SLOW = {"arima"}
OURS, SF, R = "Tradewind", "statsforecast", "R forecast"


def read_series(path):
    """Series in the order of the file: name -> (dates, training values, test values)."""
    opener = gzip.open if path.endswith(".gz") else open
    series = {}
    with opener(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            dates, train, test = series.setdefault(row["series"], ([], [], []))
            if row["split"] == "train":
                dates.append(row["date"])
                train.append(float(row["value"]))
            else:
                test.append(float(row["value"]))
    return {name: one for name, one in series.items() if len(one[2]) >= HORIZON}


def month(first, steps):
    year, number = (int(part) for part in first.split("-")[:2])
    year, number = divmod(12 * year + number - 1 + steps, 12)
    return f"{year:04d}-{number + 1:02d}"


def write_series(path, series):
    """The training months in the form that all programs read. A series without dates starts in January 1990."""
    with open(path, "w") as file:
        file.write("unique_id,ds,y\n")
        for name, (dates, train, _) in series.items():
            first = dates[0] or "1990-01"
            for t, value in enumerate(train):
                file.write(f"{name},{month(first, t)},{value!r}\n")


# --- accuracy ---------------------------------------------------------------------------------------------------


def scores(result, train, test):
    """sMAPE, MASE and MSIS (Makridakis et al. 2020, doi:10.1016/j.ijforecast.2019.04.014) and coverage of 95 %."""
    scale = statistics.fmean(abs(b - a) for a, b in zip(train, train[SEASON:]))
    mean, lower, upper = result["mean"], result["lower"], result["upper"]
    smape = statistics.fmean(
        200 * abs(y - f) / (abs(y) + abs(f)) if y or f else 0.0 for y, f in zip(test, mean))
    mase = statistics.fmean(abs(y - f) for y, f in zip(test, mean)) / scale
    msis = statistics.fmean(
        u - l + 40 * max(l - y, 0) + 40 * max(y - u, 0) for y, l, u in zip(test, lower, upper)) / scale
    cover = statistics.fmean(l <= y <= u for y, l, u in zip(test, lower, upper))
    return smape, mase, msis, cover


# --- running ----------------------------------------------------------------------------------------------------


def pinned(command, core):
    return ["taskset", "-c", str(core), *command] if core is not None and shutil.which("taskset") else command


def run(program, command, core):
    """The lines a runner prints, by series; None if it does not know the model."""
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    done = subprocess.run(pinned(command, core), capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        print(f"{program}: {shlex.join(command)} failed:\n{done.stderr.strip()[-400:]}", file=sys.stderr)
        return None
    lines = [json.loads(line, parse_constant=float) for line in done.stdout.splitlines() if line.startswith("{")]
    return {line["series"]: line for line in lines}


def in_turn(commands, core, repeats):
    """Runs each program `repeats` times, in turn; each series gets the median of its times."""
    runs = {program: [] for program in commands}
    for turn in range(repeats):
        for program, command in commands.items():
            say(f"  {program} ({turn + 1} of {repeats})")
            result = run(program, command, core)
            if result is not None:
                runs[program].append(result)
    merged = {}
    for program, results in runs.items():
        if not results:
            continue
        merged[program] = results[0]
        for name, line in results[0].items():
            for key in ("fit", "points", "intervals"):
                line[key] = statistics.median(r[name][key] for r in results)
    return merged


def process(command, core, repeats, environment=None):
    """Medians of seconds, CPU seconds and peak memory (MB) of a whole process."""
    rows = []
    for _ in range(repeats):
        with tempfile.NamedTemporaryFile("r", suffix=".time") as times:
            # GNU time starts the process from a small one, so that its peak memory is not that of this program.
            full = ["/usr/bin/time", "-f", "%e %U %S %M", "-o", times.name, *pinned(command, core)]
            done = subprocess.run(full, capture_output=True, text=True, env=environment)
            if done.returncode != 0:
                print(f"{shlex.join(command)} failed:\n{done.stderr.strip()[-400:]}", file=sys.stderr)
                return None
            wall, user, system, peak = (float(x) for x in times.read().split()[-4:])
            rows.append((wall, user + system, peak / 1024))
    return tuple(statistics.median(column) for column in zip(*rows))


def precise_wall(command, core, repeats):
    """The median of milliseconds from start to end: GNU time counts hundredths of a second only."""
    import time

    walls = []
    for _ in range(repeats):
        begin = time.perf_counter()
        subprocess.run(pinned(command, core), capture_output=True, check=True)
        walls.append(time.perf_counter() - begin)
    return 1000 * statistics.median(walls)


def say(text):
    print(text, file=sys.stderr, flush=True)


# --- the table --------------------------------------------------------------------------------------------------


def milliseconds(seconds):
    return f"{1000 * seconds:.3g}"


def ratio(peer, ours):
    return f"{peer / ours:.3g}" if ours > 0 else "–"


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def time_of(line, kind):
    return line["fit"] + (line[kind] if kind else 0)


def speed_rows(title, results):
    """Points against points, intervals against intervals: medians and means of CPU milliseconds a series."""
    rows = []
    for kind in ("points", "intervals"):
        ours = [time_of(line, kind) for line in results[OURS].values()]
        for peer in (SF, R):
            if peer not in results or (peer == R and kind == "points"):
                continue
            theirs = [time_of(line, kind) for line in results[peer].values()]
            peers_median = "–" if peer == R else milliseconds(statistics.median(theirs))
            median_ratio = "–" if peer == R else ratio(statistics.median(theirs), statistics.median(ours))
            rows.append([
                title, kind, peer, milliseconds(statistics.median(ours)), peers_median, median_ratio,
                milliseconds(statistics.fmean(ours)), milliseconds(statistics.fmean(theirs)),
                ratio(sum(theirs), sum(ours))])
    return rows


def accuracy_rows(title, results, series):
    rows = []
    for program, lines in results.items():
        each = [scores(line, series[name][1], series[name][2][:HORIZON]) for name, line in lines.items()]
        smape, mase, msis, cover = (statistics.fmean(column) for column in zip(*each))
        rows.append([title, program, f"{smape:.2f}", f"{mase:.3f}", f"{msis:.2f}", f"{100 * cover:.1f} %"])
    return rows


def objective_rows(title, results):
    """How our AICc compares with the peer's, series by series, where both say one."""
    return [
        row for peer in (SF, R) if peer in results
        for row in compared(title, peer, results[OURS], results[peer], "aicc", 1)]


def same_differences_rows(title, results):
    """AICc of ARIMA models, where both took the same differences; with others it is not comparable."""
    rows = []
    for peer in (SF, R):
        if peer not in results:
            continue
        same = [n for n, line in results[OURS].items() if differences(line) == differences(results[peer][n])]
        ours, theirs = ({n: results[program][n] for n in same} for program in (OURS, peer))
        rows += compared(f"{title}, same differences", peer, ours, theirs, "aicc", 1)
    return rows


def differences(line):
    """d and D of a name such as ARIMA(0,1,1)(0,1,1)12."""
    orders = re.findall(r"\((\d+),(\d+),(\d+)\)", line["fitted"])
    return tuple(order[1] for order in orders) + ("0",) * (2 - len(orders))


def same_form_rows(results, options, path, folder):
    """Our maximum likelihood beside the peer's, for each series with the ETS form that the peer chose."""
    rows = []
    for peer in (SF, R):
        if peer not in results:
            continue
        say(f"the forms of {peer}, by maximum likelihood")
        forms = os.path.join(folder, "forms.tsv")
        with open(forms, "w") as file:
            file.writelines(f"{name}\t{line['fitted']}\n" for name, line in results[peer].items())
        ours = run(OURS, [options.runner, path, f"ets-as:{forms}", str(HORIZON)], options.core)
        if ours:
            rows += compared("form of the peer", peer, ours, results[peer], "logLikelihood", -1)
    return rows


def compared(title, peer, ours, theirs, key, sign):
    """A row on the differences ours - theirs; better is lower for sign 1, higher for -1."""
    both = [(line.get(key), theirs[name].get(key)) for name, line in ours.items()]
    differences = [a - b for a, b in both if a is not None and b is not None and math.isfinite(a) and math.isfinite(b)]
    if not differences:
        return []
    better = sum(sign * d < -0.01 for d in differences) / len(differences)
    worse = sum(sign * d > 0.01 for d in differences) / len(differences)
    measure = "AICc" if key == "aicc" else "log-likelihood"
    return [[
        title, peer, measure, str(len(differences)), f"{100 * better:.1f} %", f"{100 * (1 - better - worse):.1f} %",
        f"{100 * worse:.1f} %", f"{statistics.median(differences):+.2f}",
        f"{min(differences):+.2f} … {max(differences):+.2f}"]]


# --- whole processes --------------------------------------------------------------------------------------------

PEER_PROCESS = """
import csv, sys
import numpy as np
import statsforecast.models
y = np.array([float(row["y"]) for row in csv.DictReader(open(sys.argv[1]))])
print(getattr(statsforecast.models, sys.argv[2])(season_length=12).forecast(y=y, h=3, level=[80, 95]))
"""
PEER_CLASSES = {"ets": "AutoETS", "dot": "DynamicOptimizedTheta", "theta": "Theta", "ces": "AutoCES"}
R_PROCESS = (
    "suppressPackageStartupMessages(library(forecast));"
    "y <- read.csv(commandArgs(TRUE)[1])$y; print(forecast(ets(ts(y, frequency = 12)), h = 3))")


def whole_processes(series, tool, options, folder):
    """Start to end of processes: one series of 120 months, and all series with four models and two jobs."""
    rows = []
    name, (dates, train, test) = next((n, s) for n, s in series.items() if len(s[1]) >= 120 and s[0][0])
    one = os.path.join(folder, "one.csv")
    write_series(one, {name: ([month(dates[0], len(train) - 120)], train[-120:], test)})
    model = options.start_model
    programs = [(OURS, [tool, "forecast", one, "--model", model, "--horizon", "3"], 21)]
    programs.append((SF, [options.python, "-c", PEER_PROCESS, one, PEER_CLASSES[model]], 5))
    if options.with_r and model == "ets":
        programs.append((R, ["Rscript", "-e", R_PROCESS, one], 5))
    for program, command, repeats in programs:
        say(f"  one series: {program}")
        found = process(command, options.core, repeats)
        if found:
            wall = precise_wall(command, options.core, repeats)
            rows.append([
                f"one series of 120 months, {model}, 3 months", program, f"{wall:.3g} ms", f"{found[1]:.2f} s",
                f"{found[2]:.0f} MB"])
    everything = os.path.join(folder, "all.csv")
    write_series(everything, series)
    models = options.tool_models
    command = [
        tool, "forecast", everything, "--model", models, "--horizon", str(HORIZON), "--jobs", "2", "--format", "csv"]
    say(f"  {len(series)} series: {OURS}")
    found = process(command, None, 3)
    if found:
        rows.append([
            f"{len(series)} series, {models}, {HORIZON} months, two jobs (both cores)", OURS, f"{found[0]:.2f} s",
            f"{found[1]:.2f} s", f"{found[2]:.0f} MB"])
    return rows


# --- what it ran on ---------------------------------------------------------------------------------------------


def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return "?"
    text = done.stdout.strip() or done.stderr.strip()
    return text.splitlines()[0] if text else "?"


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        return f"{names[0]}, {len(names)} cores seen"
    except (OSError, IndexError):
        return platform.processor() or platform.machine()


def circumstances(options, loads):
    versions = first_line([
        options.python, "-c",
        "import sys, numpy, statsforecast; print('statsforecast', statsforecast.__version__, '(Python', "
        "sys.version.split()[0] + ', numpy', numpy.__version__ + ')')"])
    if options.with_r:
        versions += "; " + first_line([
            "Rscript", "-e", "cat('R', format(getRversion()), 'with forecast', format(packageVersion('forecast')))"])
    commit = first_line(["git", "-C", HERE, "rev-parse", "--short", "HEAD"])
    swift = first_line(["swift", "--version"]).replace("swift-driver version: ", "driver ")
    core = "not pinned" if options.core is None else f"pinned to core {options.core}"
    return (
        f"- {datetime.date.today()}, {platform.system()} {platform.machine()}, {processor()}; one core, {core}; load average "
        f"{loads[0]:.1f} at the start and {loads[1]:.1f} at the end (above 1, others were at work)\n"
        f"- Tradewind {commit}, release build, baseline instruction set, {swift}; {versions}\n"
        f"- `{options.shown}`")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", help="CSV or CSV.gz with the columns series,t,date,value,split")
    parser.add_argument("--sample", type=int, default=200, help="so many series, drawn at random; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--core", type=int, default=0, help="the core to run on; -1: any")
    parser.add_argument("--repeats", type=int, default=1, help="turns of each program")
    parser.add_argument("--models", default=",".join(m[1] for m in MODELS if m[1] not in SLOW), help="ours: " + ", ".join(m[1] for m in MODELS))
    parser.add_argument("--tool-models", default="ets,dot,theta,ces", help="the four models of the whole-process run")
    parser.add_argument("--start-model", default="ets", choices=PEER_CLASSES, help="the model of the one-series process")
    parser.add_argument("--with-r", action="store_true", help="R's forecast as well")
    parser.add_argument("--python", default=sys.executable, help="a Python that has statsforecast")
    parser.add_argument("--runner", required=True, help="the built ComparisonRunner")
    parser.add_argument("--tool", help="the built tradewind, for whole processes")
    parser.add_argument("--output", help="the Markdown file to write")
    options = parser.parse_args()
    options.core = None if options.core < 0 else options.core
    shown = [a for a in sys.argv[1:]]
    for hidden in ("--python", "--runner", "--tool", "--output"):
        if hidden in shown:
            at = shown.index(hidden)
            del shown[at:at + 2]
    shown = [os.path.basename(a) if a == options.data else a for a in shown]
    options.shown = "Benchmarks/Comparisons/run.sh " + shlex.join(shown)

    everything = read_series(options.data)
    series = everything
    if options.sample and options.sample < len(everything):
        chosen = set(random.Random(options.seed).sample(sorted(everything), options.sample))
        series = {name: one for name, one in everything.items() if name in chosen}
    loads = [os.getloadavg()[0]]
    speed, accuracy, objectives, wholes = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "series.csv")
        write_series(path, series)
        peers = {}  # a peer that stands beside two models of ours runs once
        for title, ours, theirs, r in MODELS:
            if ours not in options.models.split(","):
                continue
            say(title)
            commands = {OURS: [options.runner, path, ours, str(HORIZON)]}
            known = peers.get(theirs)
            if known is None:
                runner = os.path.join(HERE, "statsforecast_runner.py")
                commands[SF] = [options.python, runner, path, theirs, str(HORIZON)]
                if options.with_r and r:
                    commands[R] = ["Rscript", os.path.join(HERE, "forecast_runner.R"), path, r, str(HORIZON)]
            results = in_turn(commands, options.core, options.repeats)
            if OURS not in results:
                continue
            if known is None:
                peers[theirs] = {peer: lines for peer, lines in results.items() if peer != OURS}
            else:
                results |= known
            speed += speed_rows(title, results)
            accuracy += accuracy_rows(title, results, series)
            if ours.startswith("ets"):  # the likelihoods of others leave out other constants than ours
                objectives += objective_rows(title, results)
            if ours == "arima":
                objectives += same_differences_rows(title, results)
            if ours == "ets-ml":
                objectives += same_form_rows(results, options, path, folder)
        if options.tool:
            say("whole processes")
            wholes = whole_processes(everything, options.tool, options, folder)
    loads.append(os.getloadavg()[0])

    parts = [
        "# Tradewind beside other programs",
        f"{len(series)} of {len(everything)} series of {os.path.basename(options.data)}"
        + (f", drawn with seed {options.seed}" if len(series) < len(everything) else "")
        + f"; fitted to the training months, scored on the {HORIZON} test months.",
        circumstances(options, loads),
        "## CPU time",
        "Milliseconds of CPU per series, fit and forecast. The median ratio is that of the medians, the mean ratio that of the sums. "
        "Peers are warmed up; starting them and compiling are not counted. R's clock is too coarse for single series and its "
        "calls always make intervals.",
        table(["model", "what", "peer", "ours, median", "peer, median", "ratio", "ours, mean", "peer, mean", "ratio"], speed),
        "## Accuracy on the same series",
        "sMAPE and MASE of the points, MSIS and coverage of the 95 % intervals, each the mean over series and months.",
        table(["model", "program", "sMAPE", "MASE", "MSIS", "coverage of 95 %"], accuracy),
    ]
    if objectives:
        parts += [
            "## Objective",
            "AICc of the model that each program chose, lower being better; then the log-likelihood of our maximum-likelihood fit of the "
            "ETS form that the peer chose, higher being better. Differences are ours less theirs; within 0.01 counts as equal.",
            table(["model", "peer", "what", "series", "ours better", "equal", "ours worse", "median difference", "range"], objectives)]
    if wholes:
        parts += [
            "## Whole processes",
            "From start to end, reading a CSV file and printing included.",
            table(["what", "program", "elapsed", "CPU", "peak memory"], wholes)]
    text = "\n\n".join(parts) + "\n"
    if options.output:
        with open(options.output, "w") as file:
            file.write(text)
        say(f"written to {options.output}")
    else:
        print(text)


main()
