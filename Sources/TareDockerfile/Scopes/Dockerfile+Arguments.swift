extension Dockerfile {
    /// The caller's arguments that no `ARG` of the file declares and that nothing predefines: probably misspelt.
    public func unusedArguments(of inputs: BuildInputs) -> [String] {
        var known = Set(globalArguments.map(\.name.text))
        for stage in stages {
            for instruction in stage.instructions {
                guard case .arg(let arguments) = instruction.action else { continue }
                known.formUnion(arguments.map(\.name.text))
            }
        }
        known.formUnion(inputs.platformArguments.keys)
        known.formUnion(BuildInputs.proxyNames)
        return inputs.arguments.keys.filter { !known.contains($0) && $0 != "SOURCE_DATE_EPOCH" }.sorted()
    }
}
