#!/usr/bin/env bash
# A SimpleRNN that writes word by word. usage: [TEXT=shakespeare.txt] [PROMPT='To be'] [EPOCHS=3] run.sh [--short]
. "$(dirname "$0")/../foretide.sh"

# A text file of any kind; where none is named, what the documentation of Foretide says outside of tables and code.
text() {
  if [ -n "${TEXT:-}" ]; then
    cat "$TEXT"
  else
    cat "$here"/../../README.md "$here"/../../docs/*.md "$here"/../../docs/adr/*.md | sed '/^```/,/^```/d; /^|/d; s/[`*#]//g'
  fi | if $short; then awk '(read += length($0)) < 60000'; else cat; fi
}
prompt=${PROMPT:-A version is}

settings='task=generate&tokens=word&embedding=50&cell=rnn&units=128&layers=1&validation_split=0.2'
settings+="&learning_rate=0.002&epochs=${EPOCHS:-$(unless_short 30 6)}&promote=always"

version=$(text | curl "$api/models/words/train?$settings" -H 'Content-Type: text/plain' --data-binary @- | finished)
losses words "$version" | curve
read -r first last < <(losses words "$version" | ends)
claim "the loss of each word falls, in nats" "$last < $first - 0.3"

record=$(curl "$api/models/words/versions/$version")
perplexity=$(field perplexity <<<"$record") vocabulary=$(field vocabulary <<<"$record")
claim "on the fifth of the text that it was not trained on it is as unsure as among $perplexity words, and knows $vocabulary" "$perplexity < $vocabulary / 3"

continued() {
  curl "$api/models/words/predict" -H 'Content-Type: application/json' -d @- <<JSON
    {"prompt": "$prompt", "max_tokens": 50, "temperature": 0.8, "seed": 1}
JSON
}
answer=$(continued)
echo "  $prompt$(sed 's/.*"text":"\(.*\)","finish_reason".*/\1/' <<<"$answer")"
claim "it goes on by 50 words" "$(field completion <<<"$answer") == 50"
[ "$answer" = "$(continued)" ]
claim "the same seed gives the same text" 1
