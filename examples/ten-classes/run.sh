#!/usr/bin/env bash
# Two stacked SimpleRNN layers of 64 units with a softmax over ten classes. usage: run.sh [--short]
. "$(dirname "$0")/../foretide.sh"

# waves COUNT SEED: sequences of 30 noisy steps, of which each is one of ten frequencies, from anywhere on.
waves() {
  awk -v count="$1" -v seed="$2" '
    function uniform() { seed = seed * 16807 % 2147483647; return seed / 2147483647 }
    BEGIN {
      for (i = 0; i < count; i++) {
        class = i % 10
        phase = 6.283185307 * uniform()
        steps = ""
        for (step = 0; step < 30; step++) {
          noise = uniform() + uniform() + uniform() - 1.5
          steps = steps (step ? "," : "") sprintf("%.4f", sin(phase + (class + 1) * 0.25 * step) + 0.5 * noise)
        }
        printf "{\"id\":\"%d\",\"label\":\"%d\",\"values\":[%s]}\n", i, class, steps
      }
    }'
}

settings='task=classify&cell=rnn&units=64&layers=2&members=1&patterns=none&label_smoothing=0&dropout=0'
settings+="&optimizer=adam&learning_rate=0.001&batch_size=32&epochs=$(unless_short 20 8)&patience=20&promote=always"

version=$(waves "$(unless_short 2000 1000)" 1 |
  curl "$api/models/ten-classes/train?$settings" -H 'Content-Type: application/x-ndjson' --data-binary @- | finished)
losses ten-classes "$version" | curve
read -r first last < <(losses ten-classes "$version" | ends)
claim "the cross-entropy falls, from about that of a guess (ln 10 = 2.30)" "$first > 1 && $last < $first / 2"

answer=$(waves 500 2 | curl "$api/models/ten-classes/backtest" -H 'Content-Type: application/x-ndjson' --data-binary @-)
accuracy=$(grep -o '"model":{[^}]*}' <<<"$answer" | field accuracy)
claim "of 500 waves that it never saw, a share of $accuracy is told right" "$accuracy > $(unless_short 0.9 0.5)"

answer=$(waves 1 3 | curl "$api/models/ten-classes/predict" -H 'Content-Type: application/x-ndjson' --data-binary @-)
grep -o '"classifications":.*' <<<"$answer"
sum=$(grep -o '"probabilities":{[^}]*}' <<<"$answer" | grep -o ':[0-9][0-9.eE-]*' | tr -d : | awk '{ sum += $1; n++ } END { print n, sum }')
claim "the softmax gives ten probabilities that sum up to one" "${sum% *} == 10 && ${sum#* } > 0.999 && ${sum#* } < 1.001"
