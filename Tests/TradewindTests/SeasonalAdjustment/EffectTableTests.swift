import TestSupport
import Testing

@testable import Tradewind

@Suite("Seasonal adjustment: tables of effects")
struct EffectTableTests {
  /// China's exports with the model that X-13 chose in its run exp-cny3.
  static func exports() throws -> AdjustedSeries {
    let outliers: [any RegressionTerm] = try [
      "AO1985-10", "LS1987-01", "LS1988-01", "LS1989-01", "AO1993-01", "LS2008-11",
    ].map { try Outlier(parsing: $0) }
    let model = ARIMA(
      SeasonalAdjustmentTests.airline, transform: .log, prior: .leapYear,
      regressors: [TradingDays(.one)] + outliers + (try AdjustmentReference.holidays("cny3")))
    return try SeasonalAdjustment(.given(model)).adjust(
      AdjustmentReference.series("exp"), tables: [.b1, .d8, .d10])
  }

  @Test("B1, D8 and the effects are X-13's")
  func reference() throws {
    let adjusted = try Self.exports()
    let rows = try References.rows("x11/effects.csv")
    #expect(rows.count == 38)
    for row in rows {
      let index = try #require(Int(row["index"] ?? ""))
      let ours: [(String, Double?)] =
        [("b1", adjusted[.b1]?[index]), ("d8", adjusted[.d8]?[index])]
        + [EffectTable.a6, .a7, .a8ls, .a8ao, .a8].map { ($0.rawValue, adjusted[$0][index]) }
      for (table, value) in ours {
        let theirs = try #require(Double(row[table] ?? ""))
        #expect(isClose(value ?? .nan, theirs, relative: 1e-5), "\(table), \(index)")
      }
    }
  }

  @Test("tables D10 to D13 are those of the whole adjustment; tables that were not asked for are nil")
  func final() throws {
    let adjusted = try Self.exports()
    #expect(adjusted[X11Table.d12] == adjusted.trend && adjusted[X11Table.d10] == adjusted.seasonal)
    #expect(
      adjusted[X11Table.d11] == adjusted.seasonallyAdjusted && adjusted[X11Table.d13] == adjusted.irregular)
    #expect(adjusted[.d7] == nil)
    #expect(adjusted.parts.tables[.d10] == adjusted.parts.seasonal)
  }

  @Test("the effects multiply to what they are parts of, and B1 is what they leave")
  func products() throws {
    let adjusted = try Self.exports()
    let series = adjusted[.a1]
    for i in series.indices {
      #expect(isClose(adjusted[.a6][i] * adjusted[.a7][i], adjusted[.d18][i], relative: 1e-14))
      let odd = adjusted[.a8ao][i] * adjusted[.a8ls][i] * adjusted[.a8so][i]
      #expect(isClose(odd, adjusted[.a8][i], relative: 1e-14))
      let rest = series[i] / (adjusted[.d18][i] * adjusted[.a8][i] * adjusted[.a9][i])
      #expect(isClose(rest, adjusted[.b1]?[i] ?? .nan, relative: 1e-13))
      #expect(isClose(series[i], adjusted[.d16][i] * adjusted.seasonallyAdjusted[i], relative: 1e-13))
    }
  }
}
