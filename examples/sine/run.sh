#!/usr/bin/env bash
# A SimpleRNN of 50 units on sine waves: y from a known x, and the next value from the past. usage: run.sh [--short]
. "$(dirname "$0")/../foretide.sh"

# "x" and y = sin(x) of so many points; x is drawn anew for each, so that nothing but x tells y.
drawn() {
  awk -v count="$1" 'BEGIN {
    drawn = 1
    for (i = 0; i <= count; i++) {
      drawn = drawn * 16807 % 2147483647
      x = 6.283185307 * drawn / 2147483647 - 3.141592654
      xs = xs (i ? "," : "") x
      if (i < count) ys = ys (i ? "," : "") sin(x)
    }
    printf "{\"target\": [%s], \"future\": {\"x\": [%s]}}", ys, xs
  }'
}

# So many points of a wave of 25 steps.
wave() {
  awk -v count="$1" 'BEGIN {
    for (i = 0; i < count; i++) ys = ys (i ? "," : "") sin(6.283185307 * i / 25)
    printf "{\"target\": [%s]}", ys
  }'
}

# train MODEL SERIES: squared error, Adam; values as they are, without a scale and without an anchor.
train() {
  curl "$api/models/$1/train" -H 'Content-Type: application/json' -d @- <<JSON
    {"data": {"series": [$2]},
     "forecast": {"horizon": 1, "context": 30, "season_length": 1, "loss": "squared", "scaling": "none", "anchor": "none"},
     "network": {"cell": "rnn", "units": 50},
     "training": {"optimizer": "adam", "learning_rate": 0.003, "epochs": $(unless_short 60 10), "patience": 60, "validation_split": 0.1},
     "promote": "always"}
JSON
}

# backtest MODEL SERIES: measures forecasts of the last 100 values, each from all before it.
backtest() {
  curl "$api/models/$1/backtest" -H 'Content-Type: application/json' -d @- <<JSON
    {"series": [$2], "horizon": 1, "windows": 100, "stride": 1, "season_length": 1}
JSON
}
rmse() { grep -o "\"$1\":{[^}]*}" | awk "NR == 1" | field rmse_pooled; }

echo "y = sin(x) from x"
version=$(train sine-known "$(drawn 3000)" | finished)
losses sine-known "$version" | curve
answer=$(backtest sine-known "$(drawn 3100)")
model=$(rmse model <<<"$answer") naive=$(rmse naive <<<"$answer")
echo "  RMSE on values that were never seen: $model; the value before in place of a forecast: $naive"
claim "y follows x: the error is less than a third of that of the value before" "$model < $naive / 3"

echo "the next value of a wave from those before"
version=$(train sine-next "$(wave 500)" | finished)
losses sine-next "$version" | curve
answer=$(backtest sine-next "$(wave 600)")
model=$(rmse model <<<"$answer") naive=$(rmse naive <<<"$answer")
echo "  RMSE on values that were never seen: $model; the value before in place of a forecast: $naive"
claim "the wave goes on: the error is less than a third of that of the value before" "$model < $naive / 3"
