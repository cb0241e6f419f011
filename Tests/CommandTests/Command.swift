import Foundation
import Testing

/// The built tool, run as a process of its own.
struct Command {
  let status: Int32
  let output: String
  let errors: String

  /// Runs `tradewind` with arguments, standard input and the working directory given, and waits for its end.
  static func run(
    _ arguments: [String], input: Data = Data(), in folder: URL? = nil, environment: [String: String] = [:]
  ) async throws -> Command {
    try await run(executable, arguments, input: input, in: folder, environment: environment)
  }

  /// A shell's command line, in which `$TRADEWIND` is the tool.
  static func shell(_ line: String, in folder: URL? = nil) async throws -> Command {
    try await run(
      URL(filePath: "/bin/sh"), ["-c", line], input: Data(), in: folder,
      environment: ["TRADEWIND": executable.path(percentEncoded: false)])
  }

  /// Input and output go through files, so that no pipe can fill up.
  private static func run(
    _ program: URL, _ arguments: [String], input: Data, in folder: URL?, environment: [String: String]
  ) async throws -> Command {
    try await withFolder { files in
      let process = Process()
      process.executableURL = program
      process.arguments = arguments
      process.currentDirectoryURL = folder
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      let names = ["input", "output", "errors"].map { files.appending(path: $0) }
      try input.write(to: names[0])
      try Data().write(to: names[1])
      try Data().write(to: names[2])
      process.standardInput = try FileHandle(forReadingFrom: names[0])
      process.standardOutput = try FileHandle(forWritingTo: names[1])
      process.standardError = try FileHandle(forWritingTo: names[2])
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in continuation.resume() }
        do { try process.run() } catch { continuation.resume(throwing: error) }
      }
      let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
      return Command(
        status: status, output: try String(contentsOf: names[1], encoding: .utf8),
        errors: try String(contentsOf: names[2], encoding: .utf8))
    }
  }

  /// The tool lies beside the tests in the build folder.
  static let executable: URL = {
    #if os(macOS)
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
      let folder = (bundle?.bundleURL ?? Bundle.main.bundleURL).deletingLastPathComponent()
    #else
      let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    #endif
    return folder.appending(path: "tradewind")
  }()
}

/// A new empty folder that is removed afterwards.
func withFolder<Result>(_ work: (URL) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "tradewind-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await work(folder)
}

/// Runs a verb on a file `name` with this text, with further arguments.
func run(
  _ verb: String, on text: String, named name: String = "facts.csv", _ options: String...
) async throws -> Command {
  try await withFolder { folder in
    try Data(text.utf8).write(to: folder.appending(path: name))
    return try await Command.run([verb, name] + options, in: folder)
  }
}

/// The data of the examples.
let examplesData = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Examples/Data")
