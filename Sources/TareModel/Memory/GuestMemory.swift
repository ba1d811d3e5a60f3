import TareCatalog
import TareCore

/// The memory of one guest, by owner, seen from inside and from the host.
///
/// With nominal memory M, all in bytes:
///
///     visible    = M - hidden-share x M - hidden-fixed              what the hypervisor keeps (rows F28, F27)
///     MemTotal   = visible x (1 - 64/4096) - reserve - per-cpu x vCPUs - bounce(visible > 3 GiB)   (row H01)
///     free       = MemTotal - slab - daemons - caches - service
///
/// Valid for M from 128 MiB to 768 GiB; where it does not fit, the page cache is given back first and then the instance
/// is out of memory.
struct GuestMemory {
    /// The rows of one instance.
    var rows: [MemoryRow] = []
    /// What the guest's kernel calls MemTotal.
    var memTotal = ByteCount.zero
    /// What the instance lacks; zero where it runs.
    var missing = ByteCount.zero

    /// Computes the rows.
    ///
    /// - Parameters:
    ///   - service: nominal memory, vCPUs.
    ///   - memory: the service's own memory.
    ///   - guest: the guest OS.
    ///   - hypervisor: what it hides and what its process takes.
    ///   - architecture: `arm64` kernels keep 0.26% more (rows F22-metal-m7g and F22-metal-m6i).
    ///   - sharers: guests on the host: the VMM's text is shared by all of them.
    init(
        service: ServiceSpec,
        memory: ServiceMemory,
        guest: GuestProfile,
        hypervisor: HypervisorProfile,
        architecture: String,
        sharers: Int
    ) {
        let nominal = service.memory.doubleValue
        let carved = hypervisor.carvesMemory
        let hidden = hypervisor.value("hidden-share") * nominal + hypervisor.value("hidden-fixed")
        let visible = max(0, nominal - hidden)
        let armShare = architecture == "arm64" ? 0.0026 : 0
        var left = visible
        func whole(_ value: Double) -> ByteCount { ByteCount(Int64(value.rounded())) }
        func add(_ owner: Owner, _ part: String, _ bytes: Double, cache: Bool = false) {
            let size = whole(bytes)
            guard size > .zero else { return }
            left -= bytes
            rows.append(
                MemoryRow(
                    owner: owner,
                    part: part,
                    weights: MemoryWeights(
                        configured: size, vmmRSS: size, pss: size, cgroupWorkingSet: size,
                        pageCache: cache ? size : .zero)
                )
            )
        }
        add(.platform, "hidden-by-hypervisor", hidden)
        left = visible
        add(.os, "page-structs", visible * guest.value("page-struct-share"))
        let reserve =
            guest.value("kernel-reserve") + guest.value("per-cpu") * Double(service.vcpus) + armShare * nominal
        add(.os, "kernel-reserve", reserve)
        if visible > 3 * 1_073_741_824 { add(.os, "bounce-buffer", guest.value("bounce-buffer")) }
        memTotal = whole(max(0, left))
        if let given = service.guestMemory {
            add(.os, "os-processes", given.doubleValue)
        } else {
            add(.os, "slab", guest.value("slab"))
            for (name, size) in guest.daemons.sorted(by: { $0.key < $1.key }) { add(.os, "daemon:\(name)", size.base) }
        }
        add(.runtime, "anonymous", memory.runtimeAnonymous.doubleValue)
        add(.app, "anonymous", memory.appAnonymous.doubleValue)
        if left < 0 { missing = whole(-left) }
        // Clean file pages take what is left, the service's own before the system's.
        add(.runtime, "page-cache", min(max(0, left), memory.runtimeFile.doubleValue), cache: true)
        add(.app, "page-cache", min(max(0, left), memory.appFile.doubleValue), cache: true)
        add(.os, "page-cache", min(max(0, left), guest.value("page-cache")), cache: true)
        let configured = rows.total(.configured)
        let free = max(.zero, service.memory - configured)
        if free > .zero {
            let touched = carved ? ByteCount.zero : min(free, whole(guest.value("freed-after-boot")))
            if touched > .zero {
                rows.append(
                    MemoryRow(
                        owner: .os,
                        part: "touched-and-freed",
                        weights: MemoryWeights(
                            configured: touched, vmmRSS: touched, pss: touched, cgroupWorkingSet: touched)
                    )
                )
            }
            let unused = free - touched
            rows.append(
                MemoryRow(
                    owner: nil,
                    part: "unused",
                    weights: MemoryWeights(configured: unused, vmmRSS: carved ? unused : .zero)
                )
            )
        }
        // The host maps what a guest has touched by tables of its own, 8 bytes a 4 KiB page (row H02).
        let tables =
            carved ? ByteCount.zero : whole(rows.total(.pss).doubleValue * hypervisor.value("page-table-share"))
        if tables > .zero {
            rows.append(
                MemoryRow(
                    owner: .platform, part: "nested-page-tables",
                    weights: MemoryWeights(pss: tables, cgroupWorkingSet: tables)))
        }
        let vmm = whole(hypervisor.value("vmm-private"))
        if vmm > .zero {
            rows.append(
                MemoryRow(
                    owner: .platform, part: "vmm",
                    weights: MemoryWeights(vmmRSS: vmm, pss: vmm, cgroupWorkingSet: vmm)))
        }
        let text = whole(hypervisor.value("vmm-text"))
        if text > .zero {
            let share = ByteCount(text.bytes / Int64(max(1, sharers)))
            rows.append(
                MemoryRow(owner: .platform, part: "vmm-text", weights: MemoryWeights(vmmRSS: text, pss: share)))
        }
    }
}
