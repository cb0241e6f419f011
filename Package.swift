// swift-tools-version: 6.2
import PackageDescription

/// The numeric targets opt in to strict memory safety: every unsafe step is marked where it stands.
let numeric: [SwiftSetting] = [.strictMemorySafety()]

let package = Package(
  name: "Tradewind",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Tradewind", targets: ["Tradewind"]),
    .library(name: "TradeStatistics", targets: ["TradeStatistics"]),
    .library(name: "TradeReport", targets: ["TradeReport"]),
    .executable(name: "tradewind", targets: ["tradewind-cli"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
  ],
  targets: [
    .target(
      name: "TradewindLAPACK",
      linkerSettings: [
        .linkedLibrary("lapack", .when(platforms: [.linux])),
        .linkedLibrary("blas", .when(platforms: [.linux])),
        .linkedFramework(
          "Accelerate", .when(platforms: [.macOS, .iOS, .macCatalyst, .tvOS, .watchOS, .visionOS])),
      ]
    ),
    .target(
      name: "TradewindNumerics",
      dependencies: ["TradewindLAPACK", .product(name: "RealModule", package: "swift-numerics")],
      swiftSettings: numeric
    ),
    .target(
      name: "Tradewind",
      dependencies: ["TradewindNumerics", .product(name: "RealModule", package: "swift-numerics")],
      swiftSettings: numeric
    ),
    .target(
      name: "TradeStatistics",
      dependencies: [
        "Tradewind", "TradewindNumerics", .product(name: "RealModule", package: "swift-numerics"),
      ],
      swiftSettings: numeric
    ),
    .target(name: "TradeReport", dependencies: ["Tradewind", "TradeStatistics"]),
    .executableTarget(
      name: "tradewind-cli",
      dependencies: [
        "Tradewind", "TradeStatistics", "TradeReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .target(
      name: "TestSupport", dependencies: ["Tradewind", "TradewindNumerics"], path: "Tests/TestSupport"),
    .testTarget(name: "TradewindNumericsTests", dependencies: ["TradewindNumerics", "TestSupport"]),
    .testTarget(name: "TradewindTests", dependencies: ["Tradewind", "TradewindNumerics", "TestSupport"]),
    .testTarget(
      name: "TradeStatisticsTests",
      dependencies: ["TradeStatistics", "Tradewind", "TradewindNumerics", "TestSupport"]),
    .testTarget(name: "TradeReportTests", dependencies: ["TradeReport", "TradeStatistics", "TestSupport"]),
    .testTarget(
      name: "CommandTests", dependencies: ["tradewind-cli", "Tradewind", "TradeStatistics", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
