# For each origin an ETS of its own, of all that precedes the window: choice of its form and parameters as `ets` makes it.
# Read by ets.sh. A line of the file is a series: horizon, season length, values; the last window ends where the series does.
suppressPackageStartupMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
windows <- as.integer(arguments[3])

# MASE of ETS and of seasonal naive on the window that begins after `end` values.
score <- function(values, end, horizon, season) {
  past <- values[seq_len(end)]
  actual <- values[end + seq_len(horizon)]
  lag <- if (end > season) season else 1
  unit <- mean(abs(diff(past, lag = lag)), na.rm = TRUE)
  fit <- ets(ts(past, frequency = season))
  naive <- rep(tail(past, lag), length.out = horizon)
  list(
    form = fit$method,
    ets = mean(abs(actual - as.numeric(forecast(fit, h = horizon)$mean)), na.rm = TRUE) / unit,
    naive = mean(abs(actual - naive), na.rm = TRUE) / unit
  )
}

cat(sprintf("%s, R %s.%s, forecast %s\n", arguments[2], R.version$major, R.version$minor, packageVersion("forecast")))
scores <- list()
for (line in readLines(arguments[1])) {
  numbers <- suppressWarnings(as.numeric(strsplit(line, " ")[[1]]))
  horizon <- numbers[1]
  values <- numbers[-(1:2)]
  for (window in seq_len(windows)) {
    one <- score(values, length(values) - window * horizon, horizon, numbers[2])
    scores[[length(scores) + 1]] <- one
    cat(sprintf("window %2d  %-14s ETS %.3f  seasonal naive %.3f\n", window, one$form, one$ets, one$naive))
  }
}
cat(sprintf(
  "MASE of the mean over %d windows: ETS %.3f, seasonal naive %.3f\n", length(scores),
  mean(sapply(scores, function(one) one$ets)), mean(sapply(scores, function(one) one$naive))
))
