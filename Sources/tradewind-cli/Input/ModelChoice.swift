import ArgumentParser
import Tradewind

/// A model on the command line: its name and what stands behind it.
struct ModelChoice: Sendable {
  let name: String
  private let make: @Sendable (Auto.Effort) -> any Forecaster

  private init(name: String, make: @escaping @Sendable (Auto.Effort) -> any Forecaster) {
    self.name = name
    self.make = make
  }

  /// What stands behind the name, given so much time; it matters to auto only.
  func forecaster(effort: Auto.Effort) -> any Forecaster { make(effort) }

  /// What is taken if nothing is said.
  static let usual = ModelChoice(name: "auto") { Auto(effort: $0) }

  /// What others are compared with.
  static let benchmark = ModelChoice(name: "snaive") { _ in SeasonalNaive() }

  /// What the overall weighted average (OWA) is relative to.
  static let naive2 = ModelChoice(name: "naive2") { _ in Naive2() }

  /// Every model by name, with a line for the help.
  private static let known: [(name: String, forecaster: any Forecaster, help: String)] = [
    ("auto", Auto(), "a mean of several models, weighted by step; see --effort"),
    ("ets", ETS(), "exponential smoothing, its form chosen by AICc"),
    ("arima", AutoARIMA(), "seasonal ARIMA, its differences chosen by tests and its orders by AICc"),
    ("regarima", AutomaticRegARIMA(), "ARIMA with logarithms, calendar and outliers, chosen as X-13 does"),
    (
      "shrunken", ARIMA.shrunken,
      "ARIMA (1,1,2)(1,0,1) of the logarithms, its coefficients held near those of many series"
    ),
    ("ces", CES(), "complex exponential smoothing, its season chosen by AICc"),
    ("theta", Theta(.standard), "the standard Theta method"),
    ("otm", Theta(.optimized), "optimised Theta"),
    ("dstm", Theta(.dynamicStandard), "dynamic standard Theta"),
    ("dot", Theta(.dynamicOptimized), "dynamic optimised Theta"),
    ("autotheta", Theta(nil), "the best of the four Theta methods by AICc"),
    ("mean", Mean(), "the mean of all observations"),
    ("naive", Naive(), "the last observation"),
    ("snaive", SeasonalNaive(), "the last observation of the same season"),
    ("naive2", Naive2(), "M4's benchmark: the last observation, seasonally adjusted where a test says so"),
    ("drift", Drift(), "the line through the first and the last observation"),
    ("croston", Croston(), "Croston's method, for series that are mostly zero"),
    ("sba", Croston(correction: .syntetosBoylan), "Croston's method, corrected by Syntetos and Boylan"),
    ("tsb", TSB(), "Teunter, Syntetos and Babai, for demand that dies out"),
    ("adida", ADIDA(), "for series that are mostly zero: sums over the mean interval"),
    ("imapa", IMAPA(), "for series that are mostly zero: the mean over several sums"),
  ]

  /// What stands before a model of the seasonally adjusted series.
  private static let adjustments: [(prefix: String, method: AdjustmentMethod)] = [
    ("stl+", .stl(STL(seasonalWindow: .length(13)))), ("mstl+", .mstl(MSTL())),
  ]

  /// The lines of ``known`` for the help.
  static var help: String {
    let width = known.map(\.name.count).max() ?? 0
    let lines =
      known.map { ($0.name, $0.help) } + [
        ("arima:0,1,1,0,1,1", "ARIMA of these orders: p,d,q or p,d,q,P,D,Q"),
        ("stl+dot", "any of these after seasonal adjustment by STL, here dot"),
        ("mstl+dot", "the same after adjustment by MSTL, whose season may change faster"),
        ("calibrated+dot", "any of all these with intervals that hold their level over many series"),
        ("conformal+dot", "with intervals from the series' own past errors, by backtests"),
        (
          "bagged+ets",
          "any of all these fitted to 30 series that might have been observed, and the mean of its forecasts"
        ),
        ("thief+ets", "any of these for months, quarters, …, years at once, made coherent"),
      ]
    return lines.map { name, help in
      name + String(repeating: " ", count: max(width - name.count, 0) + 2) + help
    }.joined(separator: "\n")
  }

  /// What stands before a model whose intervals are calibrated.
  private static let calibrations: [(prefix: String, method: CalibrationMethod)] = [
    ("calibrated+", .learned()), ("conformal+", .conformal()),
  ]

  /// The model of this name.
  init(named name: String) throws {
    if let (prefix, method) = Self.calibrations.first(where: { name.hasPrefix($0.prefix) }) {
      let base = try ModelChoice(named: String(name.dropFirst(prefix.count)))
      self.init(name: name) { Self.calibrated(base.make($0), by: method) }
      return
    }
    if name.hasPrefix(Self.baggingPrefix) {
      let base = try ModelChoice(named: String(name.dropFirst(Self.baggingPrefix.count)))
      self.init(name: name) { Self.bagged(base.make($0)) }
      return
    }
    if name.hasPrefix(Self.temporalPrefix) {
      let base = try ModelChoice(named: String(name.dropFirst(Self.temporalPrefix.count)))
      self = base.temporal(by: .structural)
      return
    }
    guard let (prefix, method) = Self.adjustments.first(where: { name.hasPrefix($0.prefix) }) else {
      self.init(name: name, make: try Self.maker(named: name))
      return
    }
    let base = try Self.maker(named: String(name.dropFirst(prefix.count)))
    self.init(name: name) { Self.adjusted(base($0), by: method) }
  }

  private static func maker(named name: String) throws -> @Sendable (Auto.Effort) -> any Forecaster {
    if name == usual.name { return usual.make }
    if name.hasPrefix(ordered) {
      let model = try arima(name.dropFirst(ordered.count))
      return { _ in model }
    }
    if let model = known.first(where: { $0.name == name })?.forecaster { return { _ in model } }
    let names = known.map(\.name)
    let hint = closestName(to: name, in: names).map { "did you mean '\($0)'?" }
    throw ValidationError(
      "there is no model '\(name)'; \(hint ?? "there are " + names.joined(separator: ", "))")
  }

  /// What stands before given orders.
  private static let ordered = "arima:"

  private static func arima(_ text: Substring) throws(ValidationError) -> any Forecaster {
    ARIMA(try OrderOption.order(parsing: String(text)))
  }

  /// The same model at every length of period within a year; see ``TemporallyReconciled``.
  func temporal(by scaling: TemporalScaling) -> ModelChoice {
    ModelChoice(name: Self.temporalPrefix + name) { [make] in make($0).temporallyReconciled(by: scaling) }
  }

  /// What stands before a model of every length of period.
  private static let temporalPrefix = "thief+"

  /// What stands before a model that is bagged.
  private static let baggingPrefix = "bagged+"

  private static func bagged(_ base: some Forecaster) -> any Forecaster { Bagged(base) }

  private static func adjusted(_ base: some Forecaster, by method: AdjustmentMethod) -> any Forecaster {
    SeasonallyAdjusted(base, by: method)
  }

  private static func calibrated(_ base: some Forecaster, by method: CalibrationMethod) -> any Forecaster {
    Calibrated(base, by: method)
  }

  /// Reads names with commas between them.
  static func list(parsing text: String) throws -> [ModelChoice] {
    var names: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.filter { $0 != " " }.lowercased()
      // Commas stand between orders too.
      if let last = names.last, last.contains(ordered), Int(name) != nil {
        names[names.count - 1] = last + "," + name
      } else {
        names.append(name)
      }
    }
    var choices: [ModelChoice] = []
    for name in names {
      let choice = try ModelChoice(named: name)
      guard !choices.contains(where: { $0.name == choice.name }) else {
        throw ValidationError("'\(choice.name)' is named twice")
      }
      choices.append(choice)
    }
    return choices
  }
}

extension Forecaster {
  /// This model at every length of period within a year.
  fileprivate func temporallyReconciled(by scaling: TemporalScaling) -> any Forecaster {
    TemporallyReconciled(self, scaling: scaling)
  }
}
