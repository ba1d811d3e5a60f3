/// Ranks with ties at their mean, and what the ties do to a variance.
struct Ranks {
    /// The rank of each value in the order given, from 1.
    var ranks: [Double]
    /// Sum of t^3 - t over the groups of equal values.
    var tieTerm: Double

    init(_ values: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        ranks = [Double](repeating: 0, count: values.count)
        tieTerm = 0
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for position in start..<end { ranks[order[position]] = Double(start + 1 + end) / 2 }
            let size = Double(end - start)
            tieTerm += size * size * size - size
            start = end
        }
    }
}
