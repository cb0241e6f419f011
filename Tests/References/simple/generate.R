suppressMessages(library(forecast))
m <- read.csv("../m3/series.csv")
out <- NULL
for (id in unique(m$series)) {
  d <- m[m$series == id, ]; s <- as.integer(c(substr(d$date[1],1,4), substr(d$date[1],6,7)))
  y <- ts(d$value, frequency = 12, start = s)
  for (model in c("meanf", "naive", "snaive", "drift")) {
    f <- switch(model, meanf = meanf(y, h = 18, level = 80), naive = naive(y, h = 18, level = 80),
      snaive = snaive(y, h = 18, level = 80), drift = rwf(y, h = 18, drift = TRUE, level = 80))
    for (h in c(1, 2, 12, 13, 18)) out <- rbind(out, data.frame(series = id, model = model, h = h,
      mean = sprintf("%.15g", f$mean[h]), lower = sprintf("%.15g", f$lower[h]), upper = sprintf("%.15g", f$upper[h])))
  }
}
write.csv(out, "forecasts.csv", row.names = FALSE, quote = FALSE)
