namespace EdgeAgent.Parsing;

/// <summary>Why a record could not be parsed. Any of these means that probes and agent do not belong together, or memory damage.</summary>
internal enum ParseFault
{
    None = 0,
    TooShort,
    UnknownVersion,
    UnknownKind,
    UnknownLane,
    LengthMismatch,
}
