"""Trains on every data set through the API with nothing but its series and horizon, forecasts, and has that scored.

Each data set and seed is a row of the results file; rows that are there already are not made again. The scorer is a program
that needs numpy; see ../README.md for how it is called.
"""

import argparse
import json
import math
import os
import pathlib
import socket
import subprocess
import tempfile
import time

import foretide

ROOT = pathlib.Path(__file__).resolve().parents[3]

# The windows whose forecasts are scored. What precedes all of them is what a model is trained on.
WINDOWS = {"us_births": 10, "nyc_taxi_halfhourly": 10}

QUICK = ["m3_yearly", "tourism_quarterly", "classics_r", "nn5_weekly"]

# MASE of the Monash archive (Godahewa et al., 2021), one window each.
PUBLISHED = {
    "m3_yearly": {"Theta": 2.774, "ETS": 2.860, "DeepAR": 3.508, "best": 2.774},
    "m3_monthly": {"Theta": 0.864, "ETS": 0.865, "DeepAR": 1.167, "best": 0.861},
    "tourism_quarterly": {"Theta": 1.661, "ETS": 1.592, "DeepAR": 1.597, "best": 1.475},
    "hospital": {"Theta": 0.761, "ETS": 0.765, "DeepAR": 0.769, "best": 0.761},
    "nn5_daily": {"Theta": 0.885, "ETS": 0.865, "DeepAR": 0.919, "best": 0.858},
    "nn5_weekly": {"Theta": 0.885, "ETS": 0.911, "DeepAR": 0.863, "best": 0.808},
    "us_births": {"Theta": 2.138, "ETS": 1.529, "DeepAR": 1.548, "best": 1.453},
}

# So many zeros that always forecasting zero has the least absolute error: judged by the quantiles alone.
INTERMITTENT = {"car_parts_odd"}

# Intervals of counts end at whole numbers and hold both ends: they cover more than they claim, the more the fewer there are.
COUNTS = {"car_parts_odd", "hospital"}

# Errors of few series say more of luck than of intervals.
LEAST_SERIES_FOR_COVERAGE = 100


class OwnService:
    """A service that lives as long as this is open."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="foretide-accuracy")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        jar = next((ROOT / "target").glob("foretide-*.jar"))
        command = [
            os.path.join(os.environ["JDK"], "bin", "java"),
            f"@{ROOT}/src/main/jvm/java.args",
            "-jar",
            str(jar),
            f"--server.port={port}",
            f"--foretide.storage.path={self.folder.name}/data",
        ]
        log = open(pathlib.Path(self.folder.name) / "service.log", "w")
        self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=self.folder.name)
        self.service = foretide.Service(f"http://127.0.0.1:{port}")
        for _ in range(600):
            try:
                self.service.call("/actuator/health/readiness")
                return self
            except (OSError, SystemExit):
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
        printed = (pathlib.Path(self.folder.name) / "service.log").read_text()
        self.__exit__()
        raise SystemExit(printed)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


def groups(series):
    """One model for each frequency and horizon."""
    grouped = {}
    for item in series:
        grouped.setdefault((item["freq"], item["horizon"]), []).append(item)
    return grouped


def measure(service, scorer, name, data, seed, windows):
    """One data set with one seed: trained on what precedes all windows, scored over all of them."""
    series = foretide.read_series(data)
    scored = data if windows == 1 else scorer.windows(data, windows)
    cut = series if windows == 1 else foretide.read_series(scored)
    seconds = predicting = 0.0
    forecasts, chosen = [], []
    for (freq, horizon), group in groups(series).items():
        # Series that have nothing before so many windows are not trained on.
        train = [foretide.sendable(item, item["target"][: -windows * horizon]) for item in group]
        train = [item for item in train if len(item["target"]) > 1]
        started = time.monotonic()
        model = f"{name}-{freq}".replace("_", "-").lower()
        reference = service.train(model, train, horizon, {"seed": seed})
        trained = time.monotonic()
        contexts = [foretide.history(item) for item in cut if (item["freq"], item["horizon"]) == (freq, horizon)]
        forecasts += service.predict(reference, contexts, horizon)
        predicting += time.monotonic() - trained
        seconds += trained - started
        record = service.call(f"/api/v1/models/{model}/versions/{reference.split(':')[1]}")
        chosen.append({"freq": freq, "settings": record.get("settings"), "chosen": record.get("chosen")})
    model = scorer.score(scored, forecasts)
    naive = scorer.figures(scored, "--baseline", "snaive")
    return {
        "set": name,
        "seed": seed,
        "windows": windows,
        "mase": model["MASE[0.5]"],
        "mase_of_mean": model["MASE"],
        "smape": model["sMAPE[0.5]"],
        "wql": model["WQL"],
        "cov80": model["cov80"],
        "cov95": model["cov95"],
        "missing": model["missing_forecasts"],
        "naive_mase": naive["MASE"],
        "naive_wql": naive["WQL"],
        "series": len(series),
        "training_seconds": round(seconds, 1),
        "predict_seconds": round(predicting, 2),
        "choices": chosen,
    }


def geometric_mean(values):
    values = list(values)
    return math.exp(sum(math.log(value) for value in values) / len(values)) if values else float("nan")


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else float("nan")


def spread(values):
    values = list(values)
    return max(values) - min(values) if len(values) > 1 else 0.0


def accuracy_table(rows):
    """A line a data set, over its seeds; then the geometric means relative to the seasonal-naive forecast."""
    heads = "set,seeds,MASE,±,naive,relative,Theta,ETS,DeepAR,best,sMAPE,WQL,relative,80 %,95 %,seconds".split(",")
    lines, names = [heads], list(dict.fromkeys(row["set"] for row in rows))
    for name in names:
        of = [row for row in rows if row["set"] == name]
        published = PUBLISHED.get(name, {})
        mase, wql = mean(row["mase"] for row in of), mean(row["wql"] for row in of)
        lines.append(
            [name, str(len(of)), f"{mase:.3f}", f"{spread(row['mase'] for row in of):.3f}"]
            + [f"{of[0]['naive_mase']:.3f}", f"{mase / of[0]['naive_mase']:.3f}"]
            + [f"{published[who]:.3f}" if who in published else "–" for who in ("Theta", "ETS", "DeepAR", "best")]
            + [f"{mean(row['smape'] for row in of):.2f}", f"{wql:.4f}", f"{wql / of[0]['naive_wql']:.3f}"]
            + [f"{mean(row['cov80'] for row in of):.3f}", f"{mean(row['cov95'] for row in of):.3f}"]
            + [f"{mean(row['training_seconds'] for row in of):.1f}"]
        )
    columns = list(zip(*lines))
    widths = [max(map(len, column)) for column in columns]
    text = [
        line[0].ljust(widths[0]) + "".join(f"  {cell:>{width}}" for cell, width in zip(line[1:], widths[1:]))
        for line in lines
    ]

    def relative(measure, sets):
        ratios = [[row[measure] / row["naive_" + measure] for row in rows if row["set"] == name] for name in sets]
        return geometric_mean(map(mean, ratios))

    published = [name for name in names if name in PUBLISHED]
    continuous = [name for name in names if name not in INTERMITTENT]
    return text + [
        "",
        "geometric mean relative to the seasonal-naive forecast",
        f"  MASE  {relative('mase', published):.4f}  the {len(published)} sets with published figures",
        f"  MASE  {relative('mase', continuous):.4f}  the {len(continuous)} sets without intermittent demand",
        f"  WQL   {relative('wql', names):.4f}  all {len(names)} sets",
    ]


def coverage_table(rows):
    """A line a data set, over its seeds, but for counts and small sets."""
    rows = [row for row in rows if row["set"] not in COUNTS and row["series"] >= LEAST_SERIES_FOR_COVERAGE]
    lines, deviations = [f"{'set':<22}{'seeds':>8}{'windows':>8}{'80 %':>8}{'95 %':>8}"], []
    for name in dict.fromkeys(row["set"] for row in rows):
        of = [row for row in rows if row["set"] == name]
        covered = [mean(row[level] for row in of) for level in ("cov80", "cov95")]
        deviations += [abs(share - nominal) for share, nominal in zip(covered, (0.8, 0.95))]
        lines.append(f"{name:<22}{len(of):>8}{of[0]['windows']:>8}{covered[0]:>8.3f}{covered[1]:>8.3f}")
    lines.append(f"mean deviation {mean(deviations):.3f}, largest {max(deviations, default=float('nan')):.3f}")
    return lines


def read_rows(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def table(rows):
    accuracy = [row for row in rows if row["windows"] == WINDOWS.get(row["set"], 1)]
    origins = [row for row in rows if row["windows"] == 3]
    commits = ", ".join(dict.fromkeys(row["commit"] for row in rows))
    return [f"commit    {commits}", ""] + accuracy_table(accuracy) + (
        ["", "coverage over three origins"] + coverage_table(origins) if origins else [])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path, nargs="?", help="folder that holds forecast/*.jsonl.gz")
    parser.add_argument("scorer", type=pathlib.Path, nargs="?")
    parser.add_argument("--sets", help="names of data sets, with commas between; all where left out")
    parser.add_argument("--seeds", default="42")
    parser.add_argument("--quick", action="store_true", help=f"only {', '.join(QUICK)}")
    parser.add_argument("--coverage", action="store_true", help="coverage over three origins, too")
    parser.add_argument("--table", action="store_true", help="only print what the results file holds")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "target" / "bench" / "accuracy.jsonl")
    arguments = parser.parse_args()
    if arguments.table:
        print("\n".join(table(read_rows(arguments.out))))
        return

    files = sorted((arguments.data / "forecast").glob("*.jsonl.gz"))
    wanted = arguments.sets.split(",") if arguments.sets else QUICK if arguments.quick else None
    files = [file for file in files if wanted is None or file.name.split(".")[0] in wanted]
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    with OwnService() as own, tempfile.TemporaryDirectory() as folder:
        scorer = foretide.Scorer(arguments.scorer, folder)
        lines = foretide.surroundings(own.process.pid)
        commit = lines[-1].split(None, 1)[1]
        print("\n".join(lines), flush=True)
        for seed in map(int, arguments.seeds.split(",")):
            for file in files:
                name = file.name.split(".")[0]
                covers = arguments.coverage and name not in WINDOWS and name not in COUNTS
                kinds = [WINDOWS.get(name, 1)] + ([3] if covers else [])
                for windows in kinds:
                    known = {(row["set"], row["seed"], row["windows"]) for row in read_rows(arguments.out)}
                    if (name, seed, windows) in known:
                        continue
                    row = measure(own.service, scorer, name, file, seed, windows) | {"commit": commit}
                    with open(arguments.out, "a") as out:
                        out.write(json.dumps(row) + "\n")
                    print(f"{name} seed {seed} windows {windows}: MASE {row['mase']:.4f}, relative "
                          f"{row['mase'] / row['naive_mase']:.3f}, WQL relative {row['wql'] / row['naive_wql']:.3f}, "
                          f"{row['training_seconds']} s", flush=True)
        memory = foretide.peak_memory(own.process.pid)
    print(f"memory    {memory:.0f} MiB resident at the peak of the service")
    print("\n".join(table(read_rows(arguments.out))))


if __name__ == "__main__":
    main()
