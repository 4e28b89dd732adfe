namespace Wire.Model;

/// <summary>
/// A batch of events of one host, boot and lane. Covers <see cref="Range"/> completely: a number inside it that is neither an
/// event nor inside <see cref="Lost"/> was kept on the host: filtered, or told by an event like it (<see cref="HostEvent.Repeated"/>). The next frame of the lane starts at <c>Range.Last + 1</c>.
/// </summary>
public sealed class Frame
{
    /// <summary>Where the events come from.</summary>
    public required HostIdentity Host { get; init; }

    /// <summary>The lane they came through.</summary>
    public required Lane Lane { get; init; }

    /// <summary>The numbers that this frame accounts for.</summary>
    public required SequenceRange Range { get; init; }

    /// <summary>Unix time (UTC) of boot-time zero in ns, as the agent fixed it at its start.</summary>
    public required long BootTimeUnixNs { get; init; }

    /// <summary>Events by ascending sequence.</summary>
    public required IReadOnlyList<HostEvent> Events { get; init; }

    /// <summary>Losses by ascending range, not overlapping; each inside <see cref="Range"/>.</summary>
    public IReadOnlyList<LostRange> Lost { get; init; } = [];

    /// <summary>Until when lanes of the host are complete, by ascending lane, each at most once; the frame's own lane or others.</summary>
    public IReadOnlyList<LaneProgress> Progress { get; init; } = [];

    /// <summary>What the agent says of itself; null = nothing, as in most frames.</summary>
    public Heartbeat? Heartbeat { get; init; }

    /// <summary>
    /// The frame that its sender sent before this one, of the same host and boot, whatever its lane; null = the first of a chain. As good as the
    /// sender: a digest needs no key.
    /// </summary>
    public FrameDigest? Previous { get; init; }

    /// <summary>
    /// Events of kinds this version does not know: counted by the decoder, stepped over, not among <see cref="Events"/>.
    /// The encoder does not carry the number on.
    /// </summary>
    public int UnknownEvents { get; init; }
}
