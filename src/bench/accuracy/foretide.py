"""What the accuracy benchmarks share: a client of the service, readers of data, and facts about the machine.

Needs Python 3.9 and nothing else.
"""

import gzip
import json
import os
import pathlib
import platform
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

LEVELS = [0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975]
SEASON_LENGTHS = {"Y": 1, "Q": 4, "M": 12, "W": 52, "D": 7, "h": 24, "30min": 48}


def read_series(path):
    """Series of a file of JSON Lines, gzipped or not; the last `horizon` values of each are the test."""
    opened = gzip.open(path, "rt") if str(path).endswith(".gz") else open(path)
    with opened as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_lines(path, items):
    with open(path, "w") as lines:
        for item in items:
            lines.write(json.dumps(item) + "\n")


def history(item):
    """A series as the service takes it, without the values that it is to forecast."""
    return sendable(item, item["target"][: -item["horizon"]])


def sendable(item, target=None):
    return {
        "item_id": item["item_id"],
        "start": item["start"],
        "freq": item["freq"],
        "target": item["target"] if target is None else target,
    }


class Service:
    """A running service."""

    def __init__(self, url):
        self.url = url.rstrip("/")
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {} if data is None else {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            with self.opener.open(request) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path}: {error.code} {error.read().decode()}")

    def train(self, model, series, horizon, training):
        """Trains a model to its end and gives the reference of the version."""
        body = {
            "task": "forecast",
            "data": {"series": series},
            "forecast": {"horizon": horizon},
            "training": training,
            "promote": "always",
        }
        job = self.call(f"/api/v1/models/{model}/train", body)
        while job["state"] in ("queued", "running"):
            time.sleep(0.5)
            job = self.call(f"/api/v1/jobs/{job['id']}")
        if job["state"] != "succeeded":
            raise SystemExit(f"training of {model} {job['state']}: {job.get('error')}")
        return f"{model}:{version_number(job['version'])}"

    def predict(self, reference, series, horizon):
        body = {"series": series, "horizon": horizon, "quantiles": LEVELS}
        return self.call(f"/api/v1/models/{reference}/predict", body)["forecasts"]

    def backtest(self, reference, series, horizon, windows):
        body = {"series": series, "horizon": horizon, "windows": windows, "stride": horizon}
        return self.call(f"/api/v1/models/{reference}/backtest", body)

    def process_id(self):
        """The process that listens at the address of the service, if it is one of this machine and this user."""
        port = urllib.parse.urlsplit(self.url).port
        inodes = set()
        for table in ("/proc/net/tcp", "/proc/net/tcp6"):
            for row in pathlib.Path(table).read_text().splitlines()[1:]:
                fields = row.split()
                if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:
                    inodes.add(f"socket:[{fields[9]}]")
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if any(os.readlink(file) in inodes for file in (process / "fd").iterdir()):
                    return int(process.name)
            except OSError:
                continue
        return None


class Scorer:
    """A program that scores forecasts independently of the service; files go between in a folder."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = pathlib.Path(folder)

    def windows(self, data, count):
        """Copies of the series that end a horizon earlier each; the copy of the last window first."""
        cut = self.folder / "windows.jsonl"
        subprocess.run(self.command(data, "--windows", str(count), "--write", str(cut)), check=True)
        return cut

    def score(self, data, forecasts):
        lines = self.folder / "forecasts.jsonl"
        write_lines(lines, forecasts)
        return self.figures(data, "--forecasts", str(lines))

    def figures(self, data, *arguments):
        done = subprocess.run(self.command(data, "--json", *arguments), check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout)

    def command(self, data, *arguments):
        return [sys.executable, str(self.program), "--data", str(data), *arguments]


def version_number(version):
    return version["version"] if isinstance(version, dict) else version


def peak_memory(process_id):
    """The most memory that a process was resident in since it started, in MiB."""
    for line in pathlib.Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def surroundings(process_id=None):
    """Lines that say where figures come from: machine, JDK, commit."""
    model = next(
        (line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    here = pathlib.Path(__file__).parent
    commit = shell(["git", "rev-parse", "--short", "HEAD"], here)
    changed = " with changes" if shell(["git", "status", "--porcelain", "--untracked-files=no"], here) else ""
    return [
        f"machine   {model}, {os.cpu_count()} cores, {memory:.0f} GiB",
        f"JDK       {java_version(process_id) if process_id else 'unknown'}",
        f"commit    {commit}{changed}",
    ]


def java_version(process_id):
    release = pathlib.Path(os.path.realpath(f"/proc/{process_id}/exe")).parent.parent / "release"
    if not release.exists():
        return "unknown"
    entries = dict(line.split("=", 1) for line in release.read_text().splitlines() if "=" in line)
    return " ".join(entries.get(key, "").strip('"') for key in ("IMPLEMENTOR", "JAVA_RUNTIME_VERSION"))


def shell(command, folder):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout.strip()


def scale(values, lag):
    """The mean absolute difference at a lag, or at lag 1 where there is none."""
    lag = lag if len(values) > lag else 1
    differences = [abs(b - a) for a, b in zip(values, values[lag:])]
    return sum(differences) / len(differences) if differences else float("nan")


def mase(items, forecasts, lag, pick):
    """Mean over the series of the absolute error in units of the in-sample seasonal-naive error."""
    values = []
    for item, forecast in zip(items, forecasts):
        train, test = item["target"][: -item["horizon"]], item["target"][-item["horizon"] :]
        errors = [abs(y - f) for y, f in zip(test, pick(forecast))]
        unit = scale(train, lag)
        if unit > 0:
            values.append(sum(errors) / len(errors) / unit)
    return sum(values) / len(values)


def seasonal_naive(item, lag):
    train = item["target"][: -item["horizon"]]
    last = train[-lag:] if len(train) >= lag else train[-1:]
    return {"mean": [last[h % len(last)] for h in range(item["horizon"])]}


def coverage(items, forecasts, low, high):
    inside = total = 0
    for item, forecast in zip(items, forecasts):
        test = item["target"][-item["horizon"] :]
        bounds = zip(test, forecast["quantiles"][low], forecast["quantiles"][high])
        inside += sum(a <= y <= b for y, a, b in bounds)
        total += len(test)
    return inside / total


def report(lines, path):
    """Prints the lines and keeps them in a file."""
    text = "\n".join(lines) + "\n"
    print(text, end="")
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_text(text)
