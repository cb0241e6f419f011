extension Forecast {
  /// How a forecast came about, where a model decided that from the series: what was found, who takes part, and who does not.
  public struct Explanation: Sendable, Equatable {
    /// A model that takes part.
    public struct Member: Sendable, Equatable {
      public var model: String
      /// Its share in each step of the forecast.
      public var weights: [Double]

      public init(model: String, weights: [Double]) {
        (self.model, self.weights) = (model, weights)
      }
    }

    /// A model that does not, and the reason.
    public struct LeftOut: Sendable, Equatable {
      public var model: String
      public var reason: ForecastError

      public init(model: String, reason: ForecastError) {
        (self.model, self.reason) = (model, reason)
      }
    }

    /// Why the usual way was not taken; nil if it was.
    public var reason: String?
    /// Values that were taken for mistakes and replaced by what was to be expected, such as `2020-11 is 1000 times what its neighbours let expect`.
    public var grossErrors: [String]
    /// Effects of the calendar that were taken out before and put back after, such as `trading days`.
    public var calendar: [String]
    /// By how much these lower AICc; 0 if there are none.
    public var calendarGain: Double
    /// Outliers and level shifts without which some of the models see the series, such as `LS2008-11`.
    public var outliers: [String]
    /// Terms of the calendar without which some of the models see the series, such as `trading days`.
    public var calendarInPart: [String]
    /// The models that take part, one at least.
    public var members: [Member]
    public var leftOut: [LeftOut]

    public init(
      reason: String? = nil, grossErrors: [String] = [], calendar: [String] = [], calendarGain: Double = 0,
      outliers: [String] = [], calendarInPart: [String] = [], members: [Member], leftOut: [LeftOut] = []
    ) {
      (self.reason, self.grossErrors) = (reason, grossErrors)
      (self.calendar, self.calendarGain) = (calendar, calendarGain)
      (self.outliers, self.calendarInPart) = (outliers, calendarInPart)
      (self.members, self.leftOut) = (members, leftOut)
    }

    private var isInPart: Bool { !outliers.isEmpty || !calendarInPart.isEmpty }

    /// `outliers LS2008-11, AO2009-01, … and trading days`, at most so many outliers by name.
    private func without(_ most: Int) -> String {
      let (shown, more) = (outliers.prefix(most), outliers.count - most)
      let named = shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
      let all = outliers.isEmpty ? [] : ["\(outliers.count == 1 ? "the outlier" : "the outliers") \(named)"]
      return (all + calendarInPart).joined(separator: all.isEmpty || more <= 0 ? " and " : ", and ")
    }

    /// What was found and decided, a sentence each; none where there was nothing to decide.
    public var decisions: [String] {
      var lines = reason.map { [$0] } ?? []
      lines += grossErrors.map { "\($0): taken for a mistake" }
      if !calendar.isEmpty {
        lines.append("\(calendar.joined(separator: "; ")): AICc falls by \(Int(calendarGain.rounded()))")
      }
      if isInPart {
        lines.append("part of the weight lies with models of the series without \(without(.max))")
      }
      return lines
    }

    /// All of it, a sentence each: decisions, members with their weights in the first and the last step, and who was left out.
    public var lines: [String] {
      decisions
        + (members.count == 1
          ? members.map(\.model)
          : members.map { member in
            let (first, last) = (member.weights.first ?? 0, member.weights.last ?? 0)
            let later = member.weights.count > 1 ? ", \(percent(last)) in step \(member.weights.count)" : ""
            return "\(member.model): weight \(percent(first)) in step 1\(later)"
          }) + leftOut.map { "left out: \($0.reason)" }
    }

    /// The most of it in one line.
    public var summary: String {
      var parts = [members.count == 1 ? members[0].model : "mean of \(members.count) models"]
      if let reason { parts.append(reason) }
      parts += grossErrors.prefix(2).map { "\($0): taken for a mistake" }
      if grossErrors.count > 2 { parts.append("so are \(grossErrors.count - 2) more") }
      if !calendar.isEmpty { parts.append("freed of \(calendar.joined(separator: " and "))") }
      if isInPart { parts.append("part of the weight without \(without(3))") }
      if !leftOut.isEmpty {
        parts.append("\(leftOut.count) \(leftOut.count == 1 ? "model" : "models") left out")
      }
      return parts.joined(separator: "; ")
    }
  }
}

/// A share in whole per cent.
private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
