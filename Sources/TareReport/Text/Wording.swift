import TareCore
import TareExperiment

/// The words that readers see for the vocabulary's ids.
enum Wording {
    /// An owner, as charts label it.
    static func owner(_ owner: Owner?) -> String {
        switch owner {
        case .platform: "platform"
        case .os: "OS"
        case .runtime: "runtime"
        case .app: "app"
        case .writable: "written"
        case nil: "not split"
        }
    }

    /// One VM, one container, or several.
    static func platform(_ platform: Platform, count: Int = 1) -> String {
        switch (platform, count) {
        case (.vm, 1): "VM"
        case (.vm, _): "VMs"
        case (.container, 1): "container"
        case (.container, _): "containers"
        }
    }

    /// A quantity's weight without its family: `used` of `disk.used`.
    static func weight(_ quantity: String) -> String {
        guard let dot = quantity.firstIndex(of: ".") else { return quantity }
        return String(quantity[quantity.index(after: dot)...]).replacing("_", with: " ")
    }

    /// What a weight counts, in a few words.
    static func meaning(_ quantity: String) -> String {
        switch quantity {
        case "disk.virtual": "the size of the volumes that the instances are told they have"
        case "disk.allocated": "blocks taken on the host"
        case "disk.used": "bytes of the files inside, hard links once"
        case "disk.wire": "compressed bytes that travel"
        case "mem.configured": "memory promised: the guest's RAM, the container's limit"
        case "mem.vmm_rss": "resident pages of the guest's process, or of the container's processes"
        case "mem.pss": "resident pages, shared ones counted in proportion"
        case "mem.cgroup_working_set": "charged to the control group, less inactive file pages"
        case "mem.page_cache": "file pages that can be given back"
        default: quantity
        }
    }

    /// A verdict as it is printed.
    static func verdict(_ verdict: ClaimResult.Verdict) -> String {
        switch verdict {
        case .supported: "SUPPORTED"
        case .refutedLower: "REFUTED (lower)"
        case .refutedHigher: "REFUTED (higher)"
        case .depends: "DEPENDS"
        case .inconclusive: "INCONCLUSIVE"
        case .untestable: "UNTESTABLE"
        }
    }

    /// A verdict explained in half a sentence.
    static func explanation(_ verdict: ClaimResult.Verdict) -> String {
        switch verdict {
        case .supported: "inside the band in at least 95% of the scope"
        case .refutedLower: "below the band in at least 95% of the scope"
        case .refutedHigher: "above the band in at least 95% of the scope"
        case .depends: "inside the band in a part of the scope only"
        case .inconclusive: "the interval crosses an edge of the band and is too wide to decide"
        case .untestable: "no number was agreed, or none can be had"
        }
    }

    /// A certainty as it is printed.
    static func certainty(_ certainty: ClaimResult.Certainty) -> String {
        certainty == .veryLow ? "very low" : certainty.rawValue
    }

    /// A share of 0 to 1 with three significant figures and a percent sign.
    static func share(_ value: Double) -> String {
        guard value.isFinite else { return "no number" }
        return NumberText.significant(value * 100) + "%"
    }

    /// An interval of shares: `55.0% to 63.1%`; empty where there is none.
    static func interval(_ ends: [Double]) -> String {
        guard ends.count == 2 else { return "" }
        return ends[0] == ends[1] ? "exact" : "\(share(ends[0])) to \(share(ends[1]))"
    }

    /// A band: `60% to 70%`, `at least 30%`, `at most 10%`; empty where no number was agreed.
    static func band(_ ends: [Double]) -> String {
        guard ends.count == 2 else { return "" }
        let low = Plot.tick(ends[0] * 100) + "%"
        let high = Plot.tick(ends[1] * 100) + "%"
        if ends[1] >= 1 { return "at least \(low)" }
        return ends[0] <= 0 ? "at most \(high)" : "\(low) to \(high)"
    }

    /// `bytes` in the binary unit that fits, three significant figures.
    static func bytes(_ bytes: Double) -> String {
        guard bytes.isFinite, abs(bytes) < 9e18 else { return "no number" }
        return ByteCount(Int64(bytes.rounded())).description
    }

    /// How many times as much: `12.3 times`.
    static func times(_ ratio: Double) -> String { NumberText.significant(ratio) + " times" }
}

extension Wording {
    /// An owner with what belongs to it.
    static func ownerMeaning(_ owner: Owner) -> String {
        switch owner {
        case .platform: "platform (hypervisor, engine)"
        case .os: "OS and kernel"
        case .runtime: "runtime, libraries"
        case .app: "app"
        case .writable: "written data"
        }
    }

    /// A quantity's family and weight as a noun: `used disk`, `memory (pss)`.
    static func noun(_ quantity: String) -> String {
        let weight = weight(quantity)
        if quantity.hasPrefix("disk.") { return "\(weight) disk" }
        if quantity.hasPrefix("mem.") { return "\(weight == "pss" ? "resident" : weight) memory" }
        return quantity
    }

    /// A value of a claim by what its quantity is: a share, a ratio, seconds, bytes or a bare number.
    static func value(_ value: Double, of quantity: String) -> String {
        if quantity.hasPrefix("share(") { return share(value) }
        if quantity.hasPrefix("ratio(") { return times(value) }
        if quantity.contains("start.") { return NumberText.seconds(value) }
        if quantity.contains("disk.") || quantity.contains("mem.") { return bytes(value) }
        return NumberText.significant(value)
    }

    /// An interval of a claim's values.
    static func interval(_ ends: [Double], of quantity: String) -> String {
        guard ends.count == 2 else { return "no interval" }
        if ends[0] == ends[1] { return quantity.contains("disk.") ? "exact" : "one value" }
        return "\(value(ends[0], of: quantity)) to \(value(ends[1], of: quantity))"
    }

    /// A band of a claim's values.
    static func band(_ ends: [Double], of quantity: String) -> String {
        guard ends.count == 2 else { return "no band was agreed" }
        let isShare = quantity.hasPrefix("share(")
        if ends[1] >= (isShare ? 1 : 1e300) { return "at least \(Plot.trimmed(value(ends[0], of: quantity)))" }
        if ends[0] <= 0 { return "at most \(Plot.trimmed(value(ends[1], of: quantity)))" }
        return "\(Plot.trimmed(value(ends[0], of: quantity))) to \(Plot.trimmed(value(ends[1], of: quantity)))"
    }

    /// `14 cells`; singular where there is one.
    static func counted(_ count: Int, _ noun: String) -> String {
        "\(NumberText.count(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    /// `12.3 times as much as`, `about as much as`, for comparing a VM's sum with a container's.
    static func comparison(_ ratio: Double) -> String {
        if ratio > 0.97, ratio < 1.03 { return "about as much" }
        return ratio >= 1 ? "\(NumberText.significant(ratio, digits: 2)) times as much" : "\(share(ratio)) as much"
    }
}
