#!/usr/bin/env bash
# The weather in Seattle by SimpleRNN, LSTM and GRU, side by side. usage: run.sh [--short]
. "$(dirname "$0")/../foretide.sh"

# days FROM TO: for each day of these years a sequence of the week that ends with it, and its weather as the label.
days() {
  awk -F, -v from="$1" -v to="$2" 'NR > 1 {
    for (i = 1; i < 7; i++) week[i] = week[i + 1]
    week[7] = "[" $2 "," $3 "," $4 "," $5 "]" # precipitation, highest and lowest temperature, wind
    year = substr($1, 1, 4)
    if (NR > 7 && year >= from && year <= to) {
      steps = week[1]
      for (i = 2; i <= 7; i++) steps = steps "," week[i]
      printf "{\"id\":\"%s\",\"label\":\"%s\",\"values\":[%s]}\n", $1, $6, steps
    }
  }' "$here/seattle-weather.csv"
}

settings='task=classify&units=10&layers=1&members=1&dropout=0&patterns=none&label_smoothing=0'
settings+="&optimizer=adam&learning_rate=0.001&batch_size=16&epochs=$(unless_short 100 15)&patience=100&promote=always"

for cell in rnn lstm gru; do
  version=$(days 2012 2014 |
    curl "$api/models/weather-$cell/train?$settings&cell=$cell" -H 'Content-Type: application/x-ndjson' --data-binary @- | finished)
  echo "$cell"
  losses "weather-$cell" "$version" | curve
  answer=$(days 2015 2015 |
    curl "$api/models/weather-$cell/backtest" -H 'Content-Type: application/x-ndjson' --data-binary @-)
  accuracy=$(grep -o '"model":{[^}]*}' <<<"$answer" | field accuracy)
  majority=$(grep -o '"majority":{[^}]*}' <<<"$answer" | field accuracy)
  table+=$(printf '  %-5s %.3f' "$cell" "$accuracy")$'\n'
  claim "$cell is right more often on the days of 2015 than who always says what is most common ($majority)" "$accuracy > $majority"
done

echo "accuracy on 2015"
printf '%s' "$table"
