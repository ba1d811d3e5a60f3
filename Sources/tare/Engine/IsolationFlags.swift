import ArgumentParser
import TareCore
import TareEngine

/// What a container may do and see.
struct IsolationFlags: ParsableArguments {
    @Option(parsing: .singleValue, help: "Add a capability; ALL is all.")
    var capAdd: [String] = []

    @Option(parsing: .singleValue, help: "Take a capability away; ALL is all.")
    var capDrop: [String] = []

    @Flag(help: "Give it all that the host can give.")
    var privileged = false

    @Option(parsing: .singleValue, help: "seccomp=unconfined or no-new-privileges.")
    var securityOpt: [String] = []

    @Flag(help: "Its root cannot be written.")
    var readOnly = false

    @Option(help: "The size of /dev/shm.")
    var shmSize: String?

    @Option(parsing: .singleValue, help: "A device node of the host.")
    var device: [String] = []

    @Option(parsing: .singleValue, help: "A kernel setting of its namespaces: net.core.somaxconn=1024.")
    var sysctl: [String] = []

    @Option(help: "host: it sees the host's processes.")
    var pid: String?

    func fill(_ options: inout ContainerOptions) throws(TareError) {
        options.addedCapabilities = capAdd
        options.droppedCapabilities = capDrop
        options.isPrivileged = privileged
        options.securityOptions = securityOpt.map { $0 == "no-new-privileges:true" ? "no-new-privileges" : $0 }
        options.isReadOnly = readOnly
        if let shmSize { options.sharedMemory = try SizeText.read(shmSize, flag: "--shm-size") }
        options.devices = device
        for text in sysctl {
            let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else { throw TareError(.usage, subject: "--sysctl \(text)", "write NAME=value") }
            options.kernelSettings[sides[0]] = sides[1]
        }
        if let pid {
            guard pid == "host" else { throw TareError(.usage, subject: "--pid \(pid)", "only host is known") }
            options.sharesProcesses = true
        }
    }
}
