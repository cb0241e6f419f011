# Every model that forecast::auto.arima tries, in its order, with what it is worth: the trace of the search, parsed.
suppressMessages(library(forecast))
month <- function(d) as.integer(c(substr(d[1], 1, 4), substr(d[1], 6, 7)))
series <- list()
for (file in c("../m3/series.csv", "../series/monthly-long.csv")) {
  m <- read.csv(file)
  for (id in unique(m$series)) { d <- m[m$series == id, ]; series[[id]] <- ts(d$value, frequency = 12, start = month(d$date)) }
}
options(digits = 15)
trials <- NULL; models <- NULL
for (id in names(series)) for (rule in c("aicc", "bic")) {
  y <- series[[id]]
  text <- capture.output(fit <- auto.arima(y, trace = TRUE, ic = rule, approximation = FALSE))
  text <- grep("^ ARIMA.*:", text, value = TRUE)
  k <- regmatches(text, gregexpr("[0-9]+", sub(":.*", "", text)))
  value <- sub(".*: *", "", text)
  for (i in seq_along(text)) {
    o <- as.integer(k[[i]]); if (length(o) < 6) o <- c(o[1:3], 0, 0, 0)
    trials <- rbind(trials, data.frame(series = id, rule = rule, p = o[1], d = o[2], q = o[3], P = o[4], D = o[5], Q = o[6],
      constant = as.integer(grepl("non-zero mean|with drift", text[i])), value = value[i]))
  }
  a <- fit$arma
  models <- rbind(models, data.frame(series = id, rule = rule, p = a[1], d = a[6], q = a[2], P = a[3], D = a[7], Q = a[4],
    constant = as.integer(any(c("drift", "intercept") %in% names(coef(fit)))), loglik = sprintf("%.10g", fit$loglik),
    value = sprintf("%.10g", if (rule == "bic") fit$bic else fit$aicc)))
}
write.csv(trials, "searches.csv", row.names = FALSE, quote = FALSE)
write.csv(models, "chosen.csv", row.names = FALSE, quote = FALSE)
