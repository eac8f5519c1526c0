// swift-tools-version: 6.3
import PackageDescription

/// Release builds of the hot targets lose three quarters of their speed without these two flags:
/// specialisation across modules, and no run-time exclusivity checks (debug builds and tests keep them).
let hot: [SwiftSetting] = [
    .unsafeFlags(
        ["-cross-module-optimization", "-enforce-exclusivity=unchecked"],
        .when(configuration: .release))
]

/// Scenarios that the binary carries, so that it finds them from any directory.
let bundledScenarios = [
    "burst-insert", "burst-insert-stall", "steady-commit", "commit-delay", "async-commit", "small-wal-buffers",
    "segment-pool-dry", "walwriter-tuning",
    "pgbench-insert", "pgbench-insert10", "pgbench-insert-wide", "pgbench-tpcb",
    "pgbench-insert-standby", "standby-stall",
    "wal-volume-b1", "wal-volume-b2", "wal-volume-b3-fillfactor-100", "wal-volume-b3-fillfactor-90",
    "wal-volume-b3-compressed", "wal-volume-pgbench",
    "insert-locks-64-cores",
    "sync-rep-1-off", "sync-rep-1-local", "sync-rep-1-remote-write", "sync-rep-1-on", "sync-rep-1b-cpuset",
    "sync-rep-cpusets", "sync-rep-cpusets-shared", "sync-rep-2-batch10", "sync-rep-3-four-instances",
    "sync-rep-4-local-standbys", "sync-rep-5-eight-guests",
    "checkpoint-storm", "thousand-backends",
]

let package = Package(
    name: "walsim",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "walsim", targets: ["walsim"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-atomics", from: "1.3.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        .target(name: "CContext"),
        .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(name: "SimTime", swiftSettings: hot),
        .target(name: "WaitEvents", swiftSettings: hot),
        .target(name: "DiscreteEvent", dependencies: ["CContext", "SimTime"], swiftSettings: hot),
        .target(
            name: "Statistics",
            dependencies: [
                "CGSL", "SimTime", .product(name: "Histogram", package: "hdrhistogram-swift"),
            ], swiftSettings: hot),
        .target(
            name: "Postgres", dependencies: ["SimTime", "WaitEvents"], exclude: ["README.md"], swiftSettings: hot),
        .target(
            name: "Instrumentation", dependencies: ["Statistics", "SimTime", "WaitEvents"], swiftSettings: hot),
        .target(
            name: "HostModel",
            dependencies: ["Postgres", "DiscreteEvent", "Statistics", "Instrumentation"], swiftSettings: hot),
        .target(
            name: "Threads",
            dependencies: ["Postgres", "Instrumentation", .product(name: "Atomics", package: "swift-atomics")],
            swiftSettings: hot),
        .target(
            name: "BundledScenarios", path: "Scenarios", exclude: ["README.md", "scenario.schema.json"],
            sources: ["BundledScenarios.swift"],
            resources: bundledScenarios.map { .embedInCode("\($0).json") }),
        .target(
            name: "Experiments",
            dependencies: ["HostModel", "BundledScenarios", .product(name: "SwiftCSV", package: "SwiftCSV")],
            swiftSettings: hot),
        .target(name: "LiveServer", dependencies: ["CLibPQ", "Experiments"]),
        .target(
            name: "Report",
            dependencies: ["Experiments", .product(name: "Mustache", package: "swift-mustache")],
            resources: [.embedInCode("HTML/Templates/page.mustache"), .embedInCode("HTML/Templates/page.css")]),
        .executableTarget(
            name: "walsim",
            dependencies: [
                "Experiments", "LiveServer", "Report", "BundledScenarios", "Threads",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: hot),
        .executableTarget(
            name: "walsim-bench",
            dependencies: [
                "DiscreteEvent", "Experiments", "Statistics", "Threads",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Sources/bench", exclude: ["mm1_simpy.py"], swiftSettings: hot),
        .executableTarget(
            name: "walsim-accuracy",
            dependencies: [
                "Experiments", "HostModel", .product(name: "SwiftCSV", package: "SwiftCSV"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Sources/accuracy", swiftSettings: hot),
        .target(name: "QueueingTheory", path: "Tests/QueueingTheory"),
        .testTarget(name: "RepositoryTests"),
        .testTarget(
            name: "PostgresTests",
            dependencies: ["Postgres", "DiscreteEvent", "SimTime", "WaitEvents", "Experiments", "HostModel"]),
        .testTarget(name: "ThreadsTests", dependencies: ["Threads"]),
        .testTarget(name: "LiveServerTests", dependencies: ["LiveServer", "CLibPQ"]),
        .testTarget(name: "HostModelTests", dependencies: ["HostModel", "QueueingTheory"]),
        .testTarget(
            name: "CommandTests", dependencies: ["walsim", .product(name: "SwiftCSV", package: "SwiftCSV")]),
        .testTarget(name: "DiscreteEventTests", dependencies: ["DiscreteEvent", "Statistics", "QueueingTheory"]),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
        .testTarget(
            name: "ExperimentsTests",
            dependencies: [
                "Experiments", "Report", "BundledScenarios", .product(name: "SwiftCSV", package: "SwiftCSV"),
            ],
            resources: [.copy("Measured"), .copy("Calibrate/Samples")]),
        .testTarget(name: "ReportTests", dependencies: ["Report", .product(name: "SwiftCSV", package: "SwiftCSV")]),
    ]
)
