using Support.Servers;

namespace Support.Lambda;

/// <summary>The settings of an event source mapping, under Lambda's names.</summary>
public sealed class EventSourceMappingOptions
{
    /// <summary>The stream to read.</summary>
    public required string StreamName { get; init; }

    /// <summary>At most so many records per invocation, 1 to 10000. Default 100, as Lambda's.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>How often a batch that failed is tried again without progress. Default 2; Lambda's own is without end.</summary>
    public int MaximumRetryAttempts { get; init; } = 2;

    /// <summary>Whether a batch that failed as a whole is cut into halves; that uses up no retry. Default <c>false</c>.</summary>
    public bool BisectBatchOnFunctionError { get; init; }

    /// <summary>
    /// Whether the response is searched for <c>batchItemFailures</c>. Default <c>true</c>; Lambda's own is <c>false</c>.
    /// </summary>
    public bool ReportBatchItemFailures { get; init; } = true;

    /// <summary>The member <c>encryptionType</c> of each record, which some sources add; <c>null</c> to leave it out.</summary>
    public string? EncryptionType { get; init; }

    /// <summary>The pause before a retry and between rounds of polling. Default 20 ms; Lambda waits about a second.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The ARN in each event.</summary>
    internal string StreamArn => $"arn:aws:kinesis:{DummyAws.Region}:{DummyAws.AccountId}:stream/{StreamName}";
}
