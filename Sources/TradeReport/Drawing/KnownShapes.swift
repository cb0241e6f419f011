import TradeStatistics

/// How a value is known shows by the shape of its mark: a circle is published, a diamond derived, a square estimated.
extension PathData {
  mutating func known(_ x: Double, _ y: Double, _ status: Projection.Status) {
    switch status {
    case .published: circle(x, y, radius: 4.5)
    case .derived: diamond(x, y, radius: 5.5)
    case .estimated:
      move(x - 4, y - 4)
      text += "h8v8h-8z"
    }
  }
}

extension ChartWords {
  /// The value with the sign of how it is known; none for a published one, and a dash for a missing one.
  func marked(_ number: String?, _ status: Projection.Status) -> String {
    guard let number else { return "–" }
    return status == .published ? number : "\(number) \(sign(status).prefix(1))"
  }

  /// What the signs in a table mean; empty if all is published.
  func statusNote(_ statuses: Set<Projection.Status>) -> [ReportText] {
    let signs = [Projection.Status.derived, .estimated].filter(statuses.contains).map(sign)
    return signs.isEmpty ? [] : [ReportText(signs.joined(separator: pick(", ", "，")))]
  }

  /// The shapes in a legend; none if all is published.
  func shapes(_ statuses: Set<Projection.Status>) -> [ChartLegend.Item] {
    guard statuses.contains(where: { $0 != .published }) else { return [] }
    return [Projection.Status.published, .derived, .estimated].filter(statuses.contains).map { status in
      ChartLegend.Item(text: self.status(status)) { x, y in
        var path = PathData()
        path.known(x, y, status)
        return [
          Markup(
            "path",
            ["class": "shape", "d": path.text, "fill": "none", "stroke": "#595959", "stroke-width": "1.6"])
        ]
      }
    }
  }

  /// The same for bars, whose numbers carry the sign.
  func signs(_ statuses: Set<Projection.Status>) -> [ChartLegend.Item] {
    [Projection.Status.derived, .estimated].filter(statuses.contains).map { status in
      let sign = String(self.sign(status).prefix(1))
      return ChartLegend.Item(text: self.status(status)) { x, y in
        [.chartText(sign, x: x - 4, y: y + 4)]
      }
    }
  }
}
