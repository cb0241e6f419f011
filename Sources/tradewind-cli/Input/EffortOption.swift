import ArgumentParser
import Tradewind

/// `--effort`, for the verbs that forecast by the model auto.
struct EffortOption: ParsableArguments {
  @Option(
    name: .customLong("effort"),
    help:
      "How much time the model auto may take for a series, also within another model such as calibrated+auto."
  )
  var value: Auto.Effort = .standard
}

extension Auto.Effort: ExpressibleByArgument {}
