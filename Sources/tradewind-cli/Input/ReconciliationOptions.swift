import ArgumentParser
import Tradewind

/// How forecasts are made coherent, on the command line.
struct ReconciliationOptions: ParsableArguments {
  enum Method: String, ExpressibleByArgument, CaseIterable {
    case bottomUp = "bottom-up"
    case topDown = "top-down"
    case middleOut = "middle-out"
    case ols
    case structural = "wls-structural"
    case variance = "wls-variance"
    case shrunk = "mint-shrink"
    case sample = "mint-sample"
    case risk = "erm"
  }

  enum Proportions: String, ExpressibleByArgument, CaseIterable {
    case average
    case ofAverages = "of-averages"
    case forecasts

    var proportions: ReconciliationMethod.Proportions {
      switch self {
      case .average: .average
      case .ofAverages: .ofAverages
      case .forecasts: .forecasts
      }
    }
  }

  @Option(
    help: ArgumentHelp(
      "Left out: mint-shrink, or wls-variance for more than \(Reconciliation.mostFull) nodes.",
      valueName: "method"))
  var method: Method?

  @Option(
    help: ArgumentHelp("How top-down and middle-out split a sum. Left out: forecasts.", valueName: "rule"))
  var proportions: Proportions?

  @Option(
    help: ArgumentHelp("The nodes that middle-out starts from, with commas between them.", valueName: "list"),
    transform: names(parsing:))
  var middle: [String]?

  @Option(
    help: ArgumentHelp("Nodes that keep their own forecasts, with commas between them.", valueName: "list"),
    transform: names(parsing:))
  var fix: [String] = []

  @Flag(help: "No forecast of a bottom node below zero.")
  var nonNegative = false

  func validate() throws {
    let splits = method == .topDown || method == .middleOut
    if proportions != nil, !splits {
      throw ValidationError("--proportions goes with --method top-down or middle-out")
    }
    if (middle != nil) != (method == .middleOut) {
      throw ValidationError("--method middle-out and --middle go together")
    }
    if !fix.isEmpty, splits || method == .bottomUp || method == .risk {
      throw ValidationError("--fix goes with the methods of least squares: ols, wls-… and mint-…")
    }
  }

  /// Whether any of it was given.
  var isGiven: Bool { method != nil || proportions != nil || middle != nil || !fix.isEmpty || nonNegative }

  /// The method that was asked for, or the usual one for so many nodes.
  func chosen(for hierarchy: Hierarchy) -> (name: String, method: ReconciliationMethod) {
    let method = method ?? (hierarchy.count > Reconciliation.mostFull ? .variance : .shrunk)
    let split = (proportions ?? .forecasts).proportions
    let value: ReconciliationMethod =
      switch method {
      case .bottomUp: .bottomUp
      case .topDown: .topDown(split)
      case .middleOut: .middleOut(middle ?? [], split)
      case .ols: .ols
      case .structural: .structural
      case .variance: .variances
      case .shrunk: .minTShrunk
      case .sample: .minTSample
      case .risk: .empiricalRisk
      }
    return (method.rawValue, value)
  }

  private static func names(parsing text: String) throws -> [String] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map { name in
      String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard !names.contains("") else { throw ValidationError("'\(text)' is not a list of names") }
    return names
  }
}

/// How the lengths of period are weighed, on the command line.
extension TemporalScaling: ExpressibleByArgument {}
