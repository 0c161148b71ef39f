"""Scores the same forecasts twice: by an independent scorer, and by the service's own backtest.

One model for each frequency is trained on the series of that frequency without their last horizon. What the scorer makes of
the answers of /predict must be what /backtest says, to 1e-6, for the model and for both naive forecasts.
"""

import argparse
import pathlib
import sys
import tempfile

import foretide

TOLERANCE = 1e-6
NAMES = {
    "MASE": "mase",
    "MASE[0.5]": "mase_of_median",
    "sMAPE": "smape",
    "RMSE": "rmse",
    "RMSEpool": "rmse_pooled",
    "WQL": "wql",
    "cov80": "coverage_80",
    "width80": "width_80",
    "cov95": "coverage_95",
    "width95": "width_95",
}


def compare(service, reference, series, windows, scorer):
    """Rows of forecaster, measure, the scorer's figure, the service's figure."""
    horizon = series[0]["horizon"]
    whole = scorer.folder / "series.jsonl"
    foretide.write_lines(whole, series)
    data = scorer.windows(whole, windows)
    contexts = [foretide.history(item) for item in foretide.read_series(data)]
    report = service.backtest(reference, [foretide.sendable(item) for item in series], horizon, windows)
    theirs = {
        "model": scorer.score(data, service.predict(reference, contexts, horizon)),
        "naive": scorer.figures(data, "--baseline", "naive"),
        "seasonal_naive": scorer.figures(data, "--baseline", "snaive"),
    }
    for forecaster, figures in theirs.items():
        for name, ours in NAMES.items():
            yield forecaster, name, figures[name], report["overall"][forecaster][ours]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path, help="folder that holds forecast/classics_r.jsonl.gz")
    parser.add_argument("scorer", type=pathlib.Path, help="the scorer: a Python program that needs numpy")
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--epochs", type=int, help="train for fewer epochs; what is compared does not depend on it")
    parser.add_argument("--out", default="target/bench/score_agreement.txt")
    arguments = parser.parse_args()

    service = foretide.Service(arguments.url)
    training = {"epochs": arguments.epochs} if arguments.epochs else {}
    everything = foretide.read_series(arguments.data / "forecast" / "classics_r.jsonl.gz")
    lines = foretide.surroundings(service.process_id())
    lines.append("freq  windows  forecaster      measure            scorer           service  difference")
    worst = 0.0
    for freq in ("Y", "Q", "M"):
        series = [item for item in everything if item["freq"] == freq]
        histories = [foretide.history(item) for item in series]
        reference = service.train(f"agreement-{freq.lower()}", histories, series[0]["horizon"], training)
        for windows in (1, 3):
            with tempfile.TemporaryDirectory() as folder:
                rows = compare(service, reference, series, windows, foretide.Scorer(arguments.scorer, folder))
                for forecaster, name, theirs, ours in rows:
                    difference = abs(theirs - ours)
                    worst = max(worst, difference)
                    lines.append(
                        f"{freq:4}  {windows:7}  {forecaster:14}  {name:10}  {theirs:16.9f}  {ours:16.9f}  {difference:10.1e}"
                    )
    agreed = worst <= TOLERANCE
    lines.append(f"largest difference {worst:.1e}: {'agreed' if agreed else 'NOT agreed'} to {TOLERANCE:.0e}")
    foretide.report(lines, arguments.out)
    sys.exit(0 if agreed else 1)


if __name__ == "__main__":
    main()
