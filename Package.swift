// swift-tools-version: 6.2
import PackageDescription

// One table of targets. An arrow only ever goes down a layer; Scripts/check-layers reads this package and fails on an
// edge that goes up or sideways. `TARE_FOCUS=TareWeigh,TareWeighTests swift build` keeps only the named targets and what
// they need, so that one module can be built and tested without the rest (and without packages that it does not use).

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, needs: [Target.Dependency] = [], c: Bool = false) -> Target {
    c
        ? .target(
            name: name,
            dependencies: needs,
            cSettings: [.define("_GNU_SOURCE"), .treatAllWarnings(as: .error)]
        )
        : .target(name: name, dependencies: needs, swiftSettings: strict)
}

func tests(_ name: String, needs: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: needs, swiftSettings: strict)
}

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")

let everything: [Target] = [
    // Layer 0: C
    library("CTareLinux", c: true),
    library("CTareData", c: true),
    library("CTareHTTP", c: true),
    library("CTareGuest", c: true),
    .systemLibrary(name: "CNuma", pkgConfig: "numa", providers: [.apt(["libnuma-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CIgzip", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

    // Layer 1: words and numbers
    library("TareCore"),
    library("TareStatistics"),

    // Layer 2: figures, the event kernel, the kernel's calls, formats
    library("TareCatalog", needs: ["TareCore", "CTareData"]),
    library("TareSimulation", needs: ["TareCore", "CTareLinux"]),
    library("TareLinux", needs: ["TareCore", "CTareLinux", "CNuma", "CCrypto"]),
    library("TareOCI", needs: ["TareCore"]),
    library("TareDockerfile", needs: ["TareCore"]),

    // Layer 3: the model, the experiment, containers
    library("TareModel", needs: ["TareCore", "TareStatistics", "TareCatalog", "TareSimulation"]),
    library("TareExperiment", needs: ["TareCore", "TareStatistics", "TareCatalog", "TareLinux", yams]),
    library("TareRuntime", needs: ["TareCore", "TareLinux", "CTareLinux"]),
    library("TareImages", needs: ["TareCore", "TareLinux", "TareOCI", "CTareLinux", "CArchive", "CIgzip"]),
    library("TareNetwork", needs: ["TareCore", "TareLinux"]),

    // Layer 4: weighing, guest roots, reports
    library("TareWeigh", needs: ["TareCore", "TareCatalog", "TareLinux", "TareOCI", "CArchive", "CCrypto", "CSQLite"]),
    library("TareGuests", needs: ["TareCore", "TareCatalog", "TareLinux", "CTareLinux", "CTareGuest", subprocess]),
    library("TareReport", needs: ["TareCore", "TareStatistics", "TareExperiment"]),
    library(
        "TareBuilder",
        needs: ["TareCore", "TareLinux", "TareOCI", "TareDockerfile", "TareImages", "CTareLinux", subprocess]
    ),
    library("TareRegistry", needs: ["TareCore", "TareLinux", "TareOCI", "TareImages", "CTareHTTP"]),

    // Layer 5: the engine
    library(
        "TareEngine",
        needs: [
            "TareCore", "TareLinux", "TareOCI", "TareImages", "TareRuntime", "TareNetwork", "TareRegistry",
            "CTareLinux",
        ]
    ),

    // Layer 5: real disk, memory, CPU and start marks, counted the same way for containers and guests
    library("TareProbe", needs: ["TareCore", "TareCatalog", "TareLinux"]),

    // Layer 6: where models and the real world meet the experiment
    library(
        "TareRunners",
        needs: [
            "TareCore", "TareStatistics", "TareCatalog", "TareSimulation", "TareLinux", "TareModel", "TareExperiment",
            "TareWeigh", "TareGuests", "TareReport", "TareOCI", "TareImages", "TareRuntime", "TareNetwork",
            "TareEngine",
            "TareProbe",
        ]
    ),

    // Layer 6: servers, apart so that nobody else waits for them to build
    library("TareHub", needs: ["TareCore", "TareLinux", "TareOCI", "TareImages", "CCrypt", "CCrypto", hummingbird]),

    // Layer 7: the command line
    .executableTarget(
        name: "tare",
        dependencies: [
            "TareCore", "TareStatistics", "TareCatalog", "TareLinux", "TareExperiment", "TareWeigh", "TareGuests",
            "TareReport", "TareRunners", "TareOCI", "TareImages", "TareBuilder", "TareRegistry", "TareNetwork",
            "TareRuntime", "TareEngine", argumentParser,
        ],
        swiftSettings: strict
    ),
    .executableTarget(
        name: "tare-serve",
        dependencies: ["TareCore", "TareLinux", "TareHub", argumentParser],
        swiftSettings: strict
    ),
    // C, static and without the Swift runtime: one of it lives beside every container, so its private memory is weighed.
    .executableTarget(
        name: "tare-shim",
        cSettings: [
            .define("_GNU_SOURCE"), .treatAllWarnings(as: .error),
            .unsafeFlags(["-Os", "-ffunction-sections", "-fno-stack-protector"]),
        ],
        linkerSettings: [
            .unsafeFlags(["-nostartfiles", "-static-stdlib", "-Xclang-linker", "-static"])
        ]
    ),

    // Names and [::1] ports of one network: C, since one runs beside the containers and is weighed with them.
    .executableTarget(
        name: "tare-net",
        cSettings: [.define("_GNU_SOURCE"), .treatAllWarnings(as: .error)],
        // Static, without the Swift runtime's private pages: 60 KiB of its own instead of 408.
        linkerSettings: [.unsafeFlags(["-nostartfiles", "-static-stdlib", "-Xclang-linker", "-static"])]
    ),

    // Tests
    .target(name: "TareTestSupport", dependencies: ["TareCore"], path: "Tests/TareTestSupport", swiftSettings: strict),
    tests("TareCoreTests", needs: ["TareCore", "TareTestSupport"]),
    tests("TareStatisticsTests", needs: ["TareStatistics", "TareTestSupport"]),
    tests("TareCatalogTests", needs: ["TareCatalog", "TareTestSupport"]),
    tests("TareSimulationTests", needs: ["TareSimulation", "TareStatistics", "TareTestSupport"]),
    tests("TareLinuxTests", needs: ["TareLinux", "TareTestSupport"]),
    tests("TareOCITests", needs: ["TareOCI", "TareTestSupport"]),
    tests("TareDockerfileTests", needs: ["TareDockerfile", "TareStatistics", "TareTestSupport"]),
    tests("TareImagesTests", needs: ["TareImages", "TareTestSupport"]),
    tests("TareModelTests", needs: ["TareModel", "TareTestSupport"]),
    tests("TareExperimentTests", needs: ["TareExperiment", "TareTestSupport"]),
    tests("TareRuntimeTests", needs: ["TareRuntime", "TareTestSupport", "tare-shim"]),
    .executableTarget(
        name: "network-trial",
        dependencies: ["TareNetwork", "TareLinux", "TareCore"],
        path: "Tests/NetworkTrial",
        swiftSettings: strict
    ),
    tests(
        "TareNetworkTests",
        needs: ["TareNetwork", "TareLinux", "TareCore", "TareTestSupport", "tare-net", "network-trial"]
    ),
    tests("TareWeighTests", needs: ["TareWeigh", "TareTestSupport"]),
    .executableTarget(
        name: "guest-trial",
        dependencies: ["TareGuests", "TareLinux", "TareCore"],
        path: "Tests/GuestTrial",
        swiftSettings: strict
    ),
    tests("TareGuestsTests", needs: ["TareGuests", "TareCatalog", "TareLinux", "TareTestSupport", "guest-trial"]),
    tests("TareRegistryTests", needs: ["TareRegistry", "TareTestSupport"]),
    tests(
        "TareBuilderTests",
        needs: ["TareBuilder", "TareCatalog", "TareGuests", "TareTestSupport", subprocess]
    ),
    tests("TareReportTests", needs: ["TareReport", "TareTestSupport"]),
    tests("TareHubTests", needs: ["TareHub", "TareRegistry", "TareTestSupport", "tare-serve"]),
    tests("TareEngineTests", needs: ["TareEngine", "TareTestSupport", "tare-shim"]),
    tests("TareProbeTests", needs: ["TareProbe", "TareTestSupport"]),
    tests("TareRunnersTests", needs: ["TareRunners", "TareTestSupport", "tare-shim"]),
    // Runs the built `tare` as a user would: golden help, transcripts of the examples, exit codes, JSON schemas.
    tests("TareCommandTests", needs: ["TareCore", "TareTestSupport", "tare", "tare-shim", "tare-net"]),
]

/// The named targets and all they need, or everything when no focus is set.
func focused(_ targets: [Target]) -> [Target] {
    guard let focus = Context.environment["TARE_FOCUS"], !focus.isEmpty else { return targets }
    var wanted = Set(focus.split(separator: ",").map(String.init))
    var grew = true
    while grew {
        let before = wanted.count
        for target in targets where wanted.contains(target.name) {
            for dependency in target.dependencies {
                if case .byNameItem(let name, _) = dependency { wanted.insert(name) }
                if case .targetItem(let name, _) = dependency { wanted.insert(name) }
            }
        }
        grew = wanted.count > before
    }
    return targets.filter { wanted.contains($0.name) }
}

let kept = focused(everything)

/// What others may use, as far as its target is kept; Benchmarks/ needs the library.
func products(of targets: [Target]) -> [Product] {
    let names = Set(targets.map(\.name))
    var found: [Product] = []
    if names.contains("tare") { found.append(.executable(name: "tare", targets: ["tare"])) }
    if names.contains("tare-serve") { found.append(.executable(name: "tare-serve", targets: ["tare-serve"])) }
    if names.contains("TareSimulation") { found.append(.library(name: "TareSimulation", targets: ["TareSimulation"])) }
    if names.contains("TareModel") { found.append(.library(name: "TareModel", targets: ["TareModel", "TareCore"])) }
    if names.contains("TareRuntime") { found.append(.library(name: "TareRuntime", targets: ["TareRuntime"])) }
    return found
}

let package = Package(
    name: "tare",
    products: products(of: kept),
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    ],
    targets: kept,
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu2x
)
