#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How work on many items is spread over the cores: chunks of a few items, results by index.
///
/// What `work` returns depends on its index alone, so the results are equal bit for bit whatever the number of jobs.
package struct ParallelMap: Sendable {
  /// How many items are worked on at once, 1 to ``mostJobs``.
  package let jobs: Int
  /// How many items one task takes at the most: enough that starting it costs nothing beside them.
  package let largestChunk: Int

  /// The most items that are worked on at once: more than any machine has cores for.
  package static let mostJobs = 1024

  /// - Parameters:
  ///   - jobs: How many items are worked on at once, at least 1 (a precondition), of which ``mostJobs`` count; nil for one a core.
  ///   - largestChunk: How many items one task takes at the most, at least 1.
  package init(jobs: Int? = nil, largestChunk: Int = 32) {
    let jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    precondition(jobs >= 1, "At least one series is worked on at a time, not \(jobs).")
    precondition(largestChunk >= 1, "A task takes at least one item, not \(largestChunk).")
    self.jobs = min(jobs, Self.mostJobs)
    self.largestChunk = largestChunk
  }

  /// The results of `work` for 0 ..< `count`, in order.
  ///
  /// - Parameter progress: Called now and then, one call at a time, with the number of items done so far.
  /// - Throws: `CancellationError` if the task is cancelled meanwhile; the work stops after the items in hand.
  package func map<Value: Sendable>(
    _ count: Int, progress: (@Sendable (Int) -> Void)? = nil, _ work: @escaping @Sendable (Int) -> Value
  ) async throws -> [Value] {
    // Several chunks a job, so that a slow item does not leave the other cores idle at the end.
    let size = max(1, min(largestChunk, count / (4 * jobs)))
    let chunks = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    var results = [[Value]](repeating: [], count: chunks.count)
    try await withThrowingTaskGroup(of: (Int, [Value]).self) { group in
      var waiting = chunks.indices.makeIterator()
      func start(_ chunk: Int) {
        group.addTask {
          var done: [Value] = []
          for index in chunks[chunk] {
            try Task.checkCancellation()
            done.append(work(index))
          }
          return (chunk, done)
        }
      }
      for _ in 0..<jobs { if let chunk = waiting.next() { start(chunk) } }
      var finished = 0
      while let (chunk, values) = try await group.next() {
        results[chunk] = values
        finished += values.count
        progress?(finished)
        if let next = waiting.next() { start(next) }
      }
    }
    return results.flatMap(\.self)
  }
}
