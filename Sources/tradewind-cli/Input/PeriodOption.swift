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
