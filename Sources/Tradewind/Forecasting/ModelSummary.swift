/// A fitted model in numbers: what was estimated, and how well it fits.
///
/// ```swift
/// let fit = try ETS().fit(to: imports)
/// for parameter in fit.summary.parameters { print(parameter.name, parameter.estimate) }  // alpha 0.53…
/// ```
public struct ModelSummary: Sendable, Hashable {
  /// A number that was estimated.
  public struct Parameter: Sendable, Hashable {
    /// As tables print it: `alpha`, `ma1`, `drift`.
    public let name: String
    public let estimate: Double

    public init(name: String, estimate: Double) {
      (self.name, self.estimate) = (name, estimate)
    }
  }

  /// What ``ModelSummary/sigma`` measures errors of.
  public enum ErrorScale: String, Sendable, Hashable {
    /// Of the values, in the unit of the series.
    case values
    /// Of the values as parts of what was expected.
    case relative
    /// Of logarithms.
    case logarithms
    /// Of values transformed otherwise, such as by a power.
    case transformed
  }

  /// In the order of the model's own documentation; none where nothing was estimated, or where several models have a part.
  public var parameters: [Parameter]
  /// The standard deviation of the one-step errors (innovations); nil where the model has none of its own.
  public var sigma: Double?
  /// What these errors are of.
  public var errors: ErrorScale
  /// Nil where the model has no likelihood, or one of another series.
  public var criteria: InformationCriteria?

  public init(
    parameters: [Parameter] = [], sigma: Double? = nil, errors: ErrorScale = .values,
    criteria: InformationCriteria? = nil
  ) {
    (self.parameters, self.sigma, self.errors, self.criteria) = (parameters, sigma, errors, criteria)
  }

  /// - Parameter parameters: Names and estimates; those without an estimate are left out.
  init(
    _ parameters: [(name: String, estimate: Double?)], sigma: Double? = nil,
    errors: ErrorScale = .values,
    criteria: InformationCriteria? = nil
  ) {
    let known = parameters.compactMap { name, estimate in estimate.map { Parameter(name: name, estimate: $0) }
    }
    self.init(parameters: known, sigma: sigma, errors: errors, criteria: criteria)
  }

  /// That of a model within another, whose likelihood is `criteria`.
  func within(_ criteria: InformationCriteria?) -> ModelSummary {
    var summary = self
    summary.criteria = criteria
    return summary
  }
}

extension FittedModel {
  /// The likelihood alone.
  public var summary: ModelSummary { ModelSummary(criteria: informationCriteria) }
}
