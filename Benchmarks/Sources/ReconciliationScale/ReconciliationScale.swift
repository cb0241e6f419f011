import Foundation
import Measuring
import Tradewind

/// Time, memory and exactness of reconciling large hierarchies:
///
///     swift run --package-path Benchmarks -c release ReconciliationScale [--bottoms 100000] [SHAPE WORK]
///
/// Without shape and work, each is run in a process of its own, so that each has its own peak of memory. Prints a Markdown table. Memory counts
/// everything in the process: the data drawn, the hierarchy, and the result, which is kept.
@main
enum ReconciliationScale {
  static let horizon = 12

  static func main() async throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    var bottoms = 100_000
    if let place = arguments.firstIndex(of: "--bottoms"), place + 1 < arguments.count {
      bottoms = Int(arguments[place + 1]) ?? bottoms
      arguments.removeSubrange(place...place + 1)
    }
    if arguments.isEmpty {
      try runAll(bottoms)
    } else if arguments.count == 2, let shape = Shape(rawValue: arguments[0]),
      let work = Work(rawValue: arguments[1])
    {
      print(try await work.row(shape, bottoms))
    } else {
      print("ReconciliationScale [--bottoms N] [SHAPE WORK]")
      exit(64)
    }
  }

  private static func runAll(_ bottoms: Int) throws {
    print(Work.header)
    fflush(nil)
    for shape in Shape.allCases {
      for work in Work.allCases where work.isMeasured(shape, bottoms) {
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["--bottoms", "\(bottoms)", shape.rawValue, work.rawValue]
        try child.run()
        child.waitUntilExit()
        if child.terminationStatus != 0 { print("| \(shape.rawValue) | \(work.rawValue) | failed |") }
        fflush(nil)
      }
    }
  }
}
