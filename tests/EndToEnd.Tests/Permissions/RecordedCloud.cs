using Support.Lambda;
using Support.Servers;

namespace EndToEnd.Tests.Permissions;

/// <summary>A stream and the three tasks of the function, each a process of its own.</summary>
internal sealed class RecordedCloud(
    KinesaliteServer kinesis, string stream, string table, LambdaRuntimeApi function, LambdaRuntimeApi sweep, LambdaRuntimeApi archive) : IAsyncDisposable
{
    /// <summary>The name of the stream.</summary>
    public string Stream { get; } = stream;

    /// <summary>The name of the table.</summary>
    public string Table { get; } = table;

    /// <summary>What takes the stream.</summary>
    public LambdaRuntimeApi Function { get; } = function;

    /// <summary>What the schedule calls.</summary>
    public LambdaRuntimeApi Sweep { get; } = sweep;

    /// <summary>What Firehose calls.</summary>
    public LambdaRuntimeApi Archive { get; } = archive;

    /// <summary>What reads the stream for the function.</summary>
    public KinesisEventSourceMapping Mapping { get; } = new(
        kinesis.Client, new EventSourceMappingOptions { StreamName = stream, MaximumRetryAttempts = int.MaxValue }, function.InvokeAsync);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Function.DisposeAsync();
        await Sweep.DisposeAsync();
        await Archive.DisposeAsync();
    }
}
