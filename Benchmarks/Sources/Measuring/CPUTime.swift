#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The CPU time of this process: what other programs on the machine do does not count, only what they do to the caches.
public enum CPUTime {
  /// Seconds of CPU used by all threads of the process so far.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// The result of some work and the seconds of CPU it took.
  public static func measure<Result>(_ work: () throws -> Result) rethrows -> (
    result: Result, seconds: Double
  ) {
    let begin = now
    let result = try work()
    return (result, now - begin)
  }
}

/// Keeps the optimiser from dropping work whose result nobody reads.
@inline(never)
public func use<Value>(_ value: Value) {}

/// The middle value, or the mean of the two middle ones. NaN for none.
public func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
