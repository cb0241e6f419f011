import ArgumentParser
import Tradewind

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@main
struct Tool: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tradewind",
    abstract: "Forecasts monthly trade from what has been published.",
    discussion: """
      FILE is a path, or - for standard input. Results go to standard output (or --output FILE), messages to standard error.
      Exit status: 0 done, 64 wrong usage, 65 bad data, 66 no such file, 73 cannot write.
      """,
    version: "0.1.0",
    subcommands: [
      Project.self, ForecastVerb.self, Audit.self, Regress.self, Decompose.self, BriefVerb.self,
      BacktestVerb.self, ReconcileVerb.self,
    ]
  )

  static func main() async {
    // A reader that has seen enough (`| head`) is no error: writing then fails with EPIPE, which ends the run quietly.
    signal(SIGPIPE, SIG_IGN)
    do {
      try requireVerb()
      var verb = try parseAsRoot(WholeNumber.joinedToOptions(Array(CommandLine.arguments.dropFirst())))
      if var verb = verb as? any AsyncParsableCommand {
        try await verb.run()
      } else {
        try verb.run()
      }
    } catch let failure as Failure {
      Messages.write("tradewind: \(failure.message)\n")
      exit(withError: ExitCode(failure.status.rawValue))
    } catch let error as InputError {
      Messages.write("tradewind: \(error)\n")
      exit(withError: ExitCode(Failure.Status.badData.rawValue))
    } catch {
      exit(withError: error)
    }
  }

  /// Refuses a first word that is no verb, with the one that was probably meant.
  private static func requireVerb() throws(Failure) {
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), word != "help" else {
      return
    }
    let verbs = configuration.subcommands.map { $0.configuration.commandName ?? "\($0)".lowercased() }
    guard !verbs.contains(word) else { return }
    let hint =
      closestName(to: word, in: verbs).map { "did you mean '\($0)'?" }
      ?? "there are \(verbs.joined(separator: ", ")); tradewind --help says what they do"
    throw Failure(.wrongUsage, "there is no verb '\(word)'; \(hint)")
  }
}
