/// A calendar month, quarter or year.
///
/// A period is its ``unit`` and an integer ``ordinal`` that counts periods of that unit, so that arithmetic is
/// integer arithmetic: `Period.month(2025, 11).advanced(by: 3)` is `2026-02`.
///
/// ```swift
/// let period = try Period(parsing: "2025-Q1")
/// print(period.firstMonth, period.lastMonth, period.next)  // 2025-01 2025-03 2025-Q2
/// ```
///
/// Text names years 1 to 9999. Arithmetic may leave that range (a horizon that runs past the year 9999 is not an
/// error here); such a period still prints, but its text is not read back.
///
/// Periods are ordered by their first month; of two that begin together the shorter comes first
/// (`2025-01` < `2025-Q1` < `2025`).
public struct Period: Sendable {
  /// The length of a period.
  public enum Unit: String, Sendable, Codable, CaseIterable {
    case month, quarter, year

    /// How many periods of this unit make a year: 12, 4 or 1.
    public var periodsPerYear: Int {
      switch self {
      case .month: 12
      case .quarter: 4
      case .year: 1
      }
    }

    /// How many months one period of this unit has: 1, 3 or 12.
    public var months: Int { 12 / periodsPerYear }
  }

  /// Whether this is a month, a quarter or a year.
  public let unit: Unit

  /// The number of the period: months are `year * 12 + month - 1`, quarters `year * 4 + quarter - 1`, years `year`.
  public let ordinal: Int

  /// The period of `unit` with the number `ordinal`.
  public init(unit: Unit, ordinal: Int) {
    self.unit = unit
    self.ordinal = ordinal
  }

  /// The month `month` (1…12, a precondition) of `year`.
  public static func month(_ year: Int, _ month: Int) -> Period {
    precondition((1...12).contains(month), "A month is a number from 1 to 12, not \(month).")
    return Period(unit: .month, ordinal: year * 12 + month - 1)
  }

  /// The quarter `quarter` (1…4, a precondition) of `year`.
  public static func quarter(_ year: Int, _ quarter: Int) -> Period {
    precondition((1...4).contains(quarter), "A quarter is a number from 1 to 4, not \(quarter).")
    return Period(unit: .quarter, ordinal: year * 4 + quarter - 1)
  }

  /// The calendar year `year`.
  public static func year(_ year: Int) -> Period { Period(unit: .year, ordinal: year) }

  /// The year in which the period lies.
  public var year: Int { floorDivision(ordinal, unit.periodsPerYear).quotient }

  /// The number of the period's first month in its year, 1…12.
  public var month: Int { (ordinal - year * unit.periodsPerYear) * unit.months + 1 }

  /// The number of the quarter that holds the period's first month, 1…4.
  public var quarter: Int { (month - 1) / 3 + 1 }

  /// The first month of the period; a month is its own.
  public var firstMonth: Period { Period(unit: .month, ordinal: ordinal * unit.months) }

  /// The last month of the period; a month is its own.
  public var lastMonth: Period { Period(unit: .month, ordinal: ordinal * unit.months + unit.months - 1) }

  /// The months of the period: one, three or twelve.
  public var months: ClosedRange<Period> { firstMonth...lastMonth }

  /// The quarter that holds the period's first month.
  public var quarterPeriod: Period { .quarter(year, quarter) }

  /// The year that holds the period.
  public var yearPeriod: Period { .year(year) }

  /// The period after this one.
  public var next: Period { advanced(by: 1) }

  /// The period before this one.
  public var previous: Period { advanced(by: -1) }
}

extension Period: Hashable {
  /// Whether unit and number agree: a year is not its first month.
  // Written out because `Strideable` offers an `==` of its own, which would measure a distance between units.
  public static func == (a: Period, b: Period) -> Bool { a.unit == b.unit && a.ordinal == b.ordinal }

  /// Feeds unit and number to `hasher`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(unit)
    hasher.combine(ordinal)
  }
}

extension Period: Strideable {
  /// Whether `a` begins before `b`, or begins with it and is shorter.
  public static func < (a: Period, b: Period) -> Bool {
    if a.unit == b.unit { return a.ordinal < b.ordinal }
    return (a.firstMonth.ordinal, a.unit.months) < (b.firstMonth.ordinal, b.unit.months)
  }

  /// The number of periods from this one to `other`, negative if `other` is earlier.
  ///
  /// - Precondition: Both have the same unit.
  public func distance(to other: Period) -> Int {
    precondition(unit == other.unit, "There is no distance between \(self) and \(other): their units differ.")
    return other.ordinal - ordinal
  }

  /// The period `n` periods of the same unit later, or earlier if `n` is negative.
  public func advanced(by n: Int) -> Period { Period(unit: unit, ordinal: ordinal + n) }
}

extension Period: CustomStringConvertible {
  /// `2025-03`, `2025-Q1` or `2025`.
  public var description: String {
    let yearText = padded(year, toWidth: 4)
    return switch unit {
    case .month: "\(yearText)-\(padded(month, toWidth: 2))"
    case .quarter: "\(yearText)-Q\(quarter)"
    case .year: yearText
    }
  }
}

/// The number with leading zeros up to `width` digits; the sign does not count.
func padded(_ number: Int, toWidth width: Int) -> String {
  let digits = String(number.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
  return (number < 0 ? "-" : "") + zeros + digits
}

extension Period: Codable {
  /// Reads the period's text; anything else is `DecodingError.dataCorrupted` with what was expected.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do throws(PeriodError) {
      try self.init(parsing: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Writes the period as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
