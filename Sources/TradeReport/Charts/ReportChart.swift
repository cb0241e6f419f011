/// A chart: a picture, the text for those who do not see it, and the numbers behind it.
public enum ReportChart: Sendable {
  /// A monthly history and what may follow.
  case fan(FanChart)
  /// What each part adds to the growth of a whole.
  case contributions(ContributionBars)
  /// Two years side by side.
  case dumbbell(DumbbellChart)
  /// Shares of a whole.
  case shares(ShareLadder)
  /// Months as cells of a calendar.
  case heatMap(CalendarHeatMap)
  /// Several series as lines.
  case lines(LineChart)
  /// A series and its components, one above the other.
  case panels(PanelChart)
  /// The years of each month side by side.
  case subseries(SeasonalSubseries)
  /// What is expected of the parts of a whole.
  case parts(PartIntervals)
  /// Measures by how far ahead forecasts looked.
  case horizon(HorizonChart)
  /// Past forecasts over what came.
  case rolling(RollingForecastChart)

  var value: any ChartDrawing {
    switch self {
    case .fan(let chart): chart
    case .contributions(let chart): chart
    case .dumbbell(let chart): chart
    case .shares(let chart): chart
    case .heatMap(let chart): chart
    case .lines(let chart): chart
    case .panels(let chart): chart
    case .subseries(let chart): chart
    case .parts(let chart): chart
    case .horizon(let chart): chart
    case .rolling(let chart): chart
    }
  }

  /// What the chart shows, as its heading.
  public func heading(_ language: ReportLanguage = .english) -> String { value.heading(language) }

  /// Where the chart's figures come from, as a sentence; may be empty.
  public func source(_ language: ReportLanguage = .english) -> String { value.sourceLine(language) }

  /// The chart as one SVG document with heading and style, which any browser and drawing program opens.
  ///
  /// - Parameters:
  ///   - width: in pixels, kept within 280…2000. Letters keep their size, so 360 suits a telephone.
  ///   - language: the language of the chart's own words.
  public func svg(width: Int = 720, language: ReportLanguage = .english) -> String {
    drawing(width: width, language: language, embedded: false, variant: "").rendered + "\n"
  }

  /// What the picture shows, for those who do not see it.
  public func description(_ language: ReportLanguage = .english) -> String { value.description(language) }

  /// The numbers behind the picture.
  public func table(_ language: ReportLanguage = .english) -> ReportTable { value.table(language) }

  /// The chart as an element.
  ///
  /// - Parameter embedded: leaves out the heading, the source and the style sheet, which the page around has.
  func drawing(width: Int, language: ReportLanguage, embedded: Bool, variant: String) -> Markup {
    ChartFrame(width: ChartFrame.width(width), language: language, embedded: embedded, variant: variant)
      .element(value)
  }
}

/// What every chart can do.
protocol ChartDrawing: Sendable {
  /// What the chart shows, in a few words.
  func heading(_ language: ReportLanguage) -> String
  /// Where the figures come from, as a sentence; may be empty.
  func sourceLine(_ language: ReportLanguage) -> String
  /// What the picture shows, for those who do not see it.
  func description(_ language: ReportLanguage) -> String
  /// The numbers behind the picture.
  func table(_ language: ReportLanguage) -> ReportTable
  /// The picture from the height `top` on.
  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody
}
