#!/usr/bin/env bash
# Is a sentence about a film pleased or not? usage: run.sh [--short]
. "$(dirname "$0")/../foretide.sh"

settings="task=classify&cell=lstm&units=32&embedding=32&members=2&epochs=$(unless_short 12 4)&promote=always"

version=$(curl "$api/models/sentiment/train?$settings" -H 'Content-Type: text/csv' --data-binary "@$here/train.csv" | finished)
losses sentiment "$version" | curve

answer=$(curl "$api/models/sentiment/backtest" -H 'Content-Type: text/csv' --data-binary "@$here/test.csv")
accuracy=$(grep -o '"model":{[^}]*}' <<<"$answer" | field accuracy)
claim "of the sentences in test.csv, which it has never seen, a share of $accuracy is told right" "$accuracy > 0.8"

answer=$(curl "$api/models/sentiment/predict" -H 'Content-Type: application/json' -d '
  {"sequences": [{"id": "one", "text": "A wonderful film with a brilliant cast, moving and funny."},
                 {"id": "two", "text": "Dull, far too long, and a waste of a good actor."}]}')
grep -o '{"id":[^{]*{[^}]*}}' <<<"$answer"
claim "praise is taken for praise" "$(grep -c '"id":"one","label":"pleased"' <<<"$answer")"
claim "and complaint for complaint" "$(grep -c '"id":"two","label":"disappointed"' <<<"$answer")"
