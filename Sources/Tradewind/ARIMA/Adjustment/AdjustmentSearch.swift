import RealModule

/// The way of an automatic choice through the models of a series, with the steps it took.
///
/// The order of the steps, the tests and their limits are those of X-13ARIMA-SEATS (US Census Bureau,
/// X-13ARIMA-SEATS Reference Manual, version 1.1, chapters 7.1 `automdl`, 7.11 `outlier`, 7.13 `regression`
/// and 7.18 `transform`), which follow Gómez, V. and Maravall, A. (2001), "Automatic modeling methods for
/// univariate series", in Peña, Tiao and Tsay (eds), *A Course in Time Series Analysis*, Wiley, ch. 7.
struct AdjustmentSearch: Sendable {
  let options: AutomaticRegARIMA
  let series: TimeSeries
  let frame: RegressionFrame
  let period: Int
  /// The series on the scale of the model before a prior factor.
  var base: [Double] = []
  /// The logarithms of the leap-year factors.
  var priorLogarithms: [Double] = []
  var isLogarithmic = false
  var steps: [SelectionStep] = []
  /// The size from which on a t-statistic tells of an outlier; falls when the residuals stay correlated.
  var criticalValue: Double
  /// How alike AR and MA coefficients must be to cancel; falls from round to round of the search for
  /// differences.
  var cancellation: Double

  let missing: [Int]
  let userColumns: [RegressionColumn]
  let missingColumns: [RegressionColumn]
  private var tradingDayColumns: [TradingDays.Contrasts: [RegressionColumn]] = [:]
  private var leapYearColumn: RegressionColumn?
  private var easterColumns: [Int: RegressionColumn] = [:]
  private var workspace = ARIMAWorkspace()
  var buffer: [Double] = []
  let transientRate: Double

  init(_ options: AutomaticRegARIMA, _ series: TimeSeries) throws(ARIMAError) {
    self.options = options
    self.series = series
    period = series.seasonalPeriod
    frame = RegressionFrame(start: series.start, count: series.count, seasonalPeriod: series.seasonalPeriod)
    cancellation = options.cancellation
    transientRate = Double.pow(0.7, 12 / Double(series.seasonalPeriod))
    missing = series.values.indices.filter { series.values[$0].isNaN }
    let count = series.count
    missingColumns = missing.map { index in
      RegressionColumn(
        name: "missing \(series.period(at: index))", values: (0..<count).map { $0 == index ? 1 : 0 })
    }
    var columns: [RegressionColumn] = []
    for term in options.regressors {
      do throws(RegressionError) { columns += try term.columns(in: frame) } catch { throw .regression(error) }
    }
    userColumns = columns
    // The months searched, missing ones among them, as X-13 counts them.
    let searched = series.values.indices.count { index in
      options.outliers.span?.contains(series.period(at: index)) ?? true
    }
    criticalValue =
      options.outliers.criticalValue
      ?? outlierCriticalValue(count: max(1, searched), significance: options.outliers.significance)
    if options.outliers.kinds.isEmpty { criticalValue = .infinity }
  }

  /// Takes logarithms or not.
  mutating func transform(logarithm: Bool) {
    isLogarithmic = logarithm
    base = logarithm ? series.values.map { Double.log($0) } : series.values
  }

  /// The series as a specification sees it: divided by the leap-year factor where trading days are in a model
  /// of logarithms.
  func values(for specification: AdjustmentSpecification) -> [Double] {
    guard isLogarithmic, specification.tradingDays != nil, !priorLogarithms.isEmpty else { return base }
    return zip(base, priorLogarithms).map { $0 - $1 }
  }

  /// Whether calendar terms mean anything: the period is the calendar's.
  var hasCalendar: Bool { period == series.start.unit.periodsPerYear && (period == 12 || period == 4) }

  private mutating func tradingDays(_ contrasts: TradingDays.Contrasts) -> [RegressionColumn] {
    if let known = tradingDayColumns[contrasts] { return known }
    let columns = TradingDays(contrasts).columns(in: frame)
    tradingDayColumns[contrasts] = columns
    return columns
  }

  private mutating func leapYear() -> RegressionColumn {
    if let known = leapYearColumn { return known }
    let column = LeapYear().columns(in: frame)[0]
    leapYearColumn = column
    return column
  }

  private mutating func easter(_ days: Int) throws(ARIMAError) -> RegressionColumn {
    if let known = easterColumns[days] { return known }
    do throws(RegressionError) {
      let column = try Easter(days: days).columns(in: frame)[0]
      easterColumns[days] = column
      return column
    } catch {
      throw .regression(error)
    }
  }

  private func column(_ outlier: FoundOutlier) -> RegressionColumn {
    let (count, index) = (frame.count, outlier.index)
    let values: [Double] =
      switch outlier.kind {
      case .additive: (0..<count).map { $0 == index ? 1 : 0 }
      case .levelShift: (0..<count).map { $0 >= index ? 1 : 0 }
      case .transientChange: (0..<count).map { $0 < index ? 0 : Double.pow(transientRate, $0 - index) }
      case .seasonal: (0..<count).map { seasonalOutlier($0, index, period) }
      }
    return RegressionColumn(name: name(outlier), values: values)
  }

  /// Such as `LS2008-11`.
  func name(_ outlier: FoundOutlier) -> String { term(outlier).description }

  func term(_ outlier: FoundOutlier) -> Outlier {
    Outlier(outlier.kind, at: series.period(at: outlier.index))
  }

  /// The problem of a specification, with what each coefficient belongs to (the constant first, if there is
  /// one).
  mutating func problem(
    _ specification: AdjustmentSpecification
  ) throws(ARIMAError) -> (problem: RegARIMAProblem, labels: [AdjustmentLabel]) {
    var columns = userColumns
    var labels = userColumns.map { _ in AdjustmentLabel.user }
    if let contrasts = specification.tradingDays {
      for column in tradingDays(contrasts) {
        columns.append(column)
        labels.append(.tradingDays)
      }
      if !isLogarithmic {
        columns.append(leapYear())
        labels.append(.leapYear)
      }
    }
    if let days = specification.easter {
      columns.append(try easter(days))
      labels.append(.easter)
    }
    for outlier in specification.outliers {
      columns.append(column(outlier))
      labels.append(.outlier(outlier))
    }
    if specification.hasConstant { labels.insert(.constant, at: 0) }
    return (
      RegARIMAProblem(
        values: values(for: specification), columns: columns, order: specification.order, period: period,
        hasConstant: specification.hasConstant), labels
    )
  }

  /// Estimates a specification.
  ///
  /// - Parameter start: Where the search begins; nil to let it find a start.
  mutating func fit(
    _ specification: AdjustmentSpecification, from start: [Double]?, tolerance: Double = 1e-6
  ) throws(ARIMAError) -> AdjustmentFit {
    let (problem, labels) = try problem(specification)
    let found = try estimate(problem, from: start, tolerance: tolerance, using: &workspace)
    return AdjustmentFit(
      specification: specification, values: problem.values, columns: problem.allColumns, labels: labels,
      estimate: found)
  }

  /// The series of a fit with missing months filled in: by what its model expects, a regressor for each of
  /// them.
  ///
  /// Any value does that is not too far off; the regressors correct it.
  func completed(_ fit: AdjustmentFit) -> [Double] {
    guard !missing.isEmpty else { return fit.values }
    var values = fit.values
    for index in missing {
      let before = index > 0 ? values[index - 1] : .nan
      let after = fit.values[index...].first { !$0.isNaN }
      values[index] = before.isNaN ? after ?? 0 : after.map { 0.5 * (before + $0) } ?? before
    }
    let constants = fit.specification.hasConstant ? 1 : 0
    let problem = RegARIMAProblem(
      values: values, columns: Array(fit.columns.dropFirst(constants)) + missingColumns,
      order: fit.specification.order, period: period, hasConstant: fit.specification.hasConstant)
    guard let solved = try? evaluate(problem, at: fit.estimate.parameters) else { return values }
    for (k, index) in missing.enumerated() { values[index] -= solved.beta[fit.columns.count + k] }
    return values
  }

  /// The completed series less the regressors, but not less the constant.
  func adjustedValues(_ fit: AdjustmentFit) -> [Double] {
    fit.less(completed(fit)) { $0 != .constant }
  }

  /// Residuals and what they say about a model; with missing months they are the innovations of the known
  /// ones.
  func check(_ fit: AdjustmentFit) -> ResidualCheck {
    let count = fit.specification.order.coefficientCount
    let polynomials = ARMAPolynomials(fit.estimate.parameters, order: fit.specification.order, period: period)
    let found =
      missing.isEmpty
      ? AdjustmentResiduals(fit.regressionResiduals(fit.values, period: period), polynomials) : nil
    return ResidualCheck(
      found?.tail ?? fit.estimate.residuals[...], coefficients: count, period: period,
      variance: fit.estimate.variance)
  }

  /// Estimates a model without regressors on a series that they have been taken from.
  mutating func estimatePlain(
    _ values: [Double], _ order: ARIMAOrder, hasConstant: Bool = false, tolerance: Double = 1e-4
  ) throws(ARIMAError) -> RegARIMAEstimate {
    let problem = RegARIMAProblem(values: values, order: order, period: period, hasConstant: hasConstant)
    return try estimate(problem, from: nil, tolerance: tolerance, using: &workspace)
  }
}
