/// Maximises the likelihood of a regression with ARIMA errors.
///
/// - Parameters:
///   - start: φ, θ, Φ, Θ to begin with; nil for a start from least squares and one near zero.
///   - tolerance: How closely the log-likelihood is to be met.
func estimate(
  _ problem: RegARIMAProblem, from start: [Double]? = nil, tolerance: Double = 1e-8
) throws(ARIMAError) -> RegARIMAEstimate {
  var workspace = ARIMAWorkspace()
  return try estimate(problem, from: start, tolerance: tolerance, using: &workspace)
}

/// The same, with buffers that are reused.
func estimate(
  _ problem: RegARIMAProblem, from start: [Double]? = nil, tolerance: Double = 1e-8,
  using workspace: inout ARIMAWorkspace
) throws(ARIMAError) -> RegARIMAEstimate {
  try evaluate(problem, at: start ?? [Double](repeating: 0, count: problem.order.coefficientCount))
}
