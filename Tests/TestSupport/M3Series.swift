import Tradewind

/// The real monthly series of `Tests/References/m3`, in the order of the file; throws if the file cannot be read.
public func m3Series() throws -> [TimeSeries] {
  try SeriesFile.parse(bytes: References.bytes("m3/series.csv"), file: "m3/series.csv")
}

/// The largest difference of two equally long lists, NaN agreeing with NaN only.
public func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { largest, pair in
    if pair.0.isNaN && pair.1.isNaN { return largest }
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(largest, difference)
  }
}
