/// Weights of irregular values: 1 up to the lower limit, 0 beyond the upper, a straight line between.
///
/// Limits count in standard deviations about 1 or 0. Each is computed twice, the second time without the values
/// that were beyond the upper limit in the first; the weights are those of the second.
struct ExtremeValueWeights {
  let rule: ExtremeValueRule
  let lower: Double
  let upper: Double
  let period: Int
  /// The season, from 0, of position 0.
  let phase: Int
  /// 1 for factors, 0 for differences.
  let centre: Double

  /// Fills `weights` for the positions `range` of `irregular`, with standard deviations over `basis`, which lies
  /// within it. Positions outside of `range` get 1.
  func assign(
    _ irregular: [Double], _ range: Range<Int>, basis: Range<Int>, into weights: inout [Double],
    excluded: inout [Bool]
  ) {
    for i in weights.indices { weights[i] = 1 }
    for i in excluded.indices { excluded[i] = false }
    for isSecond in [false, true] {
      switch rule {
      case .movingFiveYears:
        forEachWindow(range, basis: basis) { years, span in
          let sigma = deviation(
            irregular, stride(from: span.lowerBound, to: span.upperBound, by: 1), excluded)
          weigh(
            irregular, stride(from: years.lowerBound, to: years.upperBound, by: 1), sigma, isSecond, &weights)
        }
      case .bySeason:
        for season in 0..<period {
          let first = self.first(season, in: basis)
          let sigma = deviation(irregular, stride(from: first, to: basis.upperBound, by: period), excluded)
          let start = self.first(season, in: range)
          weigh(irregular, stride(from: start, to: range.upperBound, by: period), sigma, isSecond, &weights)
        }
      case .byGroup(let seasons):
        for inGroup in [true, false] {
          let sigma = deviation(
            irregular, stride(from: basis.lowerBound, to: basis.upperBound, by: 1), excluded,
            group: (seasons, inGroup))
          for season in 0..<period where seasons.contains(season + 1) == inGroup {
            let start = first(season, in: range)
            weigh(irregular, stride(from: start, to: range.upperBound, by: period), sigma, isSecond, &weights)
          }
        }
      }
      if !isSecond {
        for i in range where weights[i] == 0 { excluded[i] = true }
      }
    }
  }

  /// The first position of a season (from 0) in a range; beyond its end if there is none.
  private func first(_ season: Int, in range: Range<Int>) -> Int {
    let wait = (season - phase - range.lowerBound) % period
    return range.lowerBound + (wait + period) % period
  }

  /// The years to be weighed together, each with the span its standard deviation is taken over: five complete
  /// calendar years about the year. The first two years and an incomplete one before them share the first five
  /// complete ones together with what precedes these; likewise at the end. With fewer than five complete years
  /// all share all.
  private func forEachWindow(
    _ range: Range<Int>, basis: Range<Int>, _ body: (_ years: Range<Int>, _ span: Range<Int>) -> Void
  ) {
    let five = 5 * period
    // Beginning of the first complete year and end of the last.
    let firstComplete = first(0, in: basis)
    let endComplete = basis.upperBound - (basis.upperBound + phase) % period
    guard endComplete - firstComplete >= five else { return body(range, basis) }
    // The first block begins with the year, complete or not, that the basis begins in; the last ends likewise.
    let firstBlock = firstComplete == basis.lowerBound ? firstComplete : firstComplete - period
    let lastBlock = (endComplete == basis.upperBound ? endComplete : endComplete + period) - five
    guard lastBlock > firstBlock else { return body(range, basis) }
    var block = firstBlock
    while block <= lastBlock {
      let year = block + 2 * period
      if block == firstBlock {
        body(range.lowerBound..<(year + period), basis.lowerBound..<(firstComplete + five))
      } else if block < lastBlock {
        body(year..<(year + period), block..<(block + five))
      } else {
        body(year..<range.upperBound, (endComplete - five)..<basis.upperBound)
      }
      block += period
    }
  }

  private func deviation(
    _ irregular: [Double], _ positions: StrideTo<Int>, _ excluded: [Bool], group: (Set<Int>, Bool)? = nil
  ) -> Double {
    let values = irregular.span
    var (sum, count) = (0.0, 0)
    for i in positions where !excluded[i] {
      if let group, group.0.contains((i + phase) % period + 1) != group.1 { continue }
      let distance = values[i] - centre
      sum += distance * distance
      count += 1
    }
    return count == 0 ? 0 : (sum / Double(count)).squareRoot()
  }

  private func weigh(
    _ irregular: [Double], _ positions: StrideTo<Int>, _ sigma: Double, _ isSecond: Bool,
    _ weights: inout [Double]
  ) {
    // Without any variation nothing is extreme.
    guard sigma > 0 else { return }
    for i in positions {
      let distance = abs(irregular[i] - centre) / sigma
      if distance > upper {
        weights[i] = 0
      } else if isSecond, distance > lower {
        weights[i] = (upper - distance) / (upper - lower)
      }
    }
  }
}
