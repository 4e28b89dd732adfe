using Wire.Model;

namespace Wire.Codec;

/// <summary>What nearly all events of a kind have, so that it is written only where it differs. Part of the format.</summary>
internal static class UsualValues
{
    /// <summary>What the first entry of the table of actors takes for the entry before it.</summary>
    public static readonly ActorFacts ActorBeforeFirst = new() { Credentials = new Credentials(0, 0, 0, 0, Credentials.Unset, Credentials.Unset, default) };

    /// <summary>An event is sent for one of these reasons, or as the context of others.</summary>
    public static EventFlags Flags(EventKind kind) => kind switch
    {
        EventKind.Exec or EventKind.FileOpen => EventFlags.Sensitive,
        EventKind.Connect or EventKind.Send => EventFlags.External,
        _ => EventFlags.None,
    };

    /// <summary>TCP for a connect, UDP for a datagram.</summary>
    public static byte Protocol(EventKind kind) => kind == EventKind.Connect ? (byte)6 : (byte)17;

    /// <summary>A region's zones are named after it, with a letter.</summary>
    public static ReadOnlySpan<char> Region(string availabilityZone) => availabilityZone.Length == 0 ? "" : availabilityZone.AsSpan()[..^1];
}
