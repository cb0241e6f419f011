import RealModule

/// The recursions behind the methods for sparse series, with their parameters found.
enum SparseRule: Sendable, Equatable {
  /// Size over interval, both smoothed where there is a demand, times a correction.
  case croston(sizes: Double, intervals: Double, corrected: Bool)
  /// Size smoothed where there is a demand, times its probability smoothed in every period.
  case teunter(sizes: Double, probability: Double)
  /// The mean over some block lengths of the smoothed sums of blocks, per period; one parameter a length, from
  /// `shortest` on.
  case blocks(shortest: Int, parameters: [Double])

  /// Forecasts of the rate before each of the observed values and after the last, and the law of what follows.
  func run(_ values: [Double]) -> (rates: [Double], law: DemandLaw) {
    let sizes = values.filter { $0 > 0 }
    guard !sizes.isEmpty else {
      let law = DemandLaw(rate: 0, probability: 0, weight: .infinity, ratios: [], sizeVariance: 0)
      return ([.nan] + values.map { _ in 0 }, law)
    }
    switch self {
    case .croston(let alpha, let beta, let corrected):
      return croston(values, sizes, alpha: alpha, beta: beta, factor: corrected ? 1 - beta / 2 : 1)
    case .teunter(let alpha, let beta): return teunter(values, sizes, alpha: alpha, beta: beta)
    case .blocks(let shortest, let parameters):
      return blocks(values, sizes, Array(zip(shortest..., parameters)))
    }
  }

  private func croston(
    _ values: [Double], _ sizes: [Double], alpha: Double, beta: Double, factor: Double
  ) -> (rates: [Double], law: DemandLaw) {
    let sizeLevels = SparseSmoothing.levels(sizes, alpha: alpha)
    let intervalLevels = SparseSmoothing.levels(Self.intervals(values), alpha: beta)
    var demands = 0
    var rates = [Double.nan]
    for value in values {
      if value > 0 { demands += 1 }
      rates.append(factor * sizeLevels[demands] / intervalLevels[demands])
    }
    let probability = factor / intervalLevels[demands]
    // Intervals are geometric with relative variance 1 − p, so the probability's variance is p² (1 − p) Σw², which a
    // beta law of weight 1/(p Σw²) − 1 has.
    let squares = SparseSmoothing.weightSquares(count: sizes.count, alpha: beta)
    let ratios = DemandLaw.ratios(of: sizes)
    let law = DemandLaw(
      rate: rates[values.count], probability: probability, weight: 1 / (probability * squares) - 1,
      ratios: ratios,
      sizeVariance: DemandLaw.variation(of: ratios)
        * SparseSmoothing.weightSquares(count: sizes.count, alpha: alpha))
    return (rates, law)
  }

  private func teunter(
    _ values: [Double], _ sizes: [Double], alpha: Double, beta: Double
  ) -> (rates: [Double], law: DemandLaw) {
    let sizeLevels = SparseSmoothing.levels(sizes, alpha: alpha)
    let chances = SparseSmoothing.levels(values.map { $0 > 0 ? 1 : 0 }, alpha: beta)
    var demands = 0
    var rates = [Double.nan]
    for (i, value) in values.enumerated() {
      if value > 0 { demands += 1 }
      rates.append(demands == 0 ? 0 : chances[i + 1] * sizeLevels[demands])
    }
    let squares = SparseSmoothing.weightSquares(count: values.count, alpha: beta)
    let ratios = DemandLaw.ratios(of: sizes)
    let law = DemandLaw(
      rate: rates[values.count], probability: chances[values.count], weight: 1 / squares - 1, ratios: ratios,
      sizeVariance: DemandLaw.variation(of: ratios)
        * SparseSmoothing.weightSquares(count: sizes.count, alpha: alpha))
    return (rates, law)
  }

  private func blocks(
    _ values: [Double], _ sizes: [Double], _ lengths: [(Int, Double)]
  ) -> (rates: [Double], law: DemandLaw) {
    let ratios = DemandLaw.ratios(of: sizes)
    let probability = Double(sizes.count) / Double(values.count)
    // The relative variance of one period's demand.
    let spread = (1 + DemandLaw.variation(of: ratios)) / probability - 1
    var rates = [Double](repeating: 0, count: values.count + 1)
    var deviation = 0.0
    for (length, alpha) in lengths {
      let levels = Self.blockLevels(values, length: length, alpha: alpha)
      for i in rates.indices { rates[i] += levels[i] / Double(length * lengths.count) }
      let squares = SparseSmoothing.weightSquares(count: values.count / length, alpha: alpha)
      // The lengths share the data: their errors are taken to agree wholly.
      deviation += (squares * spread / Double(length)).squareRoot() / Double(lengths.count)
    }
    return (
      rates,
      Self.law(rate: rates[values.count], share: probability, ratios, deviation * deviation, sizes, values)
    )
  }

  /// The law where only the rate is estimated, with a relative variance.
  ///
  /// What the rate is above or below the mean of all periods, and what is not known of it, is put on the probability and on the
  /// sizes as either makes a period's demand vary, (1 − p)/p to v/p with the sizes' squared coefficient of variation v: their
  /// expectations given the rate. All of it on the sizes would make a low rate's demands too much alike, and a high one's too
  /// different.
  private static func law(
    rate: Double, share: Double, _ ratios: [Double], _ variance: Double, _ sizes: [Double], _ values: [Double]
  ) -> DemandLaw {
    let (absent, varied) = (1 - share, DemandLaw.variation(of: ratios))
    let part = absent + varied > 0 ? absent / (absent + varied) : 0
    let mean = sizes.reduce(0, +) / Double(values.count)
    let probability = rate > 0 ? min(1, share * .pow(rate / mean, part)) : share
    let weight = (1 - probability) / (probability * part * variance) - 1
    let isBeta = probability < 1 && part > 0 && variance > 0 && weight > 0
    return DemandLaw(
      rate: rate, probability: probability, weight: isBeta ? weight : .infinity, ratios: ratios,
      sizeVariance: isBeta ? (1 - part) * variance : variance)
  }

  /// The smoothed sum of blocks of `length` values that end before each value, and after the last. NaN before the first
  /// whole block.
  ///
  /// Blocks end where the forecast is made, so level i goes on from level i − length.
  static func blockLevels(_ values: [Double], length: Int, alpha: Double) -> [Double] {
    var levels = [Double](repeating: .nan, count: values.count + 1)
    guard length <= values.count else { return levels }
    for i in length...values.count {
      let sum = values[i - length..<i].reduce(0, +)
      let level = levels[i - length]
      levels[i] = level.isNaN ? sum : level + alpha * (sum - level)
    }
    return levels
  }

  /// The sums of whole blocks up to the end; values before the first whole block are left out.
  static func blockSums(_ values: [Double], length: Int) -> [Double] {
    stride(from: values.count % length, to: values.count, by: length).map {
      values[$0..<$0 + length].reduce(0, +)
    }
  }

  /// The periods from each demand to the next, and from before the first value to the first demand.
  static func intervals(_ values: [Double]) -> [Double] {
    var last = -1
    var intervals: [Double] = []
    for (i, value) in values.enumerated() where value > 0 {
      intervals.append(Double(i - last))
      last = i
    }
    return intervals
  }

  /// The mean interval to the nearest whole number, ties to the even one; 1 where there is no demand.
  static func blockLength(_ values: [Double]) -> Int {
    let intervals = intervals(values)
    return intervals.isEmpty ? 1 : Int(mean(of: intervals).rounded(.toNearestOrEven))
  }
}
