import TareExperiment

/// Every chart of a report as an SVG file of its own, with its style inside.
public struct ChartSet: Sendable {
    private let data: ReportData

    /// Makes a set.
    public init(dataset: Dataset, claims: [ClaimResult], options: ReportOptions = ReportOptions()) {
        data = ReportData(dataset: dataset, claims: claims, options: options)
    }

    /// The files by name, in the page's order: `disk-by-owner-absolute.svg`.
    ///
    /// - Complexity: O(samples log samples). Pure.
    public func render() -> [(name: String, svg: String)] {
        data.figures.flatMap { figure in
            figure.charts.enumerated().map { index, chart in
                let suffix = figure.charts.count > 1 ? "-" + Markup.identifier(chart.label) : ""
                let svg = chart.drawing.svg(
                    id: "\(figure.id)-\(index)", title: figure.title, finding: figure.caption, standalone: true)
                return (name: figure.id + suffix + ".svg", svg: svg + "\n")
            }
        }
    }
}
