// What each model says of itself. Those that are made of several models say nothing but their likelihood, if they have one.

extension FittedETS {
  /// Smoothing parameters and initial states; the seasons' are left to ``initialState``.
  public var summary: ModelSummary {
    ModelSummary(
      [
        ("alpha", parameters.alpha), ("beta", parameters.beta), ("gamma", parameters.gamma),
        ("phi", parameters.phi), ("initial level", initialState.level), ("initial slope", initialState.slope),
      ],
      sigma: variance.squareRoot(), errors: form.error == .multiplicative ? .relative : .values,
      criteria: informationCriteria)
  }
}

extension FittedCES {
  /// α, and β where the season has states of its own, each by real and imaginary part.
  public var summary: ModelSummary {
    ModelSummary(
      [
        ("alpha, real", alpha.real), ("alpha, imaginary", alpha.imaginary), ("beta, real", beta?.real),
        ("beta, imaginary", seasonality == .full ? beta?.imaginary : nil),
      ],
      sigma: variance.squareRoot(), criteria: informationCriteria)
  }
}

extension FittedTheta {
  /// α, θ, the initial level and the slope of the line, of the seasonally adjusted series.
  public var summary: ModelSummary {
    ModelSummary(
      [("alpha", alpha), ("theta", theta), ("initial level", initialLevel), ("slope", slope)],
      sigma: variance.squareRoot(), criteria: informationCriteria)
  }
}

extension FittedARIMA {
  /// The regression coefficients, the constant first, and φ, θ, Φ, Θ as R names them.
  public var summary: ModelSummary {
    ModelSummary(
      Array(zip(regressionNames, estimate.beta))
        + zip(problem.order.coefficients, parameters).map { coefficient, estimate in
          (ARIMACoefficient.name(coefficient.kind, lag: coefficient.lag), estimate)
        },
      sigma: variance.squareRoot(), errors: model.transform == .log ? .logarithms : .values,
      criteria: informationCriteria)
  }
}

extension MeanFit {
  public var summary: ModelSummary { ModelSummary([("mean", mean)], sigma: sigma) }
}

extension RandomWalkFit {
  /// The drift, where there is one.
  public var summary: ModelSummary {
    ModelSummary([("drift", drift == 0 && driftError == 0 ? nil : drift)], sigma: sigma)
  }
}

extension FittedNaive2 {
  public var summary: ModelSummary { ModelSummary(sigma: sigma) }
}

extension WindowAverageFit {
  public var summary: ModelSummary { ModelSummary(sigma: sigma) }
}

extension SparseFit {
  /// The smoothing parameters, one for each length of block where there are blocks, and the law: rate, probability and size.
  public var summary: ModelSummary {
    let names =
      switch rule {
      case .croston: ["smoothing of sizes", "smoothing of intervals"]
      case .teunter: ["smoothing of sizes", "smoothing of the probability"]
      case .blocks: blockLengths.map { "smoothing of blocks of \($0)" }
      }
    return ModelSummary(
      Array(zip(names, smoothing.map { Optional($0) }))
        + [("rate", rate), ("probability of a demand", probability), ("size of a demand", size)])
  }
}

extension FittedTransformed {
  /// That of the model of the transformed series, and λ.
  public var summary: ModelSummary {
    var summary = base.summary.within(informationCriteria)
    if lambda != 0 { summary.parameters.append(ModelSummary.Parameter(name: "lambda", estimate: lambda)) }
    // Relative errors of a logarithm are no scale that one could name.
    summary.errors = lambda == 0 && summary.errors == .values ? .logarithms : .transformed
    return summary
  }
}

extension FittedSeasonallyAdjusted {
  /// That of the model of the adjusted series.
  public var summary: ModelSummary { base.summary.within(nil) }
}

extension FittedCalibrated {
  /// That of the model underneath.
  public var summary: ModelSummary { base.summary }
}

extension FittedTemporallyReconciled {
  /// That of the model of the series itself.
  public var summary: ModelSummary { shortest.summary.within(nil) }
}

extension FittedRecent {
  /// That of the model of the last periods.
  public var summary: ModelSummary { base.summary.within(informationCriteria) }
}
