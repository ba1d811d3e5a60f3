import ArgumentParser
import TareCore
import TareEngine

/// How a container's health is told, how it ends, and where its words go.
struct CareFlags: ParsableArguments {
    @Option(help: "A command that tells its health; through the shell.")
    var healthCmd: String?

    @Option(help: "Time between two checks.")
    var healthInterval = "30s"

    @Option(help: "The longest check.")
    var healthTimeout = "30s"

    @Option(help: "Time after the start in which failures do not count.")
    var healthStartPeriod = "0s"

    @Option(help: "Failures in a row that make it unhealthy.")
    var healthRetries = 3

    @Flag(help: "Leave the image's health check out.")
    var noHealthcheck = false

    @Option(help: "The signal that asks it to stop.")
    var stopSignal: String?

    @Option(help: "Seconds between that signal and SIGKILL.")
    var stopTimeout: Double = 10

    @Option(parsing: .singleValue, help: "max-size=10m or max-file=3.")
    var logOpt: [String] = []

    @Option(help: "json-file, or none.")
    var logDriver = "json-file"

    @Flag(help: "Its writable layer may be lost when the machine crashes: quicker starts and ends.")
    var volatile = false

    func fill(_ options: inout ContainerOptions) throws(TareError) {
        if let healthCmd {
            options.health = HealthCheck(
                command: [healthCmd],
                usesShell: true,
                interval: try SpanText.read(healthInterval, flag: "--health-interval"),
                timeout: try SpanText.read(healthTimeout, flag: "--health-timeout"),
                startPeriod: try SpanText.read(healthStartPeriod, flag: "--health-start-period"),
                retries: max(healthRetries, 1)
            )
        }
        options.ignoresHealth = noHealthcheck
        options.stopSignal = stopSignal
        options.stopTimeout = stopTimeout
        for text in logOpt {
            let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
            switch (sides.first, sides.count) {
            case ("max-size", 2): options.logSize = try SizeText.read(sides[1], flag: "--log-opt max-size")
            case ("max-file", 2):
                guard let count = Int(sides[1]), count >= 1 else {
                    throw TareError(.usage, subject: "--log-opt \(text)", "wanted a number of files, from 1 on")
                }
                options.logFiles = count
            default: throw TareError(.usage, subject: "--log-opt \(text)", "known ones are max-size and max-file")
            }
        }
        guard ["json-file", "none"].contains(logDriver) else {
            throw TareError(.usage, subject: "--log-driver \(logDriver)", "use json-file or none")
        }
        options.hasNoLog = logDriver == "none"
        options.isVolatile = volatile
    }
}
