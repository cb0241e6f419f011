// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses the library builds it. It depends on nothing but the library: the
// programs measure CPU time themselves and print what they measured.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Tradewind", path: "..")],
  targets: [
    .target(name: "Measuring"),
    .executableTarget(
      name: "Benchmark",
      dependencies: ["Measuring", .product(name: "Tradewind", package: "Tradewind")]),
    .executableTarget(
      name: "ETSDefault",
      dependencies: ["Measuring", .product(name: "Tradewind", package: "Tradewind")]),
    .executableTarget(
      name: "AdjustmentSpeed",
      dependencies: ["Measuring", .product(name: "Tradewind", package: "Tradewind")]),
    .target(name: "SeriesTasks", dependencies: [.product(name: "Tradewind", package: "Tradewind")]),
    .executableTarget(
      name: "ARIMAPriors",
      dependencies: ["SeriesTasks", .product(name: "Tradewind", package: "Tradewind")]),
    .executableTarget(
      name: "CombinationMembers",
      dependencies: ["Measuring", "SeriesTasks", .product(name: "Tradewind", package: "Tradewind")]),
    .executableTarget(
      name: "ReconciliationScale",
      dependencies: ["Measuring", .product(name: "Tradewind", package: "Tradewind")]),
    .executableTarget(
      name: "ComparisonRunner",
      dependencies: ["Measuring", .product(name: "Tradewind", package: "Tradewind")]),
  ],
  swiftLanguageModes: [.v6]
)
