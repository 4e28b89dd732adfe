using Amazon.Runtime;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Spool;

namespace EdgeAgent.Delivery;

/// <summary>Makes the configured sinks.</summary>
internal static class SinkFactory
{
    /// <summary>A sink of that kind; the caller disposes those that are disposable.</summary>
    /// <exception cref="SinkException">It cannot be made as configured.</exception>
    internal static IRecordSink Create(SinkKind kind, AgentOptions options) => kind switch
    {
        SinkKind.Kinesis => CreateKinesis(options),
        SinkKind.Jsonl => new JsonLinesSink(options.JsonLinesPath == "-" ? StandardStream.Output() : OpenFile(options.JsonLinesPath)),

        _ => new ConsoleSink(new StreamWriter(StandardStream.Output())),
    };

    /// <summary>Makes all configured sinks and gives them up again. Pipes are left out: their readers would take it for the end.</summary>
    /// <exception cref="SinkException">One cannot be made as configured.</exception>
    internal static void Check(AgentOptions options)
    {
        foreach (var kind in options.Sinks.Where(kind => kind != SinkKind.Jsonl || options.JsonLinesPath == "-" || IsPlain(options.JsonLinesPath)))
        {
            (Create(kind, options) as IDisposable)?.Dispose();
        }

        // What else may be wrong with its folder does not keep the agent from running, and is reported when it does.
        CreateSpool(options, _ => { })?.Dispose();
    }

    /// <summary>The spool of the sink that has one; null when none has. It holds the folder until disposed.</summary>
    /// <exception cref="SinkException">Another agent uses the folder.</exception>
    internal static DiskSpool? CreateSpool(AgentOptions options, Action<string> report)
    {
        try
        {
            return options.Sinks.Contains(SinkKind.Kinesis) ? new DiskSpool(options.SpoolPath, options.SpoolBytes, TimeProvider.System, report) : null;
        }
        catch (SpoolInUseException e)
        {
            throw new SinkException(e.Message, e);
        }
    }

    private static unsafe bool IsPlain(string path)
    {
        LibC.Statx stat;
        return LibC.statx(LibC.AT_FDCWD, path, 0, LibC.STATX_BASIC_AND_BTIME, &stat) != 0 || (stat.Mode & LibC.S_IFMT) == LibC.S_IFREG;
    }

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
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"jsonl.path: {path} cannot be written: {e.Message}", e);
        }
    }
}
