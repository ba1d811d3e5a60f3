/// Something that is allowed and probably not meant; named and worded after BuildKit's documented build checks.
public struct Warning: Hashable, Sendable {
    /// The check's name, as `# check=skip=` takes it.
    public var rule: Rule
    /// Where.
    public var position: SourcePosition
    /// What and why.
    public var message: String

    /// A check.
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// A stage's name has capitals.
        case stageNameCasing = "StageNameCasing"
        /// `FROM` and `as` are not written alike.
        case fromAsCasing = "FromAsCasing"
        /// An empty line within a continued instruction.
        case noEmptyContinuation = "NoEmptyContinuation"
        /// Keywords are not written alike.
        case consistentInstructionCasing = "ConsistentInstructionCasing"
        /// Two stages have one name.
        case duplicateStageName = "DuplicateStageName"
        /// A stage is called `scratch` or `context`.
        case reservedStageName = "ReservedStageName"
        /// `CMD` or `ENTRYPOINT` in the shell form, where signals go to the shell.
        case jsonArgsRecommended = "JSONArgsRecommended"
        /// `MAINTAINER`.
        case maintainerDeprecated = "MaintainerDeprecated"
        /// `FROM` uses an argument that is not declared.
        case undefinedArgInFrom = "UndefinedArgInFrom"
        /// `FROM` uses an argument without a default that makes a valid name.
        case invalidDefaultArgInFrom = "InvalidDefaultArgInFrom"
        /// A relative `WORKDIR` without an absolute one before.
        case workdirRelativePath = "WorkdirRelativePath"
        /// A variable that nothing declares.
        case undefinedVar = "UndefinedVar"
        /// `CMD`, `ENTRYPOINT` or `HEALTHCHECK` twice in a stage.
        case multipleInstructionsDisallowed = "MultipleInstructionsDisallowed"
        /// `ENV name value`.
        case legacyKeyValueFormat = "LegacyKeyValueFormat"
        /// `--platform=$TARGETPLATFORM`, which is the default.
        case redundantTargetPlatform = "RedundantTargetPlatform"
        /// `--platform` with a fixed value.
        case fromPlatformFlagConstDisallowed = "FromPlatformFlagConstDisallowed"
        /// A secret's name in `ARG` or `ENV`, which stay in the image.
        case secretsUsedInArgOrEnv = "SecretsUsedInArgOrEnv"
        /// `EXPOSE 80/TCP`.
        case exposeProtoCasing = "ExposeProtoCasing"
        /// `EXPOSE` with an address or two ports.
        case exposeInvalidFormat = "ExposeInvalidFormat"
        /// Text behind a JSON list, which is ignored. Tare's own.
        case ignoredAfterList = "IgnoredAfterList"
    }
}
