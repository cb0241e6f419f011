import Tradewind

@testable import TradeStatistics

/// Projections to draw: the silver-concentrate imports, and small ones made for one question each.
enum Sample {
  /// China's silver-concentrate imports in t: months of 2023 to 2025 as published or derived, ranges for the others,
  /// and a projection of 2026-Q1. The figures serve as an example of drawing only.
  static func silver(
    series: String = "silver-concentrate-imports", unit: String = "t", scale: Double = 1,
    notes: [String] = [],
    doubtful: [AuditFinding] = []
  ) -> Projection {
    let known: [(Int, Int, Double, Double, Projection.Status)] = [
      (2023, 8, 111.7, 0, .derived), (2023, 9, 148.7, 0, .derived), (2023, 10, 135.8, 0, .derived),
      (2023, 11, 114.3, 0, .derived), (2024, 3, 129.9, 0.1, .derived), (2024, 7, 123.7, 0.05, .derived),
      (2024, 8, 157.8, 0, .published), (2024, 9, 175.5, 0, .published), (2024, 10, 134, 0, .published),
      (2024, 11, 143, 0, .published), (2024, 12, 131.5, 2.4, .derived), (2025, 1, 170.4, 0.15, .derived),
      (2025, 2, 162.4, 0.2, .derived), (2025, 3, 129.1, 0, .published), (2025, 9, 160.2, 0.6, .derived),
      (2025, 10, 149, 0.5, .published), (2025, 11, 180.7, 0.45, .derived), (2025, 12, 239, 0.5, .published),
    ]
    let estimates = [137.2, 141, 146.3, 148.9, 152.5, 139, 142, 135]
    var history: [Projection.HistoryMonth] = []
    for ordinal in Period.month(2022, 1).ordinal...Period.month(2025, 12).ordinal {
      let period = Period(unit: .month, ordinal: ordinal)
      if let fact = known.first(where: { $0.0 == period.year && $0.1 == period.month }) {
        history.append(
          .init(
            period: period, median: fact.2 * 1000 * scale, lower: (fact.2 - fact.3) * 1000 * scale,
            upper: (fact.2 + fact.3) * 1000 * scale, status: fact.4))
      } else {
        let value = estimates[ordinal % estimates.count] * 1000 * scale
        history.append(
          .init(
            period: period, median: value, lower: value * 0.78, upper: value * 1.29, status: .estimated))
      }
    }
    func projected(_ period: Period, _ median: Double, _ ends: [Double]) -> Projection.ProjectedPeriod {
      Projection.ProjectedPeriod(
        period: PeriodRange(period), median: median * 1000 * scale, mean: median * 1015 * scale,
        intervals: [
          PredictionInterval(level: 0.8, lower: ends[1] * 1000 * scale, upper: ends[2] * 1000 * scale),
          PredictionInterval(level: 0.95, lower: ends[0] * 1000 * scale, upper: ends[3] * 1000 * scale),
        ])
    }
    return Projection(
      series: series, unit: unit, asOf: .month(2025, 12),
      model:
        "Gaussian local level in logs with a stable season; level 0.018 a month, season 0.07, irregular 0.15",
      scales: .typical,
      history: history,
      horizon: [
        projected(.month(2026, 1), 175, [125, 140, 219, 245]),
        projected(.month(2026, 2), 175, [124, 139.6, 219.4, 247]),
        projected(.month(2026, 3), 167, [119, 134, 208, 233]),
      ],
      total: projected(.quarter(2026, 1), 521, [419, 451, 602, 650]), factsUsed: 61, doubtful: doubtful,
      notes: notes)
  }

  /// A finding about the silver imports from Mexico.
  static func finding(
    title: String = "SunSirs: China's silver concentrate imports in 2025",
    url: String = "https://example.org/a?b=1&c=2", quote: String = "Peru, Mexico and Bolivia together 74.1%",
    publisher: String? = nil
  ) -> AuditFinding {
    let source = FactSource(title: title, url: url, quote: quote)
    let mexico = Fact(
      series: "silver-concentrate-imports/mexico", period: PeriodRange(.year(2025)), measure: .level,
      value: 267_000, unit: "t", halfWidth: 500, source: source, line: 12)
    let share = Fact(
      series: "silver-concentrate-imports/peru+mexico+bolivia", period: PeriodRange(.year(2025)),
      measure: .share,
      value: 0.741, unit: "fraction", halfWidth: 0.0005,
      source: FactSource(title: "SunSirs, annual review", url: "https://example.org/review"))
    return AuditFinding(
      series: mexico.series, fact: mexico, deviatingSource: publisher,
      deviation: publisher.map { _ in -0.0125 }, expected: 307_321, lower: 301_000, upper: 313_000,
      standardisedResidual: -13.1, involved: [mexico, share],
      corrections: [.init(fact: mexico, value: 307_321)], alternatives: [.init(fact: share, value: 0.72)])
  }
}

extension Sample {
  /// A series in t from January 2020, all months published, with intervals of a `spread` around each median.
  static func small(history: [Double], horizon: [Double], spread: Double = 0.2, unit: String = "t")
    -> Projection
  {
    let start = Period.month(2020, 1)
    let months = history.enumerated().map { index, value in
      Projection.HistoryMonth(
        period: start.advanced(by: index), median: value, lower: value, upper: value, status: .published)
    }
    func projected(_ period: Period, _ value: Double) -> Projection.ProjectedPeriod {
      Projection.ProjectedPeriod(
        period: PeriodRange(period), median: value, mean: value,
        intervals: [
          PredictionInterval(
            level: 0.8, lower: value - spread / 2 * value, upper: value + spread / 2 * value),
          PredictionInterval(level: 0.95, lower: value - spread * value, upper: value + spread * value),
        ])
    }
    let first = start.advanced(by: history.count)
    return Projection(
      series: "small", unit: unit, asOf: first.previous, model: "", scales: .typical, history: months,
      horizon: horizon.enumerated().map { projected(first.advanced(by: $0), $1) },
      total: projected(first.quarterPeriod, horizon.reduce(0, +)), factsUsed: history.count, doubtful: [],
      notes: [])
  }

  /// Projections that must not trap: nothing, one month, huge, tiny, zero, negative, missing.
  static var odd: [Projection] {
    [
      small(history: [], horizon: []), small(history: [5], horizon: []), small(history: [], horizon: [5]),
      small(history: [5], horizon: [6]), small(history: [0, 0, 0], horizon: [0, 0, 0]),
      small(history: [1.7e308, 1.7e308], horizon: [1.7e308], spread: 0.01),
      small(history: [.leastNonzeroMagnitude], horizon: [.leastNonzeroMagnitude]),
      small(history: [-1e308, 1e308], horizon: [1e308], spread: 5), small(history: [-5, -7], horizon: [-6]),
      small(history: [.nan, .infinity, 3], horizon: [.nan, -.infinity, 4]),
      small(history: [.nan], horizon: [.nan]),
      small(history: [1e-3, 1e9], horizon: [1e5], unit: "usd"),
      small(history: [0.5], horizon: [0.4], unit: "fraction"),
      small(history: Array(repeating: 3, count: 700), horizon: Array(repeating: 4, count: 400)),
    ]
  }
}
