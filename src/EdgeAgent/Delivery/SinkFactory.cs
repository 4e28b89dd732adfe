using EdgeAgent.Options;

namespace EdgeAgent.Delivery;

/// <summary>Makes the configured sinks.</summary>
internal static class SinkFactory
{
    /// <summary>A sink of that kind; the caller disposes those that are disposable.</summary>
    internal static IRecordSink Create(SinkKind kind, AgentOptions options) => kind switch
    {
        SinkKind.Kinesis => new KinesisSink(options),
        SinkKind.Jsonl => new JsonLinesSink(
            options.JsonLinesPath == "-"
                ? Console.OpenStandardOutput()
                : new FileStream(options.JsonLinesPath, FileMode.Append, FileAccess.Write, FileShare.Read)),
        _ => new ConsoleSink(Console.Out),
    };
}
