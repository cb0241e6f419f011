import ArgumentParser
import TradeReport

/// `--chart`, for the verbs that can draw their result.
struct ChartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also draw charts into this file: .svg, or .png where rsvg-convert is installed.",
      valueName: "file.svg"))
  var chart: String?

  @Option(
    help: ArgumentHelp("The language of charts and pages: en or zh. Left out: en.", valueName: "en|zh"))
  var language: ReportLanguage?

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

  /// Refuses a language where nothing is drawn.
  func checkLanguage() throws {
    if language != nil, chart == nil {
      throw ValidationError("--language is that of --chart, which is not given")
    }
  }

  /// Draws the charts below each other, if they were asked for; they are made in the language given.
  func write(_ charts: (ReportLanguage) -> [ReportChart]) throws(Failure) {
    guard let chart else { return }
    let language = language ?? .english
    let picture = ChartSheet(charts: charts(language)).svg(width: 760, language: language)
    switch kind {
    case .png: try Rasterizer.write(picture, to: chart)
    default: try OutputFile.write(picture, to: chart)
    }
  }
}
