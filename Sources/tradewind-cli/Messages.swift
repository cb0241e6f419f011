#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is said on standard error: remarks beside the result, and how far a long run has come.
struct Messages {
  let quiet: Bool
  private let showsProgress: Bool

  init(quiet: Bool) {
    self.quiet = quiet
    showsProgress = !quiet && isatty(STDERR_FILENO) == 1
  }

  func remark(_ text: String) {
    if !quiet { Messages.write("tradewind: \(text)\n") }
  }

  /// A line that the next one overwrites; only on a terminal.
  func progress(_ done: Int, of total: Int, _ what: String) {
    guard showsProgress, total > 1 else { return }
    Messages.write("\r\u{1B}[K" + (done < total ? "\(done + 1)/\(total) \(what)" : ""))
  }

  static func write(_ text: String) {
    // If standard error itself is gone there is nobody left to tell.
    _ = writeAll(text, to: STDERR_FILENO)
  }
}
