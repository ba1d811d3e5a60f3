import CTareLinux

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension RandomStream {
    /// Uniform on `low` to `high`.
    @inlinable
    public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

    /// A whole number of 0 to `bound` - 1, each as likely (Lemire 2019).
    @inlinable
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "there is no whole number of 0 to less than 1")
        return Int(next(upperBound: UInt64(bound)))
    }

    /// Exponential with mean one, by the ziggurat of Marsaglia and Tsang (2000).
    @inlinable
    @inline(__always)
    public mutating func exponential() -> Double {
        let bits = next()
        let layer = Int(truncatingIfNeeded: bits & 255)
        let pair = tare_exponential_pairs().unsafelyUnwrapped[layer]
        let value = Double(Int64(bitPattern: bits &>> 11)) * pair.scale
        if value < pair.next { return value }
        return exponentialEdge(layer, value)
    }

    /// Exponential with the given mean.
    @inlinable
    @inline(__always)
    public mutating func exponential(mean: Double) -> Double { exponential() * mean }

    /// The 1.1% of draws that fall on a layer's edge or in the tail.
    @usableFromInline
    @inline(never)
    mutating func exponentialEdge(_ firstLayer: Int, _ firstValue: Double) -> Double {
        guard let edges = tare_exponential_x(), let heights = tare_exponential_f() else { return firstValue }
        var layer = firstLayer
        var value = firstValue
        var shift = 0.0
        while true {
            if value < edges[layer + 1] { return shift + value }
            if layer == 0 {
                // Beyond the last edge the distribution is itself again, shifted.
                shift += edges[1]
            } else if heights[layer] + uniform() * (heights[layer + 1] - heights[layer]) < exp(-value) {
                return shift + value
            }
            let bits = next()
            layer = Int(truncatingIfNeeded: bits & 255)
            value = Double(Int64(bitPattern: bits >> 11)) * 0x1p-53 * edges[layer]
        }
    }

    /// Normal, by the ziggurat of Marsaglia and Tsang (2000).
    public mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
        guard let edges = tare_normal_x(), let heights = tare_normal_f() else { return mean }
        while true {
            let bits = next()
            let layer = Int(truncatingIfNeeded: bits & 255)
            let sign = bits & 256 == 0 ? 1.0 : -1.0
            let value = Double(Int64(bitPattern: bits >> 11)) * 0x1p-53 * edges[layer]
            if value < edges[layer + 1] { return mean + deviation * sign * value }
            if layer == 0 {
                // The tail beyond the last edge (Marsaglia 1964).
                var x = 0.0
                var y = 0.0
                repeat {
                    x = exponential() / edges[1]
                    y = exponential()
                } while 2 * y < x * x
                return mean + deviation * sign * (edges[1] + x)
            }
            if heights[layer] + uniform() * (heights[layer + 1] - heights[layer]) < exp(-0.5 * value * value) {
                return mean + deviation * sign * value
            }
        }
    }

    /// Lognormal with the given median and the deviation of its natural logarithm.
    public mutating func lognormal(median: Double, sigma: Double) -> Double {
        median * exp(sigma * normal())
    }

    /// Gamma with mean `shape * scale` (Marsaglia and Tsang 2000, "A simple method for generating gamma variables").
    ///
    /// - Precondition: both are above zero.
    public mutating func gamma(shape: Double, scale: Double) -> Double {
        precondition(shape > 0 && scale > 0, "a gamma distribution needs a shape and a scale above zero")
        let boost = shape < 1 ? pow(1 - uniform(), 1 / shape) : 1
        let d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            let u = 1 - uniform()
            if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return d * v * scale * boost }
        }
    }

    /// Triangular on `low` to `high` with its peak at `mode`.
    public mutating func triangular(low: Double, mode: Double, high: Double) -> Double {
        precondition(low <= mode && mode <= high, "a triangle needs low <= mode <= high")
        guard high > low else { return low }
        let u = uniform()
        let split = (mode - low) / (high - low)
        return u < split
            ? low + (u * (high - low) * (mode - low)).squareRoot()
            : high - ((1 - u) * (high - low) * (high - mode)).squareRoot()
    }

    /// True with the given probability.
    @inlinable
    public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

    /// One of measured values, linear between the order statistics.
    @inlinable
    public mutating func empirical(_ distribution: EmpiricalDistribution) -> Double {
        distribution.quantile(uniform())
    }
}
