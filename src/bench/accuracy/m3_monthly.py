"""Trains one global model on the monthly series of the M3 competition through the API, and forecasts all of them."""

import argparse
import pathlib
import time

import foretide

LAG = 12


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path, help="folder that holds forecast/m3_monthly.jsonl.gz")
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--pid", type=int, help="the process of the service; found by its port where left out")
    parser.add_argument("--epochs", type=int, help="train for fewer epochs")
    parser.add_argument("--out", default="target/bench/m3_monthly.txt")
    arguments = parser.parse_args()

    service = foretide.Service(arguments.url)
    process_id = arguments.pid or service.process_id()
    series = foretide.read_series(arguments.data / "forecast" / "m3_monthly.jsonl.gz")
    histories = [foretide.history(item) for item in series]
    horizon = series[0]["horizon"]
    training = {"epochs": arguments.epochs} if arguments.epochs else {}

    started = time.monotonic()
    reference = service.train("m3-monthly", histories, horizon, training)
    trained = time.monotonic()
    forecasts = service.predict(reference, histories, horizon)
    predicted = time.monotonic()

    naive = [foretide.seasonal_naive(item, LAG) for item in series]
    memory = foretide.peak_memory(process_id) if process_id else float("nan")
    foretide.report(
        foretide.surroundings(process_id)
        + [
            f"series    {len(series)}, {sum(len(item['target']) for item in histories)} values, horizon {horizon}",
            f"version   {reference}",
            f"training  {trained - started:.1f} s, from the request to the version",
            f"predict   {predicted - trained:.2f} s, all series in one request, {len(foretide.LEVELS)} levels",
            f"MASE      {foretide.mase(series, forecasts, LAG, lambda f: f['quantiles']['0.5']):.4f} median",
            f"MASE      {foretide.mase(series, forecasts, LAG, lambda f: f['mean']):.4f} mean",
            f"MASE      {foretide.mase(series, naive, LAG, lambda f: f['mean']):.4f} seasonal naive",
            f"coverage  {foretide.coverage(series, forecasts, '0.1', '0.9'):.3f} of the 80 % interval",
            f"coverage  {foretide.coverage(series, forecasts, '0.025', '0.975'):.3f} of the 95 % interval",
            f"memory    {memory:.0f} MiB resident at the peak since the service started",
        ],
        arguments.out,
    )


if __name__ == "__main__":
    main()
