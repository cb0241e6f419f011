# Reference values of R's stats::arima on series with missing values; see README.md.
# Rscript generate.R > r-arima.csv
options(digits = 15)
out <- function(case, what, index, value) {
  cat(sprintf("%s,%s,%d,%.12g\n", case, what, seq_along(value) * 0 + index, value), sep = "")
}
cat("case,what,index,value\n")
run <- function(case, y, order, seasonal, xreg = NULL) {
  fit <- arima(y, order = order, seasonal = seasonal, xreg = xreg, method = "ML",
               optim.control = list(reltol = 1e-14, maxit = 2000))
  out(case, "coefficient", seq_along(fit$coef), fit$coef)
  out(case, "variance", 1, fit$sigma2)
  out(case, "loglik", 1, fit$loglik)
  out(case, "nobs", 1, fit$nobs)
  p <- predict(fit, n.ahead = 12, newxreg = if (is.null(xreg)) NULL else matrix(0, 12, ncol(xreg)))
  # With xreg, forecasts of its effect ended.
  out(case, "forecast", 1:12, p$pred)
  out(case, "forecast-se", 1:12, p$se)
  gaps <- which(is.na(y))
  out(case, "missing", gaps, 1 + 0 * gaps)
}
ap <- log(AirPassengers)
y <- ap; y[c(18, 51, 52, 89, 141)] <- NA
run("airline", y, c(0, 1, 1), c(0, 1, 1))
set.seed(3); y <- ap; y[sort(sample(14:144, 57))] <- NA
run("airline-40-percent", y, c(0, 1, 1), c(0, 1, 1))
y <- ap; y[c(18, 51, 52, 89, 141)] <- NA
run("arma", y, c(2, 1, 1), c(1, 1, 0))
run("airline-step", y, c(0, 1, 1), c(0, 1, 1), xreg = matrix(as.numeric(seq_along(ap) >= 77), ncol = 1) )
lh2 <- lh; lh2[c(5, 6, 20, 48)] <- NA
run("lh", lh2, c(1, 0, 1), c(0, 0, 0))
