/// Adjusts pieces of a series as the whole was adjusted: what sliding spans and a revision history are made of.
struct Readjustment {
  /// How the model's coefficients are found for a piece.
  enum Coefficients {
    /// ARMA coefficients of the whole series are kept; regression coefficients are estimated with them.
    case held
    /// All are estimated anew.
    case estimated
  }

  /// One adjusted piece.
  struct Piece {
    /// D10, D11 and D12 of the piece.
    let seasonal, adjusted, trend: [Double]
    /// D18; none without a model.
    let calendar: [Double]
    /// Seasonal factors of the year after it.
    let seasonalForecast: [Double]
    /// The model's forecasts of that year; none without a model.
    let forecast: [Double]
    let combinedTests: (stable: FTest, moving: FTest)?
    let identifiable: IdentifiableSeasonality?
    /// The model; nil without one.
    let fitted: FittedARIMA?
  }

  private enum Source {
    case plain(X11Decomposition)
    case modelled(AdjustedSeries)
  }

  private let source: Source
  private let x11: X11
  private let forecasts: Int
  private let backcasts: Int
  private let isSeasonallyAdjusted: Bool
  /// The series as it was adjusted.
  let series: TimeSeries
  let usesFactors: Bool
  /// The choices of the whole.
  let choices: X11Choices
  /// The seasonal filters that were asked for.
  var filters: [X11SeasonalFilter] { x11.seasonalFilters }

  init(_ parts: X11Decomposition) {
    source = .plain(parts)
    x11 = parts.specification
    (forecasts, backcasts) = (0, 0)
    isSeasonallyAdjusted = true
    series = parts.observed
    usesFactors = parts.specification.mode.givesFactors
    choices = parts.choices
  }

  init(_ adjusted: AdjustedSeries) {
    let parts = adjusted.parts
    source = .modelled(adjusted)
    x11 = parts.specification
    forecasts = parts.extended.series.count - parts.observedRange.upperBound
    backcasts = parts.observedRange.lowerBound
    isSeasonallyAdjusted = adjusted.isSeasonallyAdjusted
    series = adjusted.completed
    usesFactors = adjusted.usesFactors
    choices = parts.choices
  }

  /// The whole series' own estimates.
  var whole: Piece {
    switch source {
    case .plain(let parts): Piece(parts)
    case .modelled(let adjusted): Piece(adjusted)
    }
  }

  /// Adjusts the periods of `range`, positions in the series.
  ///
  /// - Parameters:
  ///   - coefficients: How those of the model are found.
  ///   - holdsFilters: Whether the seasonal filters are those chosen for the whole series, or chosen anew.
  func adjust(
    _ range: Range<Int>, _ coefficients: Coefficients, holdsFilters: Bool, with engine: inout X11Engine
  ) throws(SeasonalAdjustmentError) -> Piece {
    var x11 = x11
    if holdsFilters { x11.seasonalFilters = choices.seasonalFilters }
    switch source {
    case .plain:
      do throws(X11Error) {
        return Piece(try engine.decompose(series.part(range), by: x11))
      } catch {
        throw .x11(error)
      }
    case .modelled(let whole):
      let piece = whole.fitted.series.part(range)
      var model = whole.fitted.model
      model.regressors = model.regressors.filter { Self.matters($0, in: piece) }
      if coefficients == .held {
        for (coefficient, value) in zip(model.order.coefficients, whole.fitted.parameters) {
          model.constraints.fixed[coefficient] = value
        }
      }
      var adjustment = SeasonalAdjustment(
        .given(model), x11: x11, mode: x11.mode, forecasts: forecasts, backcasts: backcasts)
      adjustment.adjustsAnyway = isSeasonallyAdjusted
      return Piece(try adjustment.adjust(piece, with: &engine))
    }
  }

  /// Whether a regressor says something of a piece. Outliers outside of it do not, nor does a level shift at its first period, or any
  /// column that does not vary in it.
  private static func matters(_ term: any RegressionTerm, in piece: TimeSeries) -> Bool {
    if let outlier = term as? Outlier {
      let first = outlier.kind == .levelShift || outlier.kind == .seasonal ? piece.start.next : piece.start
      return outlier.period >= first && outlier.period <= piece.end
    }
    let frame = RegressionFrame(
      start: piece.start, count: piece.count, seasonalPeriod: piece.seasonalPeriod)
    // A term without values there is refused by the fit, in words.
    guard let columns = try? term.columns(in: frame) else { return true }
    return columns.contains { column in column.values.contains { $0 != column.values[0] } }
  }
}

extension Readjustment.Piece {
  init(_ parts: X11Decomposition) {
    let tests = parts.combinedTest()
    seasonal = parts.seasonal
    adjusted = parts.seasonallyAdjusted
    trend = parts.trend
    calendar = []
    seasonalForecast = parts.seasonalForecast
    forecast = []
    combinedTests = tests.map { ($0.stable, $0.moving) }
    identifiable = tests?.identifiable
    fitted = nil
  }

  init(_ whole: AdjustedSeries) {
    let tests = whole.parts.combinedTest()
    seasonal = whole.seasonal
    adjusted = whole.seasonallyAdjusted
    trend = whole.trend
    calendar = whole.calendar
    seasonalForecast = whole.outlook.seasonal
    forecast = whole.outlook.series
    combinedTests = tests.map { ($0.stable, $0.moving) }
    identifiable = tests?.identifiable
    fitted = whole.fitted
  }
}

extension TimeSeries {
  /// The values at the positions of `range`.
  func part(_ range: Range<Int>) -> TimeSeries {
    TimeSeries(
      Array(values[range]), start: period(at: range.lowerBound), seasonalPeriod: seasonalPeriod, name: name)
  }
}
