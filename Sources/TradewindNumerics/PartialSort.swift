extension [Double] {
  /// The values with those that the quantiles `p` (0…1) depend on where a full sort would put them: nothing greater stands
  /// before one of them, nothing smaller after it.
  ///
  /// A few quantiles of many draws need no full sort: this takes time in proportion to the number of values (Hoare 1961,
  /// Algorithm 65: Find, *Communications of the ACM* 4(7), 321–322, doi:10.1145/366622.366647, for several places
  /// at once). NaN has no place in an order; values that hold any come back in some order.
  package func partiallySorted(atQuantiles p: [Double]) -> [Double] {
    guard count > 1 else { return self }
    let last = Double(count - 1)
    var places: [Int] = []
    for p in p where !p.isNaN {
      let below = Int(Swift.min(Swift.max(p, 0), 1) * last)
      places += [below, Swift.min(below + 1, count - 1)]
    }
    places.sort()
    var values = self
    values.find(places[...], in: 0...count - 1, depth: 0)
    return values
  }

  /// Puts the values of some places, in rising order, where a sort of the range would.
  private mutating func find(_ places: ArraySlice<Int>, in range: ClosedRange<Int>, depth: Int) {
    var (low, high) = (range.lowerBound, range.upperBound)
    var places = places
    var depth = depth
    while !places.isEmpty, low < high {
      // Short ranges, and those that splitting does not shorten.
      if high - low < 16 || depth > 60 {
        self[low...high].sort()
        return
      }
      depth += 1
      let (i, j) = split(low, high)
      let left = places.prefix { $0 <= j }
      let right = places.drop { $0 < i }
      if right.isEmpty {
        (high, places) = (j, left)
      } else {
        if !left.isEmpty { find(left, in: low...Swift.max(low, j), depth: depth) }
        (low, places) = (i, right)
      }
    }
  }

  /// Splits a range at the middle one of three of its values: all up to j are at most that, all from i on at least, j < i,
  /// and what is between equals it.
  private mutating func split(_ low: Int, _ high: Int) -> (i: Int, j: Int) {
    let (a, b, c) = (self[low], self[low + (high - low) / 2], self[high])
    let pivot = Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
    var (i, j) = (low, high)
    while i <= j {
      while i < high, self[i] < pivot { i += 1 }
      while j > low, self[j] > pivot { j -= 1 }
      if i <= j {
        swapAt(i, j)
        i += 1
        j -= 1
      }
    }
    return (i, j)
  }
}
