import TareCore

/// The verdict on one claim: its wording, the rule that decided, and every cell behind it.
///
/// The JSON keys are public (Docs/schemas/claim.schema.json).
public struct ClaimResult: Codable, Sendable, Hashable {
    /// The words that a verdict can be.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// The interval is inside the band in at least 95% of the scope's weighted cells.
        case supported
        /// The interval is wholly below the band in at least 95%.
        case refutedLower = "refuted-lower"
        /// The interval is wholly above the band in at least 95%.
        case refutedHigher = "refuted-higher"
        /// Neither: a boundary runs through the scope.
        case depends
        /// The interval crosses an edge of the band and is wider than wanted, or there are too few runs for one.
        case inconclusive
        /// No number was agreed, or none can be had.
        case untestable
    }

    /// How certain the verdict is, as in GRADE.
    public enum Certainty: String, Codable, Sendable, CaseIterable {
        /// `is`
        case high
        /// `probably is`
        case moderate
        /// `may be`
        case low
        /// `we do not know`
        case veryLow = "very-low"
    }

    /// One cell's value.
    public struct CellShare: Codable, Sendable, Hashable {
        /// The workload's id.
        public var workload: String
        /// The guest OS's id.
        public var guest: String
        /// What the share is of: `virtual`, `allocated`, `used`, `wire`, or a memory weight.
        public var denominator: String
        /// The share, 0 to 1.
        public var share: Double
        /// The 95% interval of the share; both ends the value for an exact count, empty where there are too few runs.
        public var interval: [Double]
        /// What kind of number it is.
        public var evidence: Evidence
        /// The numerator in bytes.
        public var partBytes: Double
        /// The denominator in bytes.
        public var wholeBytes: Double
        /// Instances side by side; 1 for one instance alone.
        public var instances: Int
        /// Independent values behind it; `nil` for an exact count, or where nobody said.
        public var runs: Int?
        /// Runs in all that would tell on which side of the band it lies; `nil` where it is told already.
        public var runsNeeded: Int?

        enum CodingKeys: String, CodingKey {
            case workload, guest, denominator, share, interval, evidence, instances, runs
            case runsNeeded = "runs_needed"
            case partBytes = "part_bytes"
            case wholeBytes = "whole_bytes"
        }

        /// Makes a cell's value.
        public init(
            workload: String,
            guest: String,
            denominator: String,
            share: Double,
            interval: [Double],
            evidence: Evidence,
            partBytes: Double,
            wholeBytes: Double,
            instances: Int = 1,
            runs: Int? = nil,
            runsNeeded: Int? = nil
        ) {
            self.workload = workload
            self.guest = guest
            self.denominator = denominator
            self.share = share
            self.interval = interval
            self.evidence = evidence
            self.partBytes = partBytes
            self.wholeBytes = wholeBytes
            self.instances = instances
            self.runs = runs
            self.runsNeeded = runsNeeded
        }
    }

    /// The verdict for one denominator.
    public struct DenominatorVerdict: Codable, Sendable, Hashable {
        /// `virtual`, `allocated`, `used`, `wire`, or a memory weight.
        public var denominator: String
        /// The verdict by this denominator alone.
        public var verdict: Verdict
        /// The median share over the cells.
        public var estimate: Double?
        /// The interval of that median, or the range over the cells where they are too few.
        public var interval: [Double]
        /// Cells inside, below and above the band.
        public var inside: Int
        /// Cells wholly below the band.
        public var below: Int
        /// Cells wholly above the band.
        public var above: Int

        /// Makes a verdict for one denominator.
        public init(
            denominator: String,
            verdict: Verdict,
            estimate: Double?,
            interval: [Double],
            inside: Int,
            below: Int,
            above: Int
        ) {
            self.denominator = denominator
            self.verdict = verdict
            self.estimate = estimate
            self.interval = interval
            self.inside = inside
            self.below = below
            self.above = above
        }
    }

    /// The claim's id: `os-share-disk`.
    public var id: String
    /// The claim as it was said.
    public var text: String
    /// The claim made testable: `share(os, disk.used, per=instance)`.
    public var quantity: String
    /// The band, as shares of 0 to 1; an open side is 0 or 1.
    ///
    /// Empty where no number was agreed.
    public var band: [Double]
    /// The verdict over the whole scope.
    public var verdict: Verdict
    /// The median over the cells; `nil` where there is none.
    public var estimate: Double?
    /// The 95% interval of the estimate.
    public var interval: [Double]
    /// What was looked at, in words.
    public var scope: String
    /// The rule that separates the cells where it holds from the others, in words with numbers.
    public var boundary: String
    /// The kinds of evidence behind it: the weakest decides.
    public var evidence: Evidence
    /// How certain it is.
    public var certainty: Certainty
    /// Why the certainty is not higher.
    public var reasons: [String]
    /// The sentence that a reader gets, verb chosen by certainty.
    public var sentence: String
    /// One verdict a denominator.
    public var denominators: [DenominatorVerdict]
    /// Every cell.
    public var cells: [CellShare]

    /// Makes a result.
    public init(
        id: String,
        text: String,
        quantity: String,
        band: [Double],
        verdict: Verdict,
        estimate: Double?,
        interval: [Double],
        scope: String,
        boundary: String,
        evidence: Evidence,
        certainty: Certainty,
        reasons: [String],
        sentence: String,
        denominators: [DenominatorVerdict],
        cells: [CellShare]
    ) {
        self.id = id
        self.text = text
        self.quantity = quantity
        self.band = band
        self.verdict = verdict
        self.estimate = estimate
        self.interval = interval
        self.scope = scope
        self.boundary = boundary
        self.evidence = evidence
        self.certainty = certainty
        self.reasons = reasons
        self.sentence = sentence
        self.denominators = denominators
        self.cells = cells
    }
}
