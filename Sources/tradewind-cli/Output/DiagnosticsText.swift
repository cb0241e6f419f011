import Tradewind

/// What residuals still tell, as a table and lines below it.
struct DiagnosticsText {
  private let diagnostics: ResidualDiagnostics
  private let correlogram: [CorrelogramLag]

  init(_ diagnostics: ResidualDiagnostics) {
    self.diagnostics = diagnostics
    correlogram = diagnostics.correlogram()
  }

  var text: String {
    (correlogram.isEmpty ? "" : table + significantLags) + "normality: \(normality)\n\(season)\(spectrum)"
  }

  /// The first lags, and those about the season.
  private var table: String {
    var table = TextTable(
      ["residuals, lag", "r", "std. error", "partial r", "Ljung–Box", "d.f.", "p"].map { ($0, .right) })
    func number(_ x: Double) -> String { NumberText.fixed(x, decimals: 3) }
    for lag in correlogram where shownLags.contains(lag.lag) {
      let numbers = [lag.autocorrelation, lag.standardError, lag.partialAutocorrelation].map(number)
      // Without a degree of freedom there is no test.
      let test = lag.ljungBox.map {
        [
          NumberText.fixed($0.statistic, decimals: 2), "\($0.degreesOfFreedom)",
          RegressionText.probability($0.pValue),
        ]
      }
      table.add(["\(lag.lag)"] + numbers + (test ?? ["", "", ""]))
    }
    return table.text
  }

  private var shownLags: [Int] {
    let season = diagnostics.seasonalPeriod
    let later = season > 1 ? [season / 2, season, 3 * season / 2, 2 * season] : [8, 12, 16, 20, 24]
    return [1, 2, 3, 4, 6] + later
  }

  private var significantLags: String {
    let lags = correlogram.filter(\.isSignificant).map { "\($0.lag)" }
    let list = lags.isEmpty ? "none" : "at lag " + lags.joined(separator: ", ")
    let neighbours = NumberText.fixed(diagnostics.durbinWatson, decimals: 2)
    return "beyond 1.96 standard errors: \(list) of \(correlogram.count); Durbin–Watson \(neighbours)\n"
  }

  private var normality: String {
    func number(_ x: ShapeTest) -> String { NumberText.fixed(x.value, decimals: 2) }
    let test = words(diagnostics.normality)
    return "Doornik–Hansen \(test), skewness \(number(diagnostics.skewness)), "
      + "kurtosis \(number(diagnostics.kurtosis)), Geary's a \(number(diagnostics.geary))"
  }

  private var season: String {
    let tests = [("QS", diagnostics.qs), ("Friedman", diagnostics.friedman)].compactMap { name, test in
      test.map { "\(name) \(words($0))" }
    }
    return tests.isEmpty ? "" : "season left: " + tests.joined(separator: ", ") + "\n"
  }

  private func words(_ test: HypothesisTest) -> String {
    let statistic = NumberText.fixed(test.statistic, decimals: 2)
    return "\(statistic) on \(test.degreesOfFreedom) d.f. (p \(RegressionText.probability(test.pValue)))"
  }

  private var spectrum: String {
    guard let spectrum = diagnostics.spectrum else { return "" }
    let peaks = spectrum.peaks.filter(\.isSignificant).map { peak in
      let stars = NumberText.fixed(peak.stars, decimals: 1)
      switch peak.kind {
      case .seasonal:
        let months = NumberText.significant(1 / peak.frequency, digits: 2)
        return "seasonal, every \(months) months (\(stars) stars)"
      case .tradingDays:
        return "trading days, \(NumberText.significant(peak.frequency, digits: 4)) a month (\(stars) stars)"
      }
    }
    let list = peaks.isEmpty ? "none at seasonal or trading-day frequencies" : peaks.joined(separator: "; ")
    return "peaks of the spectrum: \(list)\n"
  }
}
