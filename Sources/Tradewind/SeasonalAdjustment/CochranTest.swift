/// Whether the variances of the seasons differ: the largest over their sum, against the 5 % point.
///
/// The mean is known (1 or 0), and the critical values are X-13's: those for up to ten degrees of freedom are
/// Cochran's, the others read off his table by its authors. Where a season has more than 40 degrees of freedom
/// the last value serves. JDemetra+ uses the same values.
///
/// Reference: W. G. Cochran (1941), "The Distribution of the Largest of a Set of Estimated Variances as a
/// Fraction of their Total", Annals of Eugenics 11:47–52, DOI 10.1111/j.1469-1809.1941.tb02271.x.
enum CochranTest {
  static func rejectsEqualVariances(
    _ irregular: [Double], _ range: Range<Int>, period: Int, centre: Double
  ) -> Bool {
    var (largest, total) = (0.0, 0.0)
    var fewest = Int.max
    for season in 0..<min(period, range.count) {
      var (sum, count) = (0.0, 0)
      for i in stride(from: range.lowerBound + season, to: range.upperBound, by: period) {
        let deviation = irregular[i] - centre
        sum += deviation * deviation
        count += 1
      }
      let variance = sum / Double(count)
      largest = max(largest, variance)
      total += variance
      fewest = min(fewest, count)
    }
    guard total > 0, fewest >= 2 else { return false }
    let table = period == 4 ? quarterly : monthly
    return largest / total >= table[min(fewest - 1, table.count) - 1]
  }

  private static let monthly: [Double] =
    [
      0.5410, 0.3934, 0.3264, 0.2880, 0.2624, 0.2439, 0.2299, 0.2187, 0.2098, 0.2020, 0.1980, 0.194, 0.186,
      0.182, 0.178, 0.174, 0.17, 0.166, 0.162, 0.158,
    ] + Array(repeating: 0.15, count: 15) + [0.1403, 0.14, 0.14, 0.14, 0.14]

  private static let quarterly: [Double] = [
    0.9065, 0.7679, 0.6841, 0.6287, 0.5895, 0.5598, 0.5365, 0.5175, 0.5017, 0.4884, 0.480, 0.471, 0.463,
    0.454,
    0.445, 0.4366, 0.433, 0.430, 0.427, 0.424, 0.421, 0.417, 0.414, 0.411, 0.408, 0.404, 0.401, 0.398, 0.395,
    0.391, 0.388, 0.385, 0.382, 0.379, 0.375, 0.3720, 0.369, 0.366, 0.362, 0.359,
  ]
}
