import TradeStatistics

/// A picture of one projection: the months behind it and the fan of what may come.
///
/// Published months are filled dots, months derived from published figures hollow diamonds, and estimated months a
/// bar over their 95 % range: shapes tell them apart, colour only helps. Each projected month shows its median as
/// a line across a box for each interval, narrower boxes for wider levels; a bracket names the quarter's total.
///
/// ```swift
/// let picture = FanChart(projection: projection).svg()
/// ```
///
/// The colours are those of M. Okabe and K. Ito, "Color Universal Design" (2008); they follow the reader's light or
/// dark setting. Values that are missing or infinite are left out. Ranges that reach more than two and a half times
/// beyond the largest median are cut, with an arrow; the alternative text and the page's table have them whole.
public struct FanChart: Sendable {
  /// What is drawn.
  public let projection: Projection

  /// A chart of `projection`. An empty history or horizon is drawn as what is left.
  public init(projection: Projection) { self.projection = projection }

  /// The chart as one SVG document, which any browser and drawing program opens.
  ///
  /// - Parameters:
  ///   - width: in pixels, kept within 280…2000. Letters keep their size, so 360 suits a telephone.
  ///   - historyMonths: how many periods before the projection are shown (1…240), as many as fit well if nil.
  public func svg(width: Int = 720, historyMonths: Int? = nil) -> String {
    drawing(width: width, historyMonths: historyMonths, embedded: false).rendered + "\n"
  }

  /// The chart as an element.
  ///
  /// - Parameter embedded: leaves out the heading, the source and the style sheet, which the page around has.
  func drawing(width: Int, historyMonths: Int? = nil, embedded: Bool, variant: String = "") -> Markup {
    let figure = FanFigure(projection, width: width, historyPeriods: historyMonths)
    return FanDrawing(figure: figure, projection: projection, embedded: embedded).element(variant: variant)
  }
}
