import ArgumentParser
import Tradewind

struct Regress: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explains series by trend, season, calendar and outliers.",
    discussion: """
      Examples:
      tradewind regress imports.csv --trend --seasonal --log
      tradewind regress imports.csv --trend --seasonal --chinese-new-year --step 2008-11 --log --newey-west
      tradewind regress imports.csv --arima 0,1,1,0,1,1 --calendar td1,leap,cny --outliers LS2008-11 --log
      tradewind regress imports.csv --arima auto --calendar auto,cny --outliers auto --horizon 3

      Terms that the others already determine are named and left out. Without any term the model is a constant.

      With --arima the errors follow an ARIMA model, which takes the place of trend and season. Moving averages \
      are written 1 + θB, as in R.
      """
  )

  enum Contrasts: String, ExpressibleByArgument, CaseIterable {
    case one, six
  }

  @OptionGroup var input: SeriesInput

  @Option(help: ArgumentHelp("Leave out what lies before this period.", valueName: "period"))
  var from: PeriodOption?

  @Option(help: ArgumentHelp("Leave out what lies after this period.", valueName: "period"))
  var through: PeriodOption?

  @Flag(help: "A straight line in time.")
  var trend = false

  @Flag(help: "A level for each season.")
  var seasonal = false

  @Option(
    help: ArgumentHelp("A smooth season: so many pairs of sine and cosine.", valueName: "k"),
    transform: WholeNumber.within(
      1...SeriesInput.longestSeason / 2, of: "pairs, at most half the periods of a season,"))
  var fourier: Int?

  @Option(help: "Weekdays against weekends (one column), or each day against Sunday (six).")
  var tradingDays: Contrasts?

  @Flag(help: "The 29th of February.")
  var leapYear = false

  @Flag(help: "The number of days of the month.")
  var lengthOfMonth = false

  @Option(
    help: ArgumentHelp("The so many days before Easter.", valueName: "days"),
    transform: WholeNumber.within(1...25, of: "days"))
  var easter: Int?

  @Flag(help: "The days before, at and after the Chinese New Year.")
  var chineseNewYear = false

  @Option(
    help: ArgumentHelp("A new level from this period on; may be given several times.", valueName: "period"))
  var step: [PeriodOption] = []

  @Option(help: ArgumentHelp("An outlier in this period; may be given several times.", valueName: "period"))
  var pulse: [PeriodOption] = []

  @Option(
    help: CalendarList.help, transform: CalendarList.init(parsing:))
  var calendar = CalendarList()

  @Option(
    help: OutlierList.help, transform: OutlierList.init(parsing:))
  var outliers = OutlierList()

  @Option(
    help: ArgumentHelp(
      "Errors follow this ARIMA model: p,d,q or p,d,q,P,D,Q, or auto.", valueName: "orders"),
    transform: OrderOption.init(parsing:))
  var arima: OrderOption?

  @Flag(help: "With --arima: the differences have a mean, such as a drift.")
  var constant = false

  @Option(
    help: ArgumentHelp(
      "With --arima and given orders: where the first of these months is missing, the last is the sum of both.",
      valueName: "january-february"),
    transform: Self.combinedMonths)
  var combined: CombinedMonths?

  @Flag(help: "Explain the logarithms, so that effects are proportional.")
  var log = false

  @Flag(
    name: .customLong("levels"),
    help: "With --arima auto: explain the values themselves; left out, logarithms or not is decided by AICc.")
  var levelsOnly = false

  @Flag(help: "With auto: say how the model was chosen, step by step.")
  var steps = false

  @Flag(help: "Standard errors that hold with correlated residuals (Newey and West).")
  var neweyWest = false

  @Option(
    help: ArgumentHelp(
      "Predict so many periods as well (as CSV: instead of the coefficients).", valueName: "n"),
    transform: WholeNumber.within(1...ForecastVerb.longestHorizon, of: "periods"))
  var horizon: Int?

  @Option(
    name: .customLong("level"),
    help: ArgumentHelp("The predictions' intervals in per cent. Left out: 80,95.", valueName: "list"),
    transform: LevelList.init(parsing:))
  var levels = LevelList.standard

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try input.checkSeason()
    if arima != nil, neweyWest {
      throw ValidationError("--newey-west is for a plain regression: --arima models the correlation itself")
    }
    if arima == nil, calendar.isAutomatic || outliers.isAutomatic || constant || calendar.hasLeapFactor {
      throw ValidationError(
        "--calendar auto and leap-factor, --outliers auto and --constant belong to --arima")
    }
    if case .automatic = arima, constant {
      throw ValidationError("--constant is for given orders: --arima auto tests it itself")
    }
    if combined != nil, arima.map({ isAutomatic($0) }) ?? true {
      throw ValidationError("--combined is for --arima with given orders, without auto")
    }
    if calendar.choosesNewYear, terms.contains(where: { $0 is ChineseNewYear }) {
      throw ValidationError("--calendar cny stands for the Chinese New Year already: give its days once")
    }
    if levelsOnly, log { throw ValidationError("--log and --levels are two scales: choose one") }
    if arima == nil, levelsOnly || steps {
      throw ValidationError("--levels and --steps belong to --arima")
    }
    if calendar.hasLeapFactor, let arima, isAutomatic(arima) {
      throw ValidationError(
        "--calendar leap-factor is for given orders without auto; auto takes it out itself")
    }
    if calendar.hasLeapFactor, !log {
      throw ValidationError("--calendar leap-factor divides by it before the logarithm: give --log too")
    }
    if seasonal, fourier != nil {
      throw ValidationError("--seasonal and --fourier are two ways to say the same: choose one")
    }
  }

  func run() throws {
    guard let arima else { return try runRegression() }
    let levels = levels.levels
    let fits = try input.results(doing: "fitting", messages: output.messages) { series in
      try entry(for: part(of: series), arima, levels: levels)
    }
    try write(RegARIMAText(entries: fits, levels: levels, showsSteps: steps, shape: input.selection.shape()))
  }

  private func runRegression() throws {
    let model = RegressionModel(terms: terms + (calendar.choosesNewYear ? [ChineseNewYear()] : []))
    let levels = levels.levels
    let fits = try input.results(doing: "fitting", messages: output.messages) { series in
      let fit = try model.fit(
        to: part(of: series), standardErrors: neweyWest ? .neweyWest() : .classical,
        transform: log ? .log : .none)
      return RegressionText.Entry(
        fit: fit, predictions: try horizon.map { try fit.predict(horizon: $0, levels: levels) } ?? [])
    }
    try write(RegressionText(entries: fits, levels: levels, shape: input.selection.shape()))
  }

  private func part(of series: TimeSeries) -> TimeSeries {
    series.slice(from: from?.period ?? series.start, through: through?.period ?? series.end)
  }

  private func write(_ result: some ResultText) throws {
    switch output.format {
    case .table: try output.write(result.table)
    case .csv: try output.write(result.csv)
    case .json: try output.write(try result.json)
    }
  }

  private static func combinedMonths(_ text: String) throws -> CombinedMonths {
    guard let months = CombinedMonths(parsing: text) else {
      throw ValidationError("'\(text)' are no combined months; expected such as january-february")
    }
    return months
  }

  /// The terms that need no choice.
  var terms: [any RegressionTerm] {
    var terms: [any RegressionTerm] = []
    if trend { terms.append(Trend()) }
    if seasonal { terms.append(SeasonalDummies()) }
    if let fourier { terms.append(Fourier(order: fourier)) }
    if let tradingDays { terms.append(TradingDays(tradingDays == .one ? .one : .six)) }
    if leapYear { terms.append(LeapYear()) }
    if lengthOfMonth { terms.append(LengthOfMonth()) }
    if let easter { terms.append(Easter(days: easter)) }
    if chineseNewYear { terms.append(ChineseNewYear()) }
    terms += step.map { Step(at: $0.period) }
    terms += pulse.map { Pulse(at: $0.period) }
    return terms + calendar.terms + outliers.terms
  }
}
