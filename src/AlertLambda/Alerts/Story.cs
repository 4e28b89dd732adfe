using System.Globalization;
using System.Text;
using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>
/// An incident as one sentence with names and elapsed times: "alice (uid 1000) on web-3 ran sudo; 2.1 s later alice (as root) opened
/// /etc/shadow with cat."
/// </summary>
/// <remarks>People first: whoever logged in is the subject, and the rights in use stand behind. Without a login it is the program.</remarks>
public static class Story
{
    /// <summary>Witnesses told one by one; of more, only the first two and the last are.</summary>
    private const int MaxTold = 4;

    /// <summary>The sentence, escaped for the medium of <paramref name="markup"/>.</summary>
    public static string Tell(Incident incident, IMarkup markup)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var witnesses = incident.Witnesses;
        var story = new StringBuilder(Opening(markup, witnesses[0].Event));
        for (var i = 1; i < witnesses.Count; i++)
        {
            var when = Later(witnesses[i - 1].Event, witnesses[i].Event);
            if (witnesses.Count > MaxTold && i == 2)
            {
                story.Append(CultureInfo.InvariantCulture, $"; {witnesses.Count - 3} more events followed");
                i = witnesses.Count - 1;
                when = $"{Phrases.Elapsed(witnesses[i].Event.TimeNs - witnesses[0].Event.TimeNs)} after the first";
            }

            story.Append("; ").Append(Sequel(markup, witnesses[i - 1].Event, witnesses[i].Event, when));
        }

        return story.Append('.').ToString();
    }

    private static string Opening(IMarkup markup, HostEvent first)
    {
        var actor = Actor.Of(first);
        var who = actor.Full(markup, first);
        var where = markup.Name(Phrases.Host(first.Host), Phrases.NameLength);
        var program = Phrases.Program(markup, first.Process);
        return first.Kind == EventKind.Exec ? $"{who} on {where} ran {program}"
            : actor.LoggedIn && Phrases.IsDeed(first) ? $"{who} on {where} {Phrases.Action(markup, first)} with {program}"
            : $"{program}, run by {who} on {where}, {Phrases.Action(markup, first)}";
    }

    private static string Later(HostEvent before, HostEvent now) =>
        now.TimeNs == before.TimeNs ? "at the same time" : $"{Phrases.Elapsed(now.TimeNs - before.TimeNs)} later";

    private static string Sequel(IMarkup markup, HostEvent before, HostEvent now, string when)
    {
        var actor = Actor.Of(now);
        var program = Phrases.Program(markup, now.Process);
        var where = now.Host.HostId == before.Host.HostId ? "" : $" on {markup.Name(Phrases.Host(now.Host), Phrases.NameLength)}";
        if (now.Kind == EventKind.Exec)
        {
            return $"{when} {actor.Short(markup, now)}{where} ran {program}";
        }

        var isKnown = actor.Uid == Actor.Of(before).Uid && where.Length == 0;
        if (actor.LoggedIn && Phrases.IsDeed(now))
        {
            return $"{when} {(isKnown ? actor.Short(markup, now) : actor.Full(markup, now))}{where} {Phrases.Action(markup, now)} with {program}";
        }

        var whose = !isKnown ? $" of {actor.Full(markup, now)}{where}" : actor.ActingAs(markup, now) is { } other ? $", as {other}," : "";
        return $"{when} {program}{whose} {Phrases.Action(markup, now)}";
    }
}
