#!/usr/bin/env bash
# Plain gradient descent with back-propagation through time: x = 1, 2, 3 and y = 2, 4, 6. usage: run.sh [--short]
. "$(dirname "$0")/../foretide.sh"

# A walk has nothing to say before its first observation: x = 0 and y = 0 stand in front. Behind them is the x that is asked for.
series='{"target": [0, 2, 4, 6], "future": {"x": [0, 1, 2, 3, 4]}}'

version=$(curl "$api/models/gradient-descent/train" -H 'Content-Type: application/json' -d @- <<JSON | finished
  {"data": {"series": [$series]},
   "forecast": {"horizon": 1, "context": 3, "season_length": 1, "loss": "squared", "scaling": "none", "anchor": "none"},
   "network": {"cell": "rnn", "units": 2},
   "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 1, "epochs": $(unless_short 10 5), "validation_split": 0},
   "promote": "always"}
JSON
)
losses gradient-descent "$version" | curve
read -r first last < <(losses gradient-descent "$version" | ends)
claim "the squared error falls, from $first to $last" "$last < $first / 20"

answer=$(curl "$api/models/gradient-descent/predict" -H 'Content-Type: application/json' -d @- <<JSON
  {"series": [{"target": [0, 2, 4], "future": {"x": [0, 1, 2, 3]}}], "horizon": 1}
JSON
)
y=$(sed 's/.*"mean":\[\([^],]*\).*/\1/' <<<"$answer")
claim "after 2 and 4, y of x = 3 is $y" "$y > 5.5 && $y < 6.5"
