using Amazon.Runtime;
using EdgeAgent.Options;

namespace EdgeAgent.Delivery;

/// <summary>Makes the configured sinks.</summary>
internal static class SinkFactory
{
    /// <summary>A sink of that kind; the caller disposes those that are disposable.</summary>
    /// <exception cref="SinkException">It cannot be made as configured.</exception>
    internal static IRecordSink Create(SinkKind kind, AgentOptions options) => kind switch
    {
        SinkKind.Kinesis => CreateKinesis(options),
        SinkKind.Jsonl => new JsonLinesSink(options.JsonLinesPath == "-" ? Console.OpenStandardOutput() : OpenFile(options.JsonLinesPath)),

        // Not Console.Out: it writes in the encoding of the locale, and what reads the lines matches on UTF-8.
        _ => new ConsoleSink(new StreamWriter(Console.OpenStandardOutput())),
    };

    private static KinesisSink CreateKinesis(AgentOptions options)
    {
        try
        {
            return new KinesisSink(options);
        }
        catch (AmazonClientException e)
        {
            throw new SinkException($"kinesis.region: {e.Message}; write for example eu-west-1", e);
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            // Unbuffered: what a full disk refused must not be written a second time by a later flush.
            return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"jsonl.path: {path} cannot be written: {e.Message}", e);
        }
    }
}
