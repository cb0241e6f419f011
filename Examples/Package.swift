// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the examples use the libraries as any other package would.
let package = Package(
  name: "Examples",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Tradewind", path: "..")],
  targets: [
    .executableTarget(
      name: "NextQuarter",
      dependencies: [
        .product(name: "Tradewind", package: "Tradewind"),
        .product(name: "TradeStatistics", package: "Tradewind"),
      ]),
    .executableTarget(
      name: "AdjustedImports", dependencies: [.product(name: "Tradewind", package: "Tradewind")]),
    .executableTarget(
      name: "CombinedMonths", dependencies: [.product(name: "Tradewind", package: "Tradewind")]),
    .executableTarget(
      name: "SeasonalPattern", dependencies: [.product(name: "Tradewind", package: "Tradewind")]),
  ],
  swiftLanguageModes: [.v6]
)
