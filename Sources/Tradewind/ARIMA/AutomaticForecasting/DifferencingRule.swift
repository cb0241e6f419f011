/// How many differences a series needs, by unit-root tests: first those over a season, then ordinary ones of the result.
struct DifferencingRule: Sendable, Hashable {
  var test: AutoARIMA.DifferenceTest = .kpss
  var seasonalTest: AutoARIMA.SeasonalDifferenceTest = .strength
  var significance = 0.05

  /// A number of differences, and the tests that asked for them.
  struct Count: Sendable, Hashable {
    var differences: Int
    var tests: [UnitRootTest]
  }

  /// Differences over a season, at most `limit`. None where there are not more than two seasons of values.
  func seasonalDifferences(of values: [Double], period: Int, atMost limit: Int) -> Count {
    var count = Count(differences: 0, tests: [])
    guard period > 1, values.count > 2 * period else { return count }
    var x = values
    let scale = largestValue(x)
    while count.differences < limit, !isConstant(x, scale: scale, differences: count.differences) {
      // A test again only where what is left still has two seasons.
      guard x.count >= 2 * period, let result = seasonalTest.result(x, period, significance) else { break }
      count.tests.append(result)
      guard result.asksForDifference else { break }
      let next = differenced(x, lag: period)
      // Gaps may leave nothing to go on with.
      guard next.contains(where: { !$0.isNaN }) else { break }
      x = next
      count.differences += 1
    }
    return count
  }

  /// Ordinary differences, at most `limit`. Missing values are left out beforehand, and the gap closed.
  func differences(of values: [Double], atMost limit: Int) -> Count {
    var count = Count(differences: 0, tests: [])
    var x = UnitRootTest.observed(values)
    let scale = largestValue(x)
    while count.differences < limit, !isConstant(x, scale: scale, differences: count.differences) {
      guard let result = test.result(x, significance) else { break }
      count.tests.append(result)
      guard result.asksForDifference else { break }
      x = differenced(x, lag: 1)
      count.differences += 1
    }
    return count
  }
}

extension AutoARIMA.DifferenceTest {
  func result(_ x: [Double], _ significance: Double) -> UnitRootTest? {
    switch self {
    case .kpss: UnitRootTest.kpss(x, about: .level, lags: nil, significance: significance)
    case .augmentedDickeyFuller:
      UnitRootTest.augmentedDickeyFuller(x, about: .level, lags: 1, significance: significance)
    case .phillipsPerron:
      UnitRootTest.phillipsPerron(x, about: .level, lags: nil, significance: significance)
    }
  }
}

extension AutoARIMA.SeasonalDifferenceTest {
  func result(_ x: [Double], _ period: Int, _ significance: Double) -> UnitRootTest? {
    let series = TimeSeries(x, start: .year(0), seasonalPeriod: period)
    return switch self {
    case .strength: UnitRootTest.seasonalStrength(series)
    case .ocsb: UnitRootTest.ocsb(series)
    case .canovaHansen: UnitRootTest.canovaHansen(series, significance: significance)
    }
  }
}

/// xₜ − xₜ₋ₗ, of the values from `lag` on; none if there are not more than `lag`.
func differenced(_ x: [Double], lag: Int) -> [Double] {
  x.count > lag ? (lag..<x.count).map { x[$0] - x[$0 - lag] } : []
}

/// The largest absolute value, missing ones apart.
func largestValue(_ x: [Double]) -> Double { x.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) } }

/// Whether all values are equal up to what rounding makes of `differences` differences of values as large as `scale`.
func isConstant(_ x: [Double], scale: Double, differences: Int) -> Bool {
  var (low, high) = (Double.infinity, -Double.infinity)
  for value in x where !value.isNaN {
    low = min(low, value)
    high = max(high, value)
  }
  let rounding = differences == 0 ? 0 : 2 * Double(1 << min(differences, 8)) * Double.ulpOfOne * scale
  return !(high - low > rounding)
}
