/// Adjusts p values for testing many cells at once (Holm 1979).
public enum Holm {
    /// The adjusted p values in the order given: reject at level a where the adjusted value is at most a.
    ///
    /// - Complexity: O(n log n).
    public static func adjusted(_ pValues: [Double]) -> [Double] {
        let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
        var result = pValues
        var running = 0.0
        for (position, index) in order.enumerated() {
            running = max(running, min(1, pValues[index] * Double(pValues.count - position)))
            result[index] = running
        }
        return result
    }
}
