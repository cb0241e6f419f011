/// The tables of X-11, named as in Ladiray and Quenneville (2001) and X-13.
///
/// Part B finds extreme values, part C does so again with the series freed of the first ones, part D gives the
/// components. In a log-additive adjustment the tables of part B to D9 are in logs, as X-13 saves them.
public enum X11Table: String, Sendable, Hashable, CaseIterable {
  /// The series to adjust (logs in a log-additive adjustment).
  case b1
  /// First trend: the mean over one year, centred. NaN for half a year at each end.
  case b2
  /// Seasonal-irregular values by it. NaN as ``b2``.
  case b3
  /// ``b3`` with extreme values replaced. NaN as ``b2``.
  case b4
  /// First seasonal factors.
  case b5
  /// First adjusted series.
  case b6
  /// Henderson trend.
  case b7
  /// Seasonal-irregular values by it.
  case b8
  /// ``b8`` with extreme values replaced.
  case b9
  /// Second seasonal factors.
  case b10
  /// Second adjusted series.
  case b11
  /// Irregular.
  case b13
  /// Weights of the irregular, 0…1.
  case b17
  /// What the extreme values have too much.
  case b20
  /// The series without it; C2 to C20 then repeat what part B did.
  case c1
  case c2
  case c4
  case c5
  case c6
  case c7
  case c9
  case c10
  case c11
  case c13
  case c17
  case c20
  /// The series without its extreme values, by part C.
  case d1
  case d2
  case d4
  case d5
  case d6
  case d7
  /// Final seasonal-irregular values, extreme ones included.
  case d8
  /// Values that replace extreme ones of ``d8``; NaN where there was none.
  case d9
  /// Final seasonal factors.
  case d10
  /// Final seasonally adjusted series.
  case d11
  /// Final trend-cycle.
  case d12
  /// Final irregular.
  case d13

  /// The name in capitals, such as `D10`.
  public var name: String { rawValue.uppercased() }
}
