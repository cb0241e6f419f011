import ArgumentParser
import Tradewind

/// The model before X-11, in the words of `regress`.
struct AdjustmentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The model that extends the series and takes effects out: p,d,q or p,d,q,P,D,Q, or auto.",
      valueName: "orders"), transform: OrderOption.init(parsing:))
  var arima: OrderOption?

  @Option(help: CalendarList.help, transform: CalendarList.init(parsing:))
  var calendar = CalendarList()

  @Option(help: OutlierList.help, transform: OutlierList.init(parsing:))
  var outliers = OutlierList()

  @Option(
    help: ArgumentHelp("Forecasts behind the series; left out, one year.", valueName: "n"),
    transform: Self.periods)
  var forecasts: Int?

  @Option(
    help: ArgumentHelp("Backcasts before the series; left out, none.", valueName: "n"),
    transform: Self.periods)
  var backcasts: Int?

  @Flag(help: "With --arima: takes a season out also where the tests find none.")
  var adjustAnyway = false

  private static let periods = WholeNumber.within(0...ForecastVerb.longestHorizon, of: "periods")

  /// Whether any of it was given.
  var isGiven: Bool { arima != nil || isRefined }

  private var isRefined: Bool {
    !calendar.isEmpty || !outliers.isEmpty || forecasts != nil || backcasts != nil || adjustAnyway
  }

  func validate() throws {
    if arima == nil, isRefined {
      throw ValidationError(
        "--calendar, --outliers, --forecasts, --backcasts and --adjust-anyway belong to --arima")
    }
    if calendar.choosesNewYear, calendar.terms.contains(where: { $0 is ChineseNewYear }) {
      throw ValidationError("--calendar cny stands for the Chinese New Year already: give its days once")
    }
    if calendar.hasLeapFactor, arima?.order == nil || calendar.isAutomatic || outliers.isAutomatic {
      throw ValidationError(
        "--calendar leap-factor is for given orders without auto; auto takes it out itself")
    }
  }

  /// The model for an adjustment in a mode: factors go with logarithms, differences with the values themselves.
  /// Without a mode, logarithms are decided by AICc where orders are chosen, and taken where they are given.
  func choice(_ orders: OrderOption, mode: X11Mode?) -> RegARIMAChoice {
    RegARIMAChoice(
      orders: orders, terms: calendar.terms + outliers.terms, calendar: calendar, outliers: outliers,
      transformation: mode.map { $0 == .additive ? .none : .logarithm }
        ?? (orders.order == nil ? .automatic : .logarithm))
  }
}
