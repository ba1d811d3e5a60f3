import TareCore
import Yams

extension ScenarioParse {
    /// `platforms.vm.profile`: a word, or `{ based_on: microvm, vmm_memory: 5MiB, ... }`.
    mutating func profile(_ node: Node?, of platform: inout VMPlatform) {
        let what = "platforms.vm.profile"
        guard let node else { return }
        guard case .mapping = node else {
            platform.profile = word(node, what, among: VMPlatform.profiles) ?? platform.profile
            return
        }
        let known = ["based_on", "assign_memory", "pin_cpus"] + VMProfileNumbers.fields.map(\.key)
        let fields = fields(node, of: what, known: known)
        require(["based_on"], in: fields, of: what, at: node)
        guard let base = word(fields["based_on"], "\(what).based_on", among: VMPlatform.profiles) else { return }
        var numbers = VMProfileNumbers(basedOn: base)
        for field in VMProfileNumbers.fields {
            let place = "\(what).\(field.key)"
            let value: Double? =
                switch field.kind {
                case .time: quantity(fields[field.key], place, UnitText.seconds)
                case .size:
                    quantity(fields[field.key], place) { (text) throws(UnitFailure) in
                        try UnitText.bytes(text).doubleValue
                    }
                case .share: quantity(fields[field.key], place, UnitText.share)
                case .rate: quantity(fields[field.key], place, UnitText.requestsPerSecond)
                }
            if let value { numbers.values[field.constant] = value }
        }
        numbers.assignsMemory = word(fields["assign_memory"], "\(what).assign_memory", among: ["true", "false"])
            .map { $0 == "true" }
        numbers.pinsCPUs = word(fields["pin_cpus"], "\(what).pin_cpus", among: ["true", "false"]).map { $0 == "true" }
        platform.profile = "own"
        platform.numbers = numbers
    }
}
