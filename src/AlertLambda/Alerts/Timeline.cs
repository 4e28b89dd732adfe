using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>Which witnesses an alert shows.</summary>
public static class Timeline
{
    /// <summary>The first and the last witnesses with their numbers (from 1), at most <paramref name="max"/>, in event order.</summary>
    public static IReadOnlyList<(int Number, Witness Witness)> Shown(Incident incident, int max)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var count = incident.Witnesses.Count;
        var first = count <= max ? count : (max + 1) / 2;
        var last = count <= max ? 0 : max - first;
        return [.. Enumerable.Range(0, first).Concat(Enumerable.Range(count - last, last)).Select(i => (i + 1, incident.Witnesses[i]))];
    }

    /// <summary>What the witness did, whoever logged in first, with program and command line where it is a start.</summary>
    public static string Describe(IMarkup markup, HostEvent hostEvent, int commandLength)
    {
        ArgumentNullException.ThrowIfNull(markup);
        ArgumentNullException.ThrowIfNull(hostEvent);
        var actor = Actor.Of(hostEvent);
        var program = Phrases.Program(markup, hostEvent.Process);
        var pid = FormattableString.Invariant($"(pid {hostEvent.Process.Key.Pid})");
        if (hostEvent.Kind == EventKind.Exec)
        {
            return $"{actor.Short(markup, hostEvent)} ran {program} {pid}: {Command(markup, hostEvent.Process, commandLength)}";
        }

        if (actor.LoggedIn && Phrases.IsDeed(hostEvent))
        {
            return $"{actor.Short(markup, hostEvent)} {Phrases.Action(markup, hostEvent)} with {program} {pid}";
        }

        var acting = actor.ActingAs(markup, hostEvent) is { } other ? $" as {other}" : "";
        return $"{program} {pid}{acting} {Phrases.Action(markup, hostEvent)}";
    }

    /// <summary>The command line, else the image, else the short name in brackets as <c>ps</c> shows it.</summary>
    public static string Command(IMarkup markup, ProcessNode process, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(markup);
        ArgumentNullException.ThrowIfNull(process);
        if (process.Arguments.Count > 0)
        {
            return markup.Name(process.CommandLine, maxLength) + (process.ArgumentsTruncated ? " (longer than the sensor reads)" : "");
        }

        return process.Image.Length > 0 ? markup.Name(process.Image, maxLength) : markup.Name($"[{process.Comm}]", maxLength);
    }
}
