using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>An event that is only named values, as it comes from a log. Its facts hold no process and no rights.</summary>
/// <param name="facts">When, and of which host; <see cref="HostEvent.Sequence"/> is the line it stands in where the log says no number.</param>
public sealed class FieldEvent(EventFacts facts) : HostEvent(facts)
{
    private static readonly ProcessNode NoProcess = new() { Key = ProcessKey.Unknown };

    private static readonly ActorFacts NoActor = new()
    {
        Credentials = new Credentials(
            Credentials.Unset, Credentials.Unset, Credentials.Unset, Credentials.Unset, Credentials.Unset, Credentials.Unset, ProcessKey.Unknown),
    };

    /// <inheritdoc/>
    public override EventKind Kind => EventKind.None;

    /// <summary>The source it was given as.</summary>
    public LogSource Source { get; init; }

    /// <summary>Other sources that the same values are a record of: our own events may belong to several categories.</summary>
    public IReadOnlyList<LogSource> FurtherSources { get; init; } = [];

    /// <summary>Line of the log, from 1; 0 = unknown.</summary>
    public long Line { get; init; }

    /// <summary>The values, by name; case matters.</summary>
    public required IReadOnlyDictionary<string, FieldValue> Fields { get; init; }

    /// <summary>The log gives it a number of its own.</summary>
    internal bool IsNumbered => Fields.TryGetValue(FieldEventHead.SequenceName, out var value) && value.Kind != FieldKind.Null;

    /// <summary>The same event under another number.</summary>
    internal FieldEvent Numbered(ulong sequence) => new(FactsOf(Host, Lane, sequence, TimeNs))
    {
        Source = Source,
        FurtherSources = FurtherSources,
        Line = Line,
        Fields = Fields,
    };

    /// <summary>The facts of such an event.</summary>
    internal static EventFacts FactsOf(HostIdentity host, Lane lane, ulong sequence, long timeNs) => new()
    {
        Host = host,
        Lane = lane,
        Sequence = sequence,
        BootNs = 0,
        TimeNs = timeNs,
        Process = NoProcess,
        Actor = NoActor,
    };
}
