import TareCore
import TareExperiment

/// A dataset with all that every section of a report asks of it, computed once.
struct ReportData: Sendable {
    let dataset: Dataset
    let claims: [ClaimResult]
    let options: ReportOptions
    let index: SampleIndex
    let groups: [CellGroup]
    /// The group that the figures show.
    let reference: CellGroup?

    init(dataset: Dataset, claims: [ClaimResult], options: ReportOptions) {
        self.dataset = dataset
        self.claims = claims
        self.options = options
        index = SampleIndex(dataset)
        groups = CellGroup.groups(of: dataset.cells)
        reference = CellGroup.reference(groups)
    }

    /// The cell of the figures with the most instances.
    var largest: Cell? { reference?.cells.last }

    /// The weight that figures of a family open with.
    func weight(of family: String) -> String? {
        let names = index.quantities.filter { $0.hasPrefix(family + ".") }
        return ["disk.used", "mem.pss"].first { names.contains($0) } ?? names.first
    }

    /// Figures of every section, in the page's order.
    var figures: [Figure] {
        VerdictSection(data: self).figures + GlanceSection(data: self).figures + DensitySection(data: self).figures
            + DuplicationSection(data: self).figures + StartSection(data: self).figures
            + BootSection(data: self).figures + LayerSection(data: self).figures + MapSection(data: self).figures
            + SensitivitySection(data: self).figures
    }
}
