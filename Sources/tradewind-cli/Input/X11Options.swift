import ArgumentParser
import Tradewind

/// What `decompose --method x11` can be told. Values are X-13's words where it has some.
struct X11Options: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The seasonal filter: msr (chosen by the data, the default), x11default, s3x1, s3x3, s3x5, s3x9, "
        + "s3x15 or stable; or one for each season, separated by commas.", valueName: "filter"))
  var seasonalFilter: SeasonalFilters?

  @Option(
    help: ArgumentHelp(
      "Terms of the trend filter, odd from 3 on; left out, chosen by the data.", valueName: "terms"),
    transform: WholeNumber.within(3...Int.max, of: "terms, odd,"))
  var trendLength: Int?

  @Option(
    help: ArgumentHelp(
      "From how many standard deviations on an irregular value counts less, and from how many not at all; "
        + "left out, 1.5,2.5.", valueName: "lower,upper"), transform: SigmaLimits.init(parsing:))
  var sigma: SigmaLimits?

  @Option(
    help: ArgumentHelp(
      "Standard deviations over five years (none, the default), of each season (all), or as a test decides "
        + "(signif).", valueName: "rule"))
  var calendarSigma: CalendarSigma?

  @Option(
    help: ArgumentHelp(
      "Adds a column 'forced': the adjusted series with the yearly totals of the observed one, by Denton's "
        + "method (denton) or by regression with ρ and λ (such as 0.9,1).", valueName: "method"),
    transform: Forcing.init(parsing:))
  var force: Forcing?

  @Option(
    help: ArgumentHelp(
      "Tables to add as columns, such as b1,c17,d8, and with --arima a6 (trading days), a7 (feasts), a8, a8ao, a8ls, "
        + "a8so (outliers), a9, d16, d18; or all.", valueName: "tables"))
  var tables: TableList?

  @Option(
    help: ArgumentHelp(
      "What is written: components; outlook (factors and forecasts of the coming year); quality (measures and "
        + "tests); stability (sliding spans and revisions: as many adjustments as the series has periods). As CSV "
        + "the last two are a row a series; JSON has all but the last.", valueName: "part"))
  var show: X11Text.Shown?

  enum CalendarSigma: String, ExpressibleByArgument, CaseIterable {
    case none, all, signif

    var rule: X11CalendarSigma {
      switch self {
      case .none: .movingFiveYears
      case .all: .bySeason
      case .signif: .bySeasonIfSignificant
      }
    }
  }

  struct SeasonalFilters: ExpressibleByArgument {
    let filters: [X11SeasonalFilter]
    init?(argument: String) {
      var filters: [X11SeasonalFilter] = []
      for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
        guard let filter = X11SeasonalFilter(rawValue: part.lowercased()) else { return nil }
        filters.append(filter)
      }
      guard [1, 4, 12].contains(filters.count) else { return nil }
      self.filters = filters
    }
  }

  struct SigmaLimits {
    let (lower, upper): (Double, Double)
    init(parsing text: String) throws {
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
      guard parts.count == 2, let lower = parts[0], let upper = parts[1], lower > 0, upper > lower,
        upper.isFinite
      else {
        throw ValidationError("expected two numbers above zero, the lower one first, such as 1.5,2.5")
      }
      (self.lower, self.upper) = (lower, upper)
    }
  }

  struct Forcing {
    let totals: ForcedTotals
    init(parsing argument: String) throws {
      if argument == "denton" {
        totals = ForcedTotals(.denton)
        return
      }
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
      guard parts.count == 2, let rho = parts[0], let lambda = parts[1], (0...1).contains(rho),
        lambda.isFinite
      else {
        throw ValidationError("expected denton, or ρ between 0 and 1 and λ such as 0.9,1")
      }
      totals = ForcedTotals(.regression(rho: rho, lambda: lambda))
    }
  }

  struct TableList: ExpressibleByArgument {
    /// nil for all of them.
    private let named: [TableName]?

    init?(argument: String) {
      if argument == "all" {
        named = nil
        return
      }
      let names = argument.split(separator: ",", omittingEmptySubsequences: false)
      let tables = names.compactMap { TableName($0) }
      guard tables.count == names.count else { return nil }
      named = tables
    }

    /// In the order of X-11.
    func tables(withModel: Bool) throws(ValidationError) -> [TableName] {
      let all = TableName.all(withModel: withModel)
      guard let named else { return all }
      if let effect = named.first(where: { !all.contains($0) }) {
        throw ValidationError("table \(effect.rawValue) is one of a model's effects: it belongs to --arima")
      }
      return all.filter { named.contains($0) }
    }
  }

  /// Whether any of it was given.
  var isGiven: Bool {
    seasonalFilter != nil || trendLength != nil || sigma != nil || calendarSigma != nil || force != nil
      || tables != nil || show != nil
  }

  func validate() throws {
    if let trendLength, trendLength % 2 == 0 {
      throw ValidationError("--trend-length is an odd number from 3 on, not \(trendLength)")
    }
  }

  func specification(mode: X11Mode) -> X11 {
    var x11 = X11(
      mode: mode, trendFilter: trendLength.map { .terms($0) } ?? .automatic,
      lowerSigma: sigma?.lower ?? 1.5, upperSigma: sigma?.upper ?? 2.5,
      calendarSigma: calendarSigma?.rule ?? .movingFiveYears)
    if let seasonalFilter { x11.seasonalFilters = seasonalFilter.filters }
    return x11
  }
}

extension X11Text.Shown: ExpressibleByArgument {}
