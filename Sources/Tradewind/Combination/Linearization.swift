/// What regression with ARIMA errors finds in a series, and the series without it; ``Linearized`` says how.
struct Linearization: Sendable {
  /// What was found: outliers and level shifts such as `LS2008-11`, and terms of the calendar such as `trading days`.
  struct Findings: Sendable, Equatable {
    var outliers, calendar: [String]

    /// Nothing.
    static let none = Findings(outliers: [], calendar: [])

    var all: [String] { outliers + calendar }

    /// What a model of the series without them is called beside its own name: `without outliers and calendar`.
    var suffix: String {
      let terms = calendar.map { $0.hasPrefix("Easter") ? "Easter" : $0 }
      if outliers.isEmpty { return "without \(terms.joined(separator: " and "))" }
      return calendar.isEmpty ? "without outliers" : "without outliers and calendar"
    }
  }

  /// Never empty.
  let findings: Findings
  /// The series without it.
  let freed: TimeSeries
  /// Whether effects are factors; else they are differences.
  let usesFactors: Bool
  private let fitted: FittedARIMA

  /// The fewest seasons that are searched, and the fewest observations of a series without a season.
  static let needed = (seasons: 3, observations: 16)
  /// The longest season: the model of weeks has too much to estimate.
  static let longestSeason = 12

  /// What is found in a series; nil if that is nothing, or the series is too short, or a value that was above zero would not be without it.
  init?(of series: TimeSeries) {
    let period = series.seasonalPeriod
    guard period <= Self.longestSeason,
      series.count - series.missingCount >= max(Self.needed.seasons * period, Self.needed.observations)
    else { return nil }
    let order = period > 1 ? ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)) : ARIMAOrder(0, 1, 1)
    guard let chosen = try? AutomaticRegARIMA(order: order).select(for: series) else { return nil }
    var findings = Findings(outliers: chosen.outliers.map(\.description), calendar: [])
    if chosen.tradingDays != nil { findings.calendar.append("trading days") }
    if let days = chosen.easter { findings.calendar.append("Easter, \(days) days") }
    guard findings != .none,
      let effects = try? RegressionEffects(
        chosen.fitted, in: chosen.model.frame(of: series, horizon: 0), first: 0)
    else { return nil }
    var freed = series
    freed.values = effects.without(series.values, effects.all)
    for (before, after) in zip(series.values, freed.values) where !before.isNaN {
      guard after.isFinite, after > 0 || before <= 0 else { return nil }
    }
    self.findings = findings
    self.freed = freed
    usesFactors = effects.usesFactors
    fitted = chosen.fitted
  }

  /// What the calendar does in the periods after the series, as what is to be added and then to be multiplied by.
  func calendar(ahead horizon: Int) -> (shift: [Double], scale: [Double]) {
    let none = (
      shift: [Double](repeating: 0, count: horizon), scale: [Double](repeating: 1, count: horizon)
    )
    guard horizon > 0,
      let effects = try? RegressionEffects(
        fitted, in: fitted.model.frame(of: fitted.series, horizon: horizon), first: 0)
    else { return none }
    let ahead = Array(effects.calendar.dropFirst(fitted.series.count))
    return usesFactors ? (none.shift, ahead) : (ahead, none.scale)
  }
}
