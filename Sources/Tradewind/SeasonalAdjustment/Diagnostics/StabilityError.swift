/// Why the stability of an adjustment cannot be judged.
public enum StabilityError: Error, Sendable, Equatable {
  /// Fewer periods than two spans, or a first estimate and one more period, need.
  case tooShort(needed: Int, found: Int)
  /// The history is to start in a period of another unit than the series.
  case wrongUnit(needed: Period.Unit, found: Period.Unit)
  /// The piece of the series that ends with `end` cannot be adjusted.
  case piece(start: Period, end: Period, error: SeasonalAdjustmentError)
}

extension StabilityError: CustomStringConvertible {
  /// One sentence with the numbers in it.
  public var description: String {
    switch self {
    case .tooShort(let needed, let found):
      "\(found) \(found == 1 ? "period is" : "periods are") too few to compare estimates: \(needed) are needed"
    case .wrongUnit(let needed, let found):
      "the history is to start in a \(found.rawValue), but the series counts in \(needed.rawValue)s"
    case .piece(let start, let end, let error):
      "the piece from \(start) to \(end) cannot be adjusted: \(error)"
    }
  }
}
