import Foundation
import Tradewind

/// The data of the examples, which tests use too.
public enum ExampleData {
  public static func bytes(_ name: String) throws -> [UInt8] {
    try References.bytes("../../Examples/Data/" + name)
  }

  /// The published facts on China's silver trade.
  public static func silver() throws -> [UInt8] { try bytes("silver-facts.csv") }

  /// China's monthly exports and imports, 1983 to 2013.
  public static func china() throws -> [TimeSeries] {
    let file = "china-exports-imports-monthly-1983-2013.csv"
    return try SeriesFile.parse(bytes: try bytes(file), file: file)
  }
}
