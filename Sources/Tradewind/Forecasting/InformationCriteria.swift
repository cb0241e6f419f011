import RealModule

/// Likelihood of a fitted model, penalised for its parameters. Smaller is better.
///
/// Compare models of one series only, fitted to the same observations, and only within a family that defines its
/// likelihood alike: that of ETS leaves out constants which a regression's or ARIMA's has.
public struct InformationCriteria: Sendable, Hashable, Codable {
  /// The logarithm of the likelihood; the model says which constants it leaves out.
  public let logLikelihood: Double
  /// How many parameters were estimated, the variance included.
  public let parameters: Int
  /// How many observations the likelihood is of.
  public let observations: Int

  public init(logLikelihood: Double, parameters: Int, observations: Int) {
    self.logLikelihood = logLikelihood
    self.parameters = parameters
    self.observations = observations
  }

  /// Akaike (1974), doi:10.1109/TAC.1974.1100705: −2 log L + 2k.
  public var aic: Double { -2 * logLikelihood + 2 * Double(parameters) }

  /// Hurvich & Tsai (1989), doi:10.1093/biomet/76.2.297: AIC + 2k(k + 1)/(n − k − 1); infinite if n ≤ k + 1.
  public var aicc: Double {
    let (n, k) = (Double(observations), Double(parameters))
    return n > k + 1 ? aic + 2 * k * (k + 1) / (n - k - 1) : .infinity
  }

  /// Schwarz (1978), doi:10.1214/aos/1176344136: −2 log L + k log n.
  public var bic: Double { -2 * logLikelihood + Double(parameters) * .log(Double(observations)) }

  /// Hannan & Quinn (1979), doi:10.1111/j.2517-6161.1979.tb01072.x: −2 log L + 2k log log n; NaN for n below 2.
  public var hannanQuinn: Double {
    -2 * logLikelihood + 2 * Double(parameters) * .log(.log(Double(observations)))
  }
}
