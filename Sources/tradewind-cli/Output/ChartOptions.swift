import ArgumentParser
import TradeReport

/// `--chart`, for the verbs that can draw their result.
struct ChartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also draw charts into this file: .svg, or .png where rsvg-convert is installed.",
      valueName: "file.svg"))
  var chart: String?

  private enum Kind { case svg, png }

  private var kind: Kind? {
    let name = chart?.lowercased() ?? ""
    return name.hasSuffix(".svg") ? .svg : name.hasSuffix(".png") ? .png : nil
  }

  func validate() throws {
    if let chart, kind == nil {
      throw ValidationError("--chart writes .svg or .png, not '\(chart)'")
    }
  }

  /// Draws the charts below each other, if they were asked for.
  func write(
    _ charts: @autoclosure () -> [ReportChart], language: ReportLanguage = .english
  ) throws(Failure) {
    guard let chart else { return }
    let picture = ChartSheet(charts: charts()).svg(width: 760, language: language)
    switch kind {
    case .png: try Rasterizer.write(picture, to: chart)
    default: try OutputFile.write(picture, to: chart)
    }
  }
}
