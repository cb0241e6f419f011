/// The tables that an adjustment with a model has beside those of X-11 (``X11Table``): what the regressors explain, by the
/// part of the series it belongs to. Named as in X-13.
///
/// ```swift
/// adjusted[.a7]     // the Chinese New Year: factors about 1, or differences in the unit of the series
/// adjusted[.a8ls]   // level shifts; 1 (additive: 0) from the last one on
/// ```
///
/// JDemetra+ has the same tables, also `a8t`, `a8s` and `a8i` for those that are here `a8ls`, `a8so` and `a8ao`.
public enum EffectTable: String, Sendable, Hashable, CaseIterable {
  /// The series that is adjusted, in its unit: observed, or estimated by the model where a value is missing.
  case a1
  /// Trading days, leap years with their prior factor, the length of the month.
  case a6
  /// Feasts: Easter, Chinese New Year.
  case a7
  /// ``a8ao``, ``a8ls`` and ``a8so`` together.
  case a8
  /// What goes to the irregular: additive outliers and transient changes. X-13 has the latter apart, as A8.TC.
  case a8ao
  /// What goes to the trend: level shifts, temporary shifts, ramps.
  case a8ls
  /// What goes to the season: seasonal outliers.
  case a8so
  /// Regressors of no part.
  case a9
  /// Season and calendar.
  case d16
  /// Calendar: ``a6`` and ``a7``.
  case d18

  /// The name in capitals, such as `A8LS`.
  public var name: String { rawValue.uppercased() }
}

extension AdjustedSeries {
  /// A table of the regressors' effects, one value a period: factors about 1, or differences in the unit of the series.
  public subscript(table: EffectTable) -> [Double] {
    switch table {
    case .a1: completed.values
    case .a6: effects.tradingDays
    case .a7: effects.holidays
    case .a8: effects.outliers
    case .a8ao: effects.irregular
    case .a8ls: effects.trend
    case .a8so: effects.seasonal
    case .a9: other
    case .d16: combined
    case .d18: calendar
    }
  }

  /// A table of X-11, one value a period; nil where it was not asked for.
  ///
  /// D10 to D13 are those of the whole adjustment. All before them are of the series without the effects of regressors, as
  /// in X-13.
  public subscript(table: X11Table) -> [Double]? {
    switch table {
    case .d10: seasonal
    case .d11: seasonallyAdjusted
    case .d12: trend
    case .d13: irregular
    default: parts.tables[table]
    }
  }
}
