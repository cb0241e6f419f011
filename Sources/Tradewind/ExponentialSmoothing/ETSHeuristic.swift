import RealModule

/// Initial states without a search: the season from a classical decomposition of the whole series, level and slope from
/// a line through the first seasonally adjusted values (ten, or two years of them), as Hyndman et al. (2008), section 2.6.1.
struct ETSHeuristic {
  /// The series with its gaps closed.
  private let y: [Double]
  private let period: Int
  private var additiveSeason: [Double] = []
  private var multiplicativeSeason: [Double] = []

  /// - Parameter y: At least one value that is not NaN.
  init(y: [Double], period: Int) {
    self.period = period
    self.y = Self.closingGaps(y, period: period)
    guard period > 1 else { return }
    let trend = Self.trend(self.y, period: period)
    additiveSeason = Self.season(zip(self.y, trend).map { $0 - $1 }, period: period)
    let mean = additiveSeason.reduce(0, +) / Double(period)
    for j in additiveSeason.indices { additiveSeason[j] -= mean }
    guard self.y.allSatisfy({ $0 > 0 }) else { return }
    let ratios = zip(self.y, trend).map { $1 > 0 ? $0 / $1 : .nan }
    multiplicativeSeason = Self.season(ratios, period: period).map { $0 > 0 ? $0 : 1 }
    let average = multiplicativeSeason.reduce(0, +) / Double(period)
    for j in multiplicativeSeason.indices { multiplicativeSeason[j] /= average }
  }

  /// The states of a form before the first period; multiplicative ones for values above zero only.
  func state(for form: ETS.Form) -> ETS.State {
    let length = min(y.count, max(10, 2 * period))
    var adjusted = Array(y.prefix(length))
    var seasonal: [Double] = []
    switch form.season {
    case .none: break
    case .additive:
      seasonal = additiveSeason
      for t in adjusted.indices { adjusted[t] -= seasonal[t % period] }
    case .multiplicative:
      seasonal = multiplicativeSeason
      for t in adjusted.indices { adjusted[t] /= seasonal[t % period] }
    }
    guard form.hasTrend else {
      return ETS.State(level: adjusted.reduce(0, +) / Double(length), seasonal: seasonal)
    }
    if form.trend.isMultiplicative {
      let line = Self.line(adjusted.map { Double.log($0) })
      return ETS.State(level: .exp(line.level), slope: .exp(line.slope), seasonal: seasonal)
    }
    var line = Self.line(adjusted)
    if form.error == .multiplicative, line.level <= 0 {
      // A line that starts below zero: the first value, and a slope from there to the mean.
      line.level = adjusted[0]
      let mean = adjusted.reduce(0, +) / Double(length)
      line.slope = 2 * (mean - line.level) / Double(length + 1)
    }
    return ETS.State(level: line.level, slope: line.slope, seasonal: seasonal)
  }

  /// The least-squares line, its level at the period before the first.
  private static func line(_ values: [Double]) -> (level: Double, slope: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    guard values.count > 1 else { return (mean, 0) }
    let centre = (n - 1) / 2
    var sum = 0.0
    for (t, value) in values.enumerated() { sum += (Double(t) - centre) * (value - mean) }
    let slope = 12 * sum / (n * (n * n - 1))
    return (mean - slope * (centre + 1), slope)
  }

  /// The centred average over one season, NaN where it does not reach; a line if there are not two seasons.
  private static func trend(_ y: [Double], period: Int) -> [Double] {
    let half = period / 2
    guard y.count >= 2 * period else {
      let line = line(y)
      return y.indices.map { line.level + line.slope * Double($0 + 1) }
    }
    var result = [Double](repeating: .nan, count: y.count)
    let isEven = period % 2 == 0
    for t in half..<y.count - half {
      var sum = 0.0
      for i in t - half...t + half { sum += y[i] }
      if isEven { sum -= (y[t - half] + y[t + half]) / 2 }
      result[t] = sum / Double(period)
    }
    return result
  }

  /// Each season's mean; for a season never seen, the mean of those seen.
  private static func season(_ detrended: [Double], period: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: period)
    var counts = sums
    for (t, value) in detrended.enumerated() where value.isFinite {
      sums[t % period] += value
      counts[t % period] += 1
    }
    let known = zip(sums, counts).filter { $1 > 0 }.map { $0 / $1 }
    let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    return zip(sums, counts).map { $1 > 0 ? $0 / $1 : mean }
  }

  /// A gap takes the mean of its neighbours a season away, or of the nearest values on either side.
  private static func closingGaps(_ y: [Double], period: Int) -> [Double] {
    guard y.contains(where: \.isNaN) else { return y }
    var after = y
    for t in y.indices.reversed().dropFirst() where after[t].isNaN { after[t] = after[t + 1] }
    var before = Double.nan
    return y.indices.map { t in
      if !y[t].isNaN {
        before = y[t]
        return y[t]
      }
      let distant = [t - period, t + period].filter { period > 1 && y.indices.contains($0) && !y[$0].isNaN }
      let near = distant.isEmpty ? [before, after[t]].filter { !$0.isNaN } : distant.map { y[$0] }
      return near.reduce(0, +) / Double(near.count)
    }
  }
}
