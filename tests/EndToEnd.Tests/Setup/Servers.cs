using Support.Servers;

namespace EndToEnd.Tests.Setup;

/// <summary>The emulators that all tests share. Each test has streams, topics and queues of its own in them.</summary>
public sealed class Servers : IAsyncLifetime
{
    /// <summary>Kinesis.</summary>
    public KinesaliteServer Kinesis { get; } = new();

    /// <summary>DynamoDB.</summary>
    public DynaliteServer Tables { get; } = new();

    /// <summary>SNS, SQS and S3.</summary>
    public FauxqsServer Sns { get; } = new();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Requirements.MissingReason is null)
        {
            ThrowAwayUser.RemoveLeftovers();
            await Task.WhenAll(Kinesis.StartAsync(), Sns.StartAsync(), Tables.StartAsync());
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Kinesis.DisposeAsync();
        await Sns.DisposeAsync();
        await Tables.DisposeAsync();
    }
}
