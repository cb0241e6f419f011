import RealModule
import TradewindNumerics

extension SamplePaths {
  /// The draws given what has become known, by Matheron's rule; see ``Forecast/conditioned(on:seed:)``.
  func conditioned(on known: [Forecast.Known], seed: UInt64) -> SamplePaths {
    var generator = SeededGenerator(seed: seed)
    var values = self.values
    let isPositive = values.allSatisfy { $0 > 0 } && known.allSatisfy { $0.value > 0 }
    for fact in known {
      if isPositive {
        scale(&values, to: fact, &generator)
      } else {
        shift(&values, to: fact, &generator)
      }
    }
    return SamplePaths(values: values, horizon: horizon)
  }

  /// Adds to each draw what its sum lacks, times how far each step goes with the sum.
  private func shift(_ values: inout [Double], to fact: Forecast.Known, _ generator: inout SeededGenerator) {
    let sums = sums(of: fact, values)
    guard let law = Regression(sums, error: fact.standardError) else { return }
    let gain = law.slopes(of: values, horizon)
    for p in 0..<count {
      let error = fact.standardError > 0 ? fact.standardError * generator.nextNormal() : 0
      let move = law.trust * (fact.value + error - sums[p])
      for h in 0..<horizon { values[p * horizon + h] += gain[h] * move }
    }
  }

  /// The same for logarithms, of the sum too; its steps are then brought to the new sum in proportion.
  private func scale(_ values: inout [Double], to fact: Forecast.Known, _ generator: inout SeededGenerator) {
    let sums = sums(of: fact, values)
    let logSums = sums.map { Double.log($0) }
    // The standard deviation of the logarithm of a log-normal value with this relative error.
    let error = Double.log(onePlus: squared(fact.standardError / fact.value)).squareRoot()
    guard let law = Regression(logSums, error: error) else { return }
    let gain = law.slopes(of: values.map { .log($0) }, horizon)
    for p in 0..<count {
      let noise = error > 0 ? error * generator.nextNormal() : 0
      let move = law.trust * (.log(fact.value) + noise - logSums[p])
      for h in 0..<horizon { values[p * horizon + h] *= .exp(gain[h] * move) }
      let sum = fact.steps.reduce(0) { $0 + values[p * horizon + $1] }
      let share = noise == 0 && law.trust == 1 ? fact.value / sum : sums[p] * .exp(move) / sum
      for h in fact.steps { values[p * horizon + h] *= share }
    }
  }

  private func sums(of fact: Forecast.Known, _ values: [Double]) -> [Double] {
    (0..<count).map { p in fact.steps.reduce(0) { $0 + values[p * horizon + $1] } }
  }

  /// What the draws of a sum, or of its logarithm, say of it and of what goes with it.
  private struct Regression {
    /// The part of a surprise that is believed: all if what is known has no error.
    let trust: Double
    private let sums: [Double]
    /// The draws that count.
    private let inside: [Int]
    private let centre: Double
    /// The sum of the squared differences from the centre.
    private let spread: Double

    /// Nil if all draws are the same.
    init?(_ sums: [Double], error: Double) {
      let sorted = sums.sorted()
      let (low, high) = (quantile(0.01, of: sorted), quantile(0.99, of: sorted))
      var inside = sums.indices.filter { low <= sums[$0] && sums[$0] <= high }
      var signal = squared((quantile(0.975, of: sorted) - quantile(0.025, of: sorted)) / (2 * z975))
      var (centre, spread) = Self.moments(inside.map { sums[$0] })
      if !(signal > 0) || !(spread > 0) {
        // Nearly all are the same, as with demand that is mostly none.
        inside = Array(sums.indices)
        (centre, spread) = Self.moments(sums)
        signal = spread / Double(sums.count)
      }
      // Below the rounding of the sums nothing is left to learn.
      guard signal > 1e-24 * squared(centre), signal > 0, spread > 0 else { return nil }
      (self.sums, self.inside, self.centre, self.spread) = (sums, inside, centre, spread)
      trust = signal / (signal + squared(error))
    }

    /// By how much each step's draws move with the sum's.
    func slopes(of values: [Double], _ horizon: Int) -> [Double] {
      var slopes = [Double](repeating: 0, count: horizon)
      for p in inside {
        for h in 0..<horizon { slopes[h] += (sums[p] - centre) * values[p * horizon + h] }
      }
      return slopes.map { $0 / spread }
    }

    private static func moments(_ values: [Double]) -> (centre: Double, spread: Double) {
      let centre = values.reduce(0, +) / Double(values.count)
      return (centre, values.reduce(0) { $0 + squared($1 - centre) })
    }
  }
}

private func squared(_ x: Double) -> Double { x * x }
