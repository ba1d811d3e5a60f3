import Glibc
import TareCore
import TareGuests
import TareLinux

// Starts a guest that sleeps, prints QEMU's process id and waits: a test kills it at once and looks at what is left.
//
//     guest-trial KERNEL CACHE
let words = CommandLine.arguments
do throws(TareError) {
    var plan = MachinePlan(
        name: "guest-trial", board: .bare, accelerator: .emulated, memory: .mebibytes(128), kernel: words[1])
    plan.initialRoot = try GuestSmoke.initialRoot(cache: words[2], script: "/bin/busybox sleep 1000").archive()
    let machine = try GuestMachine(plan, cache: words[2])
    try StandardStreams.printOutput("\(machine.process)")
    while try machine.next(until: .max) != nil {}
} catch {
    StandardStreams.printError("\(error)")
    exit(error.code.exitCode.rawValue)
}
