# Unit-root tests as forecast::ndiffs and forecast::nsdiffs call them, on the series that lie beside and parts of them.
suppressMessages({library(forecast); library(urca)})
month <- function(d) as.integer(c(substr(d[1], 1, 4), substr(d[1], 6, 7)))
series <- list()
for (file in c("../m3/series.csv", "../series/monthly-long.csv")) {
  m <- read.csv(file)
  for (id in unique(m$series)) { d <- m[m$series == id, ]; series[[id]] <- ts(d$value, frequency = 12, start = month(d$date)) }
}
m <- read.csv("../series/china-exports-imports.csv")
series$exports <- ts(m$exports_100m_usd, frequency = 12, start = month(m$month))
series$imports <- ts(m$imports_100m_usd, frequency = 12, start = month(m$month))
quarters <- function(y) { k <- length(y) %/% 3; ts(colMeans(matrix(y[1:(3 * k)], 3)), frequency = 4) }
out <- NULL
for (id in names(series)) for (form in c("level", "log", "difference", "first48", "quarters")) {
  y <- series[[id]]
  x <- switch(form, level = y, log = log(y), difference = diff(y), first48 = ts(y[1:48], frequency = 12), quarters = quarters(y))
  n <- length(x); z <- as.numeric(x)
  o <- ocsb.test(x, maxlag = 3, lag.method = "AIC")
  p <- ur.pp(z, type = "Z-tau", model = "constant"); pt <- ur.pp(z, type = "Z-tau", model = "trend")
  out <- rbind(out, data.frame(series = id, form = form, n = n,
    kpss = ur.kpss(z, type = "mu", use.lag = trunc(3 * sqrt(n) / 13))@teststat,
    kpss_trend = ur.kpss(z, type = "tau", use.lag = trunc(3 * sqrt(n) / 13))@teststat,
    adf = ur.df(z, type = "drift")@teststat[1], adf_trend = ur.df(z, type = "trend", lags = 3)@teststat[1],
    pp = p@teststat, pp_trend = pt@teststat, pp_critical = p@cval[2], pp_trend_critical = pt@cval[2],
    strength = forecast:::seas.heuristic(x), ocsb = unname(o$statistics), ocsb_critical = o$critical, ocsb_lags = o$lag.order,
    ch = forecast:::SD.test(x), ndiffs = ndiffs(x), ndiffs_adf = ndiffs(x, test = "adf"), ndiffs_pp = ndiffs(x, test = "pp"),
    nsdiffs = nsdiffs(x), nsdiffs_ocsb = nsdiffs(x, test = "ocsb")))
}
for (k in 4:16) out[[k]] <- sprintf("%.12g", as.numeric(out[[k]]))
write.csv(out, "unit-roots.csv", row.names = FALSE, quote = FALSE)
