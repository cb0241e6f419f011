import RealModule
import TradewindNumerics

/// Spreads differences of yearly totals over the periods: corrections c with year totals J c = d that minimise the
/// sum of squares of (1 − ρB)(c/s), s being the periods' scale.
///
/// With S = diag(s), c = S G S J′ μ where G is the covariance of an autoregression (ρ < 1) or of a random walk from
/// zero, to which the level of the walk comes as a further unknown (ρ = 1). Only products with G are needed, and those
/// are two recursions.
struct TotalsSpreading {
  let scale: [Double]
  /// Where the first year begins.
  let first: Int
  let period: Int
  let years: Int
  let rho: Double

  /// The corrections of all periods for each set of differences; nil if some year cannot be changed.
  func corrections(for differences: [[Double]]) -> [[Double]]? {
    // X-13 takes ρ above 0.99999 as 1.
    let isWalk = rho > 0.99999
    let columns = (0..<years).map { covarianceTimesYear($0, isWalk: isWalk) }
    let size = years + (isWalk ? 1 : 0)
    var system = Matrix(rows: size, columns: size)
    for (j, column) in columns.enumerated() {
      for year in 0..<years { system[year, j] = total(column, year) }
      if isWalk {
        system[years, j] = total(scale, j)
        system[j, years] = total(scale, j)
      }
    }
    guard let factors = try? QRFactorization(system) else { return nil }
    var all: [[Double]] = []
    for difference in differences {
      guard let solution = try? factors.solve(difference + (isWalk ? [0] : [])),
        solution.allSatisfy(\.isFinite)
      else { return nil }
      var correction = scale.map { isWalk ? $0 * solution[years] : 0 }
      for (j, column) in columns.enumerated() {
        for i in correction.indices { correction[i] += column[i] * solution[j] }
      }
      all.append(correction)
    }
    return all
  }

  private func total(_ values: [Double], _ year: Int) -> Double {
    var sum = 0.0
    for i in (first + year * period)..<(first + (year + 1) * period) { sum += values[i] }
    return sum
  }

  /// S G S times the indicator of a year.
  private func covarianceTimesYear(_ year: Int, isWalk: Bool) -> [Double] {
    let inYear = (first + year * period)..<(first + (year + 1) * period)
    let n = scale.count
    var result = [Double](repeating: 0, count: n)
    func indicator(_ i: Int) -> Double { inYear.contains(i) ? scale[i] : 0 }
    if isWalk {
      // Covariance min(i, j): a sum of what is still to come, summed up.
      var toCome = 0.0
      for i in inYear { toCome += scale[i] }
      var level = 0.0
      for i in 0..<n {
        if i > 0 {
          toCome -= indicator(i - 1)
          level += toCome
        }
        result[i] = level * scale[i]
      }
    } else {
      var (past, future) = (0.0, 0.0)
      for i in 0..<n {
        past = indicator(i) + rho * past
        result[i] = past
      }
      for i in (0..<n).reversed() {
        result[i] = (result[i] + future) * scale[i]
        future = rho * (indicator(i) + future)
      }
    }
    return result
  }
}

extension ForcedTotals {
  /// Denton's corrections in windows of five years: the first two years from the first window, the last two from the
  /// last, each other year from the window that it is the middle of.
  ///
  /// X-13 has the weights as a table of seven decimals; here they are computed.
  static func denton(_ differences: [Double], period: Int) -> [Double] {
    let years = differences.count
    let window = TotalsSpreading(
      scale: Array(repeating: 1, count: 5 * period), first: 0, period: period, years: 5, rho: 1)
    let units = (0..<5).map { year in (0..<5).map { $0 == year ? 1.0 : 0 } }
    guard let weights = window.corrections(for: units) else { return [] }
    var corrections = [Double](repeating: 0, count: years * period)
    for i in corrections.indices {
      let begin = min(max(i / period - 2, 0), years - 5)
      for year in 0..<5 { corrections[i] += weights[year][i - begin * period] * differences[begin + year] }
    }
    return corrections
  }

  func power(_ base: Double, _ exponent: Double) -> Double {
    exponent == 0 ? 1 : exponent == 1 ? base : base == 0 ? 0 : Double.pow(base, exponent)
  }
}
