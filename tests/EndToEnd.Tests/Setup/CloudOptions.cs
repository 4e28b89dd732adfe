namespace EndToEnd.Tests.Setup;

/// <summary>What a test wants otherwise than usual.</summary>
internal sealed class CloudOptions
{
    /// <summary>Shards of the stream; 0 to make no stream yet.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>The folder of the rules.</summary>
    public string RulesPath { get; init; } = Programs.Rules;

    /// <summary>The file that tunes the rules; <c>null</c> for none.</summary>
    public string? TuningPath { get; init; }

    /// <summary>How long the poller of the stream rests; <c>null</c> for hardly at all.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>Where the function finds SNS; <c>null</c> for the server itself.</summary>
    public Uri? SnsEndpoint { get; init; }

    /// <summary>Where the function finds DynamoDB; <c>null</c> for the server itself.</summary>
    public Uri? TablesEndpoint { get; init; }
}
