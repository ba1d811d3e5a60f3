import TareCore

extension ContainerConfiguration {
    /// Refuses what a runtime would refuse later and less clearly.
    ///
    /// - Throws: `invalid`, naming the part.
    func check() throws(TareError) {
        func refuse(_ subject: String, _ message: String, hint: String? = nil) -> TareError {
            TareError(.invalid, subject: subject, "cannot start the container: \(message)", hint: hint)
        }
        guard let program = arguments.first, !program.isEmpty else {
            throw refuse("arguments", "there is no program to run", hint: "name one, or an image that has a command")
        }
        for (name, path) in [("root", root), ("working folder", workingFolder)] where !path.hasPrefix("/") {
            throw refuse(name, "\"\(path)\" is not an absolute path")
        }
        for variable in environment where !variable.contains("=") || variable.hasPrefix("=") {
            throw refuse("environment", "\"\(variable)\" is not NAME=value")
        }
        for text in arguments + environment + [workingFolder] where text.utf8.contains(0) {
            throw refuse("arguments", "a zero byte cannot be in an argument or variable")
        }
        for mount in mounts where !mount.destination.hasPrefix("/") {
            throw refuse("mounts", "the destination \"\(mount.destination)\" is not an absolute path")
        }
        for mount in mounts where mount.type == "bind" && !mount.source.hasPrefix("/") {
            throw refuse("mounts", "the source \"\(mount.source)\" is not an absolute path")
        }
        if let score = oomScore, !(-1000...1000).contains(score) {
            throw refuse("OOM score", "\(score) is not between -1000 and 1000")
        }
        if hostName != nil, namespaces.hostName == .host {
            throw refuse("host name", "it would be changed for the whole host", hint: "leave the name out")
        }
        if let swap = limits.memoryAndSwap, swap.bytes >= 0 {
            guard let memory = limits.memory else {
                throw refuse("memory", "a limit of memory and swap needs a limit of memory")
            }
            if swap < memory { throw refuse("memory", "memory and swap, \(swap), is less than memory, \(memory)") }
        }
    }
}
