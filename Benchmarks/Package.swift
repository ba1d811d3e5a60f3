// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that building Tare never builds its benchmarks. Of Tare it needs TareSimulation and TareModel,
// and TareRuntime for the starts of containers.
let package = Package(
    name: "tare-benchmarks",
    dependencies: [
        .package(name: "tare", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .executableTarget(
            name: "tare-bench",
            dependencies: [
                .product(name: "TareSimulation", package: "tare"),
                .product(name: "TareModel", package: "tare"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .treatAllWarnings(as: .error)]
        ),
        .executableTarget(
            name: "tare-start",
            dependencies: [.product(name: "TareRuntime", package: "tare")],
            swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .treatAllWarnings(as: .error)]
        ),
    ],
    swiftLanguageModes: [.v6]
)
