import ArgumentParser
import Tradewind

/// Which series of a file a verb works on.
struct SeriesSelection: ParsableArguments {
  @Option(
    name: .customLong("series"),
    help: ArgumentHelp(
      "Only this series; may be given several times. Left out: every series of the file that can be used.",
      valueName: "name"))
  var names: [String] = []

  /// The items to work on, in the order of the file; a name that the file does not have is wrong usage.
  func chosen<Item>(
    from items: [Item], named itemName: (Item) -> String, in file: String
  ) throws(Failure) -> [Item] {
    guard !names.isEmpty else { return items }
    let available = items.map(itemName)
    for name in names { try Self.require(name, among: available, in: file) }
    return items.filter { names.contains(itemName($0)) }
  }

  /// An object where one series was asked for by name, and one model; else a list, whatever the file has: a program knows
  /// beforehand which of the two it will read.
  func shape(models: Int = 1) -> JSONText.Shape { names.count == 1 && models == 1 ? .object : .list }

  /// Works on each of the chosen items in turn; see ``results(of:in:messages:)``.
  func results<Item, Result>(
    for chosen: [Item], named itemName: (Item) -> String, in file: String, doing activity: String,
    messages: Messages, _ work: (Item) throws -> Result
  ) throws(Failure) -> [Result] {
    var outcomes: [Outcome<Result>] = []
    for (index, item) in chosen.enumerated() {
      let name = itemName(item)
      messages.progress(index, of: chosen.count, "\(activity) \(name)")
      outcomes.append(Outcome(name: name, result: Swift.Result { try work(item) }))
    }
    messages.progress(chosen.count, of: chosen.count, "")
    return try results(of: outcomes, in: file, messages: messages)
  }

  /// What came of one piece of work.
  struct Outcome<Value> {
    /// What messages call it.
    let name: String
    let result: Result<Value, any Error>
  }

  /// The results of what succeeded. A series that was asked for by name must succeed; of the others, those that cannot
  /// be used are named in a remark, unless that leaves none.
  func results<Value>(
    of outcomes: [Outcome<Value>], in file: String, messages: Messages
  ) throws(Failure) -> [Value] {
    var results: [Value] = []
    var reasons: [String] = []
    for outcome in outcomes {
      switch outcome.result {
      case .success(let value): results.append(value)
      case .failure(let error):
        // Some errors name their series themselves.
        let (name, reason) = (outcome.name, "\(error)")
        reasons.append(name.isEmpty || reason.hasPrefix("\(name):") ? reason : "\(name): \(reason)")
      }
    }
    if results.isEmpty || (!names.isEmpty && !reasons.isEmpty) {
      // A single series without a name is called by its file's name already.
      let located = reasons.map { $0.hasPrefix("\(file): ") ? $0 : "\(file): \($0)" }
      throw Failure(.badData, located.joined(separator: "\ntradewind: "))
    }
    for reason in reasons { messages.remark("left out: \(reason)") }
    return results
  }

  /// Refuses a name that the file does not have, with the one that was probably meant.
  static func require(_ name: String, among available: [String], in file: String) throws(Failure) {
    guard !available.contains(name) else { return }
    var seen: Set<String> = []
    let distinct = available.filter { seen.insert($0).inserted }
    let hint = closestName(to: name, in: distinct).map { "did you mean '\($0)'?" } ?? listed(distinct)
    throw Failure(.wrongUsage, "\(file) has no series '\(name)'; \(hint)")
  }

  private static func listed(_ available: [String]) -> String {
    let shown = available.prefix(8).joined(separator: ", ")
    return "it has \(shown)\(available.count > 8 ? ", … (\(available.count) in all)" : "")"
  }
}
