# Fits a model of R's package forecast to series one by one and prints a JSON line for each, as ComparisonRunner does:
#   Rscript forecast_runner.R SERIES.csv MODEL HORIZON
# R's clock counts milliseconds, so that times of single series are coarse; their sum is not. `fit` holds all: R's
# functions fit and forecast with intervals at once (thetaf) or spend next to nothing on the forecast (ets).
suppressPackageStartupMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
series <- read.csv(arguments[1], colClasses = c("character", "character", "numeric"))
horizon <- as.integer(arguments[3])

forecasts <- function(y) switch(arguments[2],
  ets = { fit <- ets(y); list(fit, forecast(fit, h = horizon, level = 95)) },
  arima = { fit <- auto.arima(y); list(fit, forecast(fit, h = horizon, level = 95)) },
  theta = { f <- thetaf(y, h = horizon, level = 95); list(f$model, f) },
  snaive = { f <- snaive(y, h = horizon, level = 95); list(f$model, f) },
  stop("no such model"))

numbers <- function(x) paste0("[", paste(format(as.numeric(x), digits = 15, trim = TRUE), collapse = ","), "]")

ids <- unique(series$unique_id)
rows <- split(series$y, factor(series$unique_id, levels = ids))
invisible(forecasts(ts(rows[[1]], frequency = 12)))
for (id in ids) {
  y <- ts(rows[[id]], frequency = 12)
  time <- system.time(result <- forecasts(y), gcFirst = FALSE)
  fit <- result[[1]]
  f <- result[[2]]
  name <- if (inherits(fit, "ets")) fit$method else if (inherits(fit, "Arima"))
    do.call(sprintf, c("ARIMA(%d,%d,%d)(%d,%d,%d)%d", as.list(as.integer(fit$arma[c(1, 6, 2, 3, 7, 4, 5)]))))
  objective <- if (!is.null(name))
    sprintf('"fitted":"%s","logLikelihood":%.12g,"aicc":%.12g,', name, fit$loglik, fit$aicc) else ""
  cat(sprintf('{"series":"%s",%s"fit":%.4f,"points":0,"intervals":0,"mean":%s,"lower":%s,"upper":%s}\n',
    id, objective, time[["user.self"]] + time[["sys.self"]], numbers(f$mean), numbers(f$lower), numbers(f$upper)))
}
