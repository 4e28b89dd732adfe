namespace EdgeAgent.Parsing;

/// <summary>Why a record could not be parsed. All but the last mean that probes and agent do not belong together, or memory damage.</summary>
internal enum ParseFault
{
    None = 0,
    TooShort,
    UnknownVersion,
    UnknownKind,
    UnknownLane,
    LengthMismatch,

    /// <summary>The kernel part could not get a number for it.</summary>
    NoNumber,
}
