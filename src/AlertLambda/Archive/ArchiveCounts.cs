namespace AlertLambda.Archive;

/// <summary>What happened in one batch of the archive function.</summary>
internal sealed class ArchiveCounts
{
    /// <summary>Events written.</summary>
    public long Events { get; set; }

    /// <summary>Frames without events.</summary>
    public int Dropped { get; set; }

    /// <summary>Records that Firehose keeps as they came.</summary>
    public int Failed { get; set; }

    /// <summary>Bytes of JSON lines before compression and base64.</summary>
    public long LineBytes { get; set; }
}
