namespace EdgeAgent.Options;

/// <summary>Where events go.</summary>
public enum SinkKind
{
    /// <summary>A Kinesis data stream, as frames.</summary>
    Kinesis,

    /// <summary>Lines for people on standard output: watched files and commands, external traffic.</summary>
    Console,

    /// <summary>All events as JSON lines, for log shippers.</summary>
    Jsonl,
}
