import TareCore

extension RunOverrides {
    /// Reads a duration as a scenario has it: `20min`, `90s`.
    ///
    /// - Parameters:
    ///   - text: what the user wrote.
    ///   - flag: the flag that it was given to, for the error.
    /// - Returns: seconds.
    /// - Throws: `usage` with the spelling that was probably meant.
    public static func seconds(_ text: String, flag: String) throws(TareError) -> Double {
        do throws(UnitFailure) { return try UnitText.seconds(text) } catch { throw refused(error, flag) }
    }

    /// Reads a percentage as a scenario has it: `5%`.
    ///
    /// - Parameters:
    ///   - text: what the user wrote.
    ///   - flag: the flag that it was given to, for the error.
    /// - Returns: a share of 0 to 1.
    /// - Throws: `usage` with the spelling that was probably meant.
    public static func share(_ text: String, flag: String) throws(TareError) -> Double {
        do throws(UnitFailure) { return try UnitText.share(text) } catch { throw refused(error, flag) }
    }

    private static func refused(_ failure: UnitFailure, _ flag: String) -> TareError {
        TareError(.usage, subject: flag, failure.message, hint: failure.hint)
    }
}
