import ArgumentParser
import Tradewind

/// A period on the command line.
struct PeriodOption: ExpressibleByArgument {
  let period: Period

  init?(argument: String) {
    guard let period = try? Period(parsing: argument) else { return nil }
    self.period = period
  }
}

/// A period or a range of periods on the command line.
struct RangeOption: ExpressibleByArgument {
  let range: PeriodRange

  init?(argument: String) {
    guard let range = try? PeriodRange(parsing: argument) else { return nil }
    self.range = range
  }
}
