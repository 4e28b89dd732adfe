using System.Globalization;

namespace Detection.Tests.Oracle;

/// <summary>An event as it is drawn: small numbers, so that collisions of every kind are common. Events of one lane stand in its order.</summary>
/// <param name="Host">0 or 1.</param>
/// <param name="Boot">0 or 1.</param>
/// <param name="Lane">0 or 1.</param>
/// <param name="Ns">Time since boot; whole seconds and less than a millisecond more or less.</param>
/// <param name="Letters">Rules that match, as letters.</param>
/// <param name="Process">Index into <see cref="World.Parents"/>.</param>
/// <param name="Session">0 and 3 audit sessions, 1 leader only, 2 unknown.</param>
/// <param name="Container">cgroup id; 0 = unknown.</param>
/// <param name="User">Name, or empty: then the event lacks the field.</param>
/// <param name="Effective">As <paramref name="User"/>, for another field.</param>
/// <param name="Text">Current directory: text that may be a number; empty = lacking.</param>
/// <param name="Number">Group id: a number that is always there.</param>
internal sealed record EventSpec(
    int Host, int Boot, int Lane, long Ns, string Letters, int Process, int Session, int Container, string User, string Effective,
    string Text, int Number)
{
    /// <summary>Numbers of the lane before this one that were filtered on the host.</summary>
    public int Filtered { get; init; }

    /// <summary>Numbers between the filtered ones and this one that were lost.</summary>
    public int LostBefore { get; init; }

    /// <summary>Numbers after this one that were lost.</summary>
    public int LostAfter { get; init; }

    /// <summary>Host, boot and lane.</summary>
    public (int Host, int Boot, int Lane) Place => (Host, Boot, Lane);

    /// <summary>The text that a field of rules holds; null when the event lacks it.</summary>
    public string? Field(string name)
    {
        var text = name switch
        {
            "User" => User,
            "EffectiveUser" => Effective,
            "CurrentDirectory" => Text,
            "Gid" => Number.ToString(CultureInfo.InvariantCulture),
            _ => "",
        };
        return text.Length == 0 ? null : text;
    }
}
