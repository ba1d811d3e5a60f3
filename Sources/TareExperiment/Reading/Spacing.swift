/// Numbers between two ends, by multiplication and square roots only, so that every machine gets the same bits.
enum Spacing {
    /// Equal differences.
    static func linear(from low: Double, to high: Double, steps: Int) -> [Double] {
        (0..<steps).map { low + (high - low) * Double($0) / Double(steps - 1) }
    }

    /// Equal ratios: the ratio is found by bisection, as the root of `r^(steps-1) = high / low`.
    static func geometric(from low: Double, to high: Double, steps: Int) -> [Double] {
        let target = high / low
        var below = 1.0
        var above = target
        for _ in 0..<200 {
            let middle = (below + above) / 2
            var power = 1.0
            for _ in 1..<steps { power *= middle }
            if power < target { below = middle } else { above = middle }
        }
        var values: [Double] = []
        var value = low
        for _ in 0..<steps {
            values.append(value)
            value *= below
        }
        return values
    }
}
