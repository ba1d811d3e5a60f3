import TareExperiment

/// The shape of a verdict: told apart without colour, and always beside its word.
enum VerdictIcon {
    /// The shape as an SVG element that says nothing to those who hear the page: the word beside it does.
    static func svg(_ verdict: ClaimResult.Verdict) -> String {
        "<svg viewBox=\"0 0 36 36\" aria-hidden=\"true\">\(shape(verdict))</svg>"
    }

    private static func shape(_ verdict: ClaimResult.Verdict) -> String {
        let disc = "<circle cx=\"18\" cy=\"18\" r=\"16\" class=\"ink\"/>"
        switch verdict {
        case .supported: return disc + "<path d=\"M10 18l6 6 11-12\" class=\"cut\"/>"
        case .refutedLower: return square + "<path d=\"M18 8v19M10 19l8 8 8-8\" class=\"cut\"/>"
        case .refutedHigher: return square + "<path d=\"M18 28V9M10 17l8-8 8 8\" class=\"cut\"/>"
        case .depends:
            return "<path d=\"M18 1L35 18 18 35 1 18Z\" class=\"ring\"/><path d=\"M18 1v34L1 18Z\" class=\"ink\"/>"
        case .inconclusive:
            return "<circle cx=\"18\" cy=\"18\" r=\"15\" class=\"ring\"/><path d=\"M7 18h22\" class=\"stroke\"/>"
                + "<circle cx=\"18\" cy=\"18\" r=\"4\" class=\"ink\"/>"
        case .untestable:
            return "<circle cx=\"18\" cy=\"18\" r=\"15\" class=\"ring modelled\"/>"
                + "<path d=\"M13 14q0-5 5-5t5 5q0 3-5 5v3\" class=\"stroke\"/><circle cx=\"18\" cy=\"27\" r=\"2\" class=\"ink\"/>"
        }
    }

    private static let square = "<rect x=\"2\" y=\"2\" width=\"32\" height=\"32\" rx=\"3\" class=\"ink\"/>"
}
