namespace LocalPipeline.DeployCheck;

/// <summary>The hosts that a cost is told for, and what they send.</summary>
/// <param name="Hosts">How many, 0..1,000,000.</param>
/// <param name="EventsPerSecond">Events that leave each host, a second on average, 0..10,000.</param>
internal sealed record Fleet(int Hosts, decimal EventsPerSecond)
{
    private const decimal Seconds = Prices.Hours * 3600;

    // Events as measured (docs/operations.md, Archive; a little more, for frames of few events). The rest is assumed, as docs/cost.md says.
    private const decimal BytesOfEvent = 25;
    private const decimal BytesOfFrame = 150;
    private const decimal QuietFrames = 2m / 60;
    private const decimal BytesOfArchivedEvent = 100;

    /// <summary>Events a month.</summary>
    internal decimal Events => Hosts * EventsPerSecond * Seconds;

    /// <summary>Frames a month: one a second while there are events, two a minute without. Larger ones than 24 KiB are divided.</summary>
    internal decimal Frames => Hosts * Seconds * Math.Max(Math.Clamp(EventsPerSecond, QuietFrames, 1), EventsPerSecond * BytesOfEvent / (24 * 1024));

    /// <summary>Bytes a month in the stream.</summary>
    internal decimal Bytes => Events * BytesOfEvent + Frames * BytesOfFrame;

    /// <summary>Bytes a month in the archive.</summary>
    internal decimal ArchivedBytes => Events * BytesOfArchivedEvent;

    /// <summary>Records a month of which each is counted as at least so many bytes.</summary>
    internal decimal BytesRoundedUpTo(decimal unit) => Frames == 0 ? 0 : Frames * Math.Ceiling(Bytes / Frames / unit) * unit;
}
