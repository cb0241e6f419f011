import RealModule
import TradewindNumerics

extension RegressionModel {
  /// Fits the model by least squares.
  ///
  /// The columns, divided by their norms, are factorised by Householder QR; a column is aliased when less
  /// than 10⁻⁷ of its length lies outside of the span of those before it, and is then left out and reported
  /// in ``RegressionFit/aliased``. Missing observations are left out and counted; time goes on counting over
  /// them.
  ///
  /// - Parameters:
  ///   - series: What is to be explained.
  ///   - standardErrors: How the coefficients' covariance is estimated.
  ///   - transform: `.log` explains natural logarithms.
  /// - Throws: ``RegressionError``, with the numbers: no or too few observations (one more than coefficients
  ///   is needed), a constant series, an infinite value, a value not above zero under `.log`, a regressor
  ///   without a finite value where the series has one, or a term that does not suit the series.
  public func fit(
    to series: TimeSeries, standardErrors: StandardErrors = .classical, transform: RegressionTransform = .none
  ) throws(RegressionError) -> RegressionFit {
    let y = try Self.transformed(series, transform)
    let rows = y.indices.filter { !y[$0].isNaN }
    let frame = RegressionFrame(
      start: series.start, count: series.count, seasonalPeriod: series.seasonalPeriod)
    let columns = try self.columns(in: frame)
    let needed = columns.count + 1
    guard rows.count > 1 else { throw .tooFewObservations(needed: needed, found: rows.count) }
    guard rows.contains(where: { y[$0] != y[rows[0]] }) else {
      throw .constantSeries(value: series.values[rows[0]])
    }
    for column in columns {
      for i in rows where !column.values[i].isFinite {
        throw .regressorNotFinite(name: column.name, period: series.period(at: i), value: column.values[i])
      }
    }
    do throws(LinearAlgebraError) {
      let design = try RegressionDesign(columns, rows: rows)
      let fit = try RegressionFit(
        model: self, series: series, transform: transform, y: y, rows: rows, columns: columns, design: design,
        standardErrors: standardErrors)
      if let fit { return fit }
    } catch {
      throw .numerical("\(error)")
    }
    throw .tooFewObservations(needed: needed, found: rows.count)
  }

  /// The series on the scale of the fit.
  private static func transformed(
    _ series: TimeSeries, _ transform: RegressionTransform
  ) throws(RegressionError) -> [Double] {
    guard series.missingCount < series.count else { throw .noObservations(count: series.count) }
    for (i, value) in series.values.enumerated() where !value.isNaN {
      guard value.isFinite else { throw .notFinite(period: series.period(at: i), value: value) }
      guard transform == .none || value > 0 else {
        throw .notPositive(period: series.period(at: i), value: value)
      }
    }
    return transform == .log ? series.values.map { Double.log($0) } : series.values
  }
}
