/// Puts the order statistics at indices `first` and `second` (0 is the smallest value) in their places.
///
/// Partial quicksort: after each partition only the parts that hold a wanted index are followed. Which part a
/// wanted index goes to is looked up from the end of the smaller part, on the understanding that `first` ≤
/// `second`. With `first` > `second` an index may be looked for in the wrong part, and then need not hold its
/// order statistic; ``STL/exactMedian`` says why that is of use.
///
/// Reference: R. C. Singleton (1969), "Algorithm 347: An Efficient Algorithm for Sorting with Minimal
/// Storage", Communications of the ACM 12:185–187, DOI 10.1145/362875.362901: its pivot, partition and
/// threshold.
func placeOrderStatistics(_ first: Int, _ second: Int, in a: inout [Double]) {
  placeOrderStatistics(wanted: (first, second), from: 0, to: 1, in: &a, low: 0, high: a.count - 1)
}

/// Places entries `from`…`to` (0 or 1) of `wanted` within `a[low...high]`.
private func placeOrderStatistics(
  wanted: (Int, Int), from: Int, to: Int, in a: inout [Double], low: Int, high: Int
) {
  var (from, to, low, high) = (from, to, low, high)
  func index(_ entry: Int) -> Int { entry == 0 ? wanted.0 : wanted.1 }
  while from <= to, low < high {
    // A short part is sorted outright, except the first: the published algorithm needs a value below as a
    // sentinel.
    if high - low <= 10 && low > 0 { return insertionSort(&a, low, high) }
    let (left, right) = partition(&a, low, high)
    var split = from
    if left - low <= high - right {
      split = to + 1
      while split > from && index(split - 1) > left { split -= 1 }
    } else {
      while split <= to && index(split) < right { split += 1 }
    }
    // At most one level deep: each side then has one entry to place.
    if split > from && split <= to {
      placeOrderStatistics(wanted: wanted, from: split, to: to, in: &a, low: right, high: high)
      to = split - 1
    }
    if split > to { high = left } else { low = right }
  }
}

/// Parts `a[low...high]` at the median of its first, middle and last value: `low...left` holds values not
/// above it, `right...high` values not below it.
private func partition(_ a: inout [Double], _ low: Int, _ high: Int) -> (left: Int, right: Int) {
  let middle = (low + high) / 2
  if a[low] > a[middle] { a.swapAt(low, middle) }
  if a[high] < a[middle] {
    a.swapAt(high, middle)
    if a[low] > a[middle] { a.swapAt(low, middle) }
  }
  let pivot = a[middle]
  var (left, right) = (high, low)
  while true {
    repeat { left -= 1 } while a[left] > pivot
    repeat { right += 1 } while a[right] < pivot
    if right > left { return (left, right) }
    a.swapAt(left, right)
  }
}

private func insertionSort(_ a: inout [Double], _ low: Int, _ high: Int) {
  for i in (low + 1)...high {
    let value = a[i]
    var j = i
    while j > low && a[j - 1] > value {
      a[j] = a[j - 1]
      j -= 1
    }
    a[j] = value
  }
}
