extension Reconciliation {
  /// Coherent forecasts of all nodes, with intervals and the joint law of each.
  ///
  /// Means are reconciled step by step. The standard deviation of each node at each step is that of the reconciled errors,
  /// M Σ M′ with Σ the base forecasts' standard deviations about the correlations of the one-step residuals (shrunk as for
  /// ``ReconciliationMethod/minTShrunk``; none without residuals); over the steps a node keeps the dependence that its base forecast has, so that
  /// quarters and years have intervals too. Median and intervals move and scale with them. A node whose own forecast is certain at some step, as of a
  /// constant series, has nothing to scale: where its reconciled error is not zero its law becomes normal, and depends over the steps as those of
  /// the nodes do that move it. With more than ``mostFull`` nodes, or where the method
  /// is not linear (``keepsNonNegative``, ``ReconciliationMethod/Proportions/forecasts``), standard deviations stay as they were.
  ///
  /// - Parameters:
  ///   - forecasts: One a node, in any order, named as the nodes (``Forecast/series``).
  ///   - residuals: One row a node, in the order of ``Hierarchy/names``; none for errors that are independent.
  /// - Returns: One forecast a node, in the order of ``Hierarchy/names``.
  /// - Throws: ``ReconciliationError``.
  public func reconcile(
    _ forecasts: [Forecast], residuals: [[Double]] = []
  ) throws(ReconciliationError) -> [Forecast] {
    let base = try ordered(forecasts)
    let horizon = base.first?.horizon ?? 0
    var means = [[Double]](repeating: [], count: hierarchy.count)
    for h in 0..<horizon {
      let coherent = try reconcile(base.map { $0.mean[h] })
      for (node, value) in coherent.enumerated() { means[node].append(value) }
    }
    let changes = try errorChanges(base, residuals: residuals)
    return base.enumerated().map { node, forecast in
      switch changes?[node] {
      case nil: forecast.moved(to: means[node], scale: [Double](repeating: 1, count: horizon))
      case .scaled(let scale): forecast.moved(to: means[node], scale: scale)
      case .replaced(let law): forecast.replaced(by: law, about: means[node])
      }
    }
  }

  /// The forecasts in the order of the nodes.
  private func ordered(_ forecasts: [Forecast]) throws(ReconciliationError) -> [Forecast] {
    var places = [Int?](repeating: nil, count: hierarchy.count)
    for (i, forecast) in forecasts.enumerated() {
      guard let node = hierarchy.index(of: forecast.series), places[node] == nil else {
        throw .unknown(name: forecast.series)
      }
      places[node] = i
    }
    var result: [Forecast] = []
    for (node, place) in places.enumerated() {
      guard let place else { throw .missing(node: hierarchy.names[node]) }
      let forecast = forecasts[place]
      if let first = result.first, first.start != forecast.start || first.horizon != forecast.horizon {
        throw .differentHorizons(first.series, forecast.series)
      }
      result.append(forecast)
    }
    return result
  }
}

extension Forecast {
  /// The standard deviation of a step's error: that of a normal law with the same 95 % interval, which a few wild draws do not blow up. NaN for points
  /// only.
  func deviation(ofStep step: Int) -> Double {
    guard let law = law(ofSteps: step..<step + 1) else { return .nan }
    return (law.quantile(0.975) - law.quantile(0.025)) / (2 * z975)
  }

  /// A normal law about other means in the place of the forecast's own.
  fileprivate func replaced(by law: JointLaw, about means: [Double]) -> Forecast {
    var result = self
    (result.mean, result.median, result.joint) = (means, means, law)
    return result.withIntervalsOfJointLaw()
  }

  /// The same law about other means, its errors scaled step by step.
  fileprivate func moved(to means: [Double], scale: [Double]) -> Forecast {
    let old = mean
    @Sendable func place(_ x: Double, _ step: Int) -> Double { means[step] + (x - old[step]) * scale[step] }
    var result = self
    result.mean = means
    result.median = median.enumerated().map { place($1, $0) }
    result.intervals = intervals.enumerated().map { step, bounds in
      bounds.map {
        PredictionInterval(level: $0.level, lower: place($0.lower, step), upper: place($0.upper, step))
      }
    }
    if case .paths(let paths) = joint {
      result.joint = .paths(paths.mapped { place($1, $0) })
    } else {
      result.joint = joint.transformed(shift: [Double](repeating: 0, count: means.count), scale: scale)
    }
    return result
  }
}
