/// Replaces seasonal-irregular values that are not fully trusted (weight below 1).
///
/// A replacement is a mean of the value, with its weight, and of the four nearest values of the same season that
/// have full weight: two before and two after, or as many as there are and the rest from the other side. The
/// first two and the last two years take the four nearest to their end. Where a season has fewer than four
/// fully trusted values, its plain mean over all years is taken.
///
/// Reference: Ladiray and Quenneville (2001), steps B4 and B9.
enum ExtremeValueReplacement {
  static func replace(
    _ ratios: inout [Double], weights: [Double], _ range: Range<Int>, period: Int
  ) {
    for season in 0..<min(period, range.count) {
      let years = (range.count - season + period - 1) / period
      let start = range.lowerBound + season
      var mean = Double.nan
      for year in 0..<years where weights[start + year * period] != 1 {
        if mean.isNaN {
          // Before the first replacement of this season.
          var sum = 0.0
          for i in stride(from: start, to: range.upperBound, by: period) { sum += ratios[i] }
          mean = sum / Double(years)
        }
        let position = start + year * period
        var found = FourNearest(sum: weights[position] * ratios[position])
        if year <= 1 {
          found.search(from: 0, to: years, step: 1, start, period, ratios, weights)
        } else if year >= years - 2 {
          found.search(from: years - 1, to: -1, step: -1, start, period, ratios, weights)
        } else {
          let after = found.search(
            from: year + 1, to: years, step: 1, limit: 2, start, period, ratios, weights)
          found.search(from: year - 1, to: -1, step: -1, start, period, ratios, weights)
          found.search(from: after, to: years, step: 1, start, period, ratios, weights)
        }
        ratios[position] = found.count == 4 ? found.sum / (4 + weights[position]) : mean
      }
    }
  }

  private struct FourNearest {
    var sum: Double
    var count = 0

    /// Adds fully trusted years from one on until `limit` are found; the year after the last one looked at.
    @discardableResult
    mutating func search(
      from: Int, to: Int, step: Int, limit: Int = 4, _ start: Int, _ period: Int, _ ratios: [Double],
      _ weights: [Double]
    ) -> Int {
      var year = from
      while year != to, count < limit {
        let i = start + year * period
        if weights[i] == 1 {
          sum += ratios[i]
          count += 1
        }
        year += step
      }
      return year
    }
  }
}
