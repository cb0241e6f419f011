import RealModule

extension AdjustmentSearch {
  /// Searches a model for outliers: adds them forwards, largest first, and takes them out again backwards.
  ///
  /// Forwards a candidate's t-statistic uses the robust scale of the residuals, so that outliers not yet
  /// found do not hide it; backwards the usual standard error. After each step all coefficients are estimated
  /// again from where they were. Outliers of an earlier search stay and may be taken out backwards. Where they would leave nothing
  /// to explain, as in a series that is mostly zero, none is added; nor more than half as many as differencing leaves observations.
  mutating func searchOutliers(_ current: AdjustmentFit) throws(ARIMAError) -> AdjustmentFit {
    guard !options.outliers.kinds.isEmpty, criticalValue < .infinity else { return current }
    var fit = try addOutliers(current)
    fit = try removeOutliers(fit)
    return fit
  }

  private mutating func addOutliers(_ current: AdjustmentFit) throws(ARIMAError) -> AdjustmentFit {
    var fit = current
    var pass = 0
    let earlierSteps = steps.count
    while true {
      pass += 1
      guard
        let scan = OutlierScan(
          values: completed(fit), columns: (fit.columns + missingColumns).map(\.values),
          order: fit.specification.order,
          period: period,
          parameters: fit.estimate.parameters, kinds: options.outliers.kinds, rate: transientRate,
          buffer: &buffer),
        scan.robustScale > 0
      else { return fit }
      // Completed months have no residuals of their own: the scale is that of the innovations of the known
      // ones.
      let scale = missing.isEmpty ? scan.robustScale : medianOfAbsolutes(fit.estimate.residuals) / 0.6745
      guard scale > 0 else { return fit }
      let found = candidates(scan, scale)
      guard !found.isEmpty else { return fit }
      var specification = fit.specification
      specification.outliers = (specification.outliers + found.map(\.outlier)).sorted {
        ($0.index, $0.kind.rawValue) < ($1.index, $1.kind.rawValue)
      }
      // As many outliers as there is anything left to estimate: then the search ends with what it has.
      guard specification.outliers.count <= mostOutliers(specification.order),
        let next = try? self.fit(specification, from: fit.estimate.parameters)
      else { return fit }
      // Outliers that explain everything are the series itself: forecasts would be certain.
      guard next.estimate.variance > 0 || fit.estimate.variance == 0 else {
        steps.removeLast(steps.count - earlierSteps)
        return current
      }
      for one in found {
        steps.append(
          .outlierAdded(
            term(one.outlier), t: one.t, pass: pass, robustScale: scale,
            scale: fit.estimate.variance.squareRoot()))
      }
      fit = next
    }
  }

  /// X-13's limit on regressors; of short series fewer, which would only hide how little is known.
  private func mostOutliers(_ order: ARIMAOrder) -> Int {
    min(80, (series.count - missing.count - order.lostObservations(period: period)) / 2)
  }

  /// What a scan puts above the critical value: the most significant of all, or of each month.
  private func candidates(_ scan: OutlierScan, _ scale: Double) -> [(outlier: FoundOutlier, t: Double)] {
    var found: [(outlier: FoundOutlier, t: Double)] = []
    var largest = 0.0
    // Differences of this size are rounding: the candidates say the same.
    let margin = options.outliers.prefersLater ? 1 - 1e-8 : 1 + 1e-8
    for month in base.indices where !series.values[month].isNaN {
      var best: (outlier: FoundOutlier, t: Double)?
      for kind in [Outlier.Kind.additive, .levelShift, .transientChange, .seasonal] {
        guard let statistics = scan.statistics[kind], isTested(kind, month) else { continue }
        let t = statistics[month] / scale
        // The comparison is false for a column that cannot be tested.
        if abs(t) > abs(best?.t ?? 0) * (1 + 1e-8) { best = (FoundOutlier(kind: kind, index: month), t) }
      }
      guard let best, abs(best.t) > criticalValue else { continue }
      if options.outliers.method == .addAll {
        found.append(best)
      } else if abs(best.t) > largest * margin {
        largest = abs(best.t)
        found = [best]
      }
    }
    return found
  }

  /// Whether a kind is told apart from the others in a month.
  ///
  /// At the ends a level shift or a transient change is the same as an additive outlier, or a constant. A
  /// season's change needs a year on both sides.
  private func isTested(_ kind: Outlier.Kind, _ month: Int) -> Bool {
    let last = base.count - 1
    let withAdditive = options.outliers.kinds.contains(.additive)
    if let span = options.outliers.span, !span.contains(series.period(at: month)) { return false }
    switch kind {
    case .additive: return true
    case .levelShift: return month > 0 && !(withAdditive && (month == 1 || month == last))
    case .transientChange: return !(withAdditive && month == last)
    case .seasonal: return period > 1 && month >= period && month <= last - period
    }
  }

  private mutating func removeOutliers(_ current: AdjustmentFit) throws(ARIMAError) -> AdjustmentFit {
    var fit = current
    while !fit.specification.outliers.isEmpty {
      var weakest: (outlier: FoundOutlier, t: Double)?
      for (index, label) in fit.labels.enumerated() {
        guard case .outlier(let outlier) = label else { continue }
        let t = fit.tValue(index)
        if abs(t) <= abs(weakest?.t ?? .infinity) { weakest = (outlier, t) }
      }
      guard let weakest, abs(weakest.t) < criticalValue else { break }
      var specification = fit.specification
      specification.outliers.removeAll { $0 == weakest.outlier }
      steps.append(
        .outlierRemoved(
          term(weakest.outlier), t: weakest.t, scale: fit.estimate.variance.squareRoot()))
      fit = try self.fit(specification, from: fit.estimate.parameters)
    }
    return fit
  }

  /// The same model without outliers found automatically.
  mutating func withoutOutliers(_ current: AdjustmentFit) throws(ARIMAError) -> AdjustmentFit {
    guard !current.specification.outliers.isEmpty else { return current }
    var specification = current.specification
    specification.outliers = []
    return try fit(specification, from: current.estimate.parameters)
  }
}
