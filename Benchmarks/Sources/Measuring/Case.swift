/// A piece of work that is timed.
public struct Case {
  let name: String
  let work: () throws -> Void

  public init<Result>(_ name: String, _ work: @escaping () throws -> Result) {
    self.name = name
    self.work = { use(try work()) }
  }

  /// A row of the table: the name and the median of CPU microseconds of one run.
  ///
  /// Runs are timed in batches long enough (2 ms) for the clock, until `seconds` of CPU are spent, once at least.
  public func row(seconds: Double) throws -> String {
    try work()
    let once = try CPUTime.measure(work).seconds
    let batch = max(1, Int(0.002 / max(once, 1e-9)))
    var times: [Double] = []
    var spent = 0.0
    repeat {
      let time = try CPUTime.measure { for _ in 0..<batch { try work() } }.seconds
      times.append(time / Double(batch))
      spent += time
    } while spent < seconds
    return "| \(name) | \(text(1e6 * median(times))) | \(times.count * batch) |"
  }

  /// The head of the table.
  public static let header = "| what | µs | runs |\n|---|---|---|"
}

/// A number with three significant digits or all before the point.
private func text(_ x: Double) -> String {
  var decimals = 0
  var size = x
  while size < 100, decimals < 3, size > 0 {
    size *= 10
    decimals += 1
  }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let rounded = (x * scale).rounded() / scale
  return decimals == 0 ? "\(Int(rounded))" : "\(rounded)"
}
