using System.Globalization;
using System.Text;
using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>The text of the Slack message: the story, then what fits of the facts, most useful first.</summary>
public static class SlackDescription
{
    /// <summary>Greatest length, characters. Longer messages are folded by Slack and read by nobody.</summary>
    public const int MaxLength = 2500;

    private const int CommandLength = 120;
    private const int MaxWitnesses = 6;
    private const int MaxGenerations = 8;
    private const string Cut = "_(cut: the e-mail has the rest)_";

    private static readonly SlackMarkup Markup = new();

    /// <summary>The text: whole lines only, at most <see cref="MaxLength"/> characters, says so when lines are missing.</summary>
    public static string Write(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var text = new StringBuilder();
        foreach (var line in Lines(incident))
        {
            // Whole lines only: no cut can leave half an entity or an open code span.
            if (text.Length + line.Length + 1 > MaxLength - Cut.Length)
            {
                return text.Append(Cut).ToString();
            }

            text.Append(line).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static IEnumerable<string> Lines(Incident incident)
    {
        yield return Summary.Story(incident, Markup);
        if (incident.Witnesses.Count == 0)
        {
            yield return RuleAndIncident(incident);
            yield break;
        }

        var last = incident.Witnesses[^1].Event;
        yield return $"*Where:* {Where(last.Host)}";
        yield return $"*Who:* {Who(last)}";
        yield return incident.FirstTimeNs == incident.LastTimeNs
            ? $"*When:* {Phrases.Utc(incident.LastTimeNs)}"
            : $"*When:* {Phrases.Utc(incident.FirstTimeNs)} to {Phrases.TimeOfDay(incident.LastTimeNs)} ({Phrases.Elapsed(incident.LastTimeNs - incident.FirstTimeNs)})";
        yield return $"*Process chain:* {Chain(last.Process)}";
        if (Phrases.Certainty(incident) is { } certainty)
        {
            yield return $"*Verdict:* {certainty}";
        }

        if (incident.Late)
        {
            yield return "*Reported late:* an event that arrived out of order completed it.";
        }

        foreach (var line in Witnesses(incident))
        {
            yield return line;
        }

        foreach (var harmless in incident.Rule.FalsePositives.Take(3))
        {
            yield return $"*Possibly harmless:* {SlackMarkup.Prose(harmless, CommandLength * 2)}";
        }

        if (TuningSnippet.Of(incident) is not null)
        {
            var filter = TuningSnippet.Fields(incident).Select(field => $"{field.Key} = {Markup.Name(field.Value, Phrases.NameLength)}");
            yield return $"*How to tune:* in `tuning.yaml`, an exception of this rule for {string.Join(", ", filter)}; ready to copy in the e-mail";
        }

        yield return RuleAndIncident(incident);
    }

    private static string RuleAndIncident(Incident incident) =>
        $"*Rule:* {Markup.Name(incident.Rule.Id, Phrases.NameLength)}, *incident:* {Markup.Name(incident.Id, Phrases.NameLength)}";

    private static string Where(HostIdentity host)
    {
        var name = Markup.Name(Phrases.Host(host), Phrases.NameLength);
        return host.Cloud is not { } cloud
            ? name
            : $"{name}, {Short(cloud.InstanceId)} in {Short(cloud.AvailabilityZone)}, account {Short(cloud.AccountId)}";
    }

    private static string Who(HostEvent last)
    {
        var actor = Actor.Of(last);
        var who = Phrases.User(Markup, actor.Uid, actor.UserName);
        var rights = actor.Uid == last.Credentials.Euid
            ? "with their own rights"
            : $"with the rights of {Phrases.ShortUser(Markup, last.Credentials.Euid, last.EffectiveUserName)}";
        return $"{who}{(actor.LoggedIn ? " by login" : ", no login")}, {rights}";
    }

    private static string Chain(ProcessNode actor)
    {
        var youngest = actor.Lineage().Take(MaxGenerations + 1).ToList();
        var more = youngest.Count > MaxGenerations;
        var names = youngest.Take(MaxGenerations).Reverse()
            .Select(p => FormattableString.Invariant($"{Phrases.Program(Markup, p)} ({p.Key.Pid})"));
        return $"{(more ? "… → " : "")}{string.Join(" → ", names)}";
    }

    private static IEnumerable<string> Witnesses(Incident incident)
    {
        if (incident.Witnesses.Count == 1)
        {
            yield return $"• {Timeline.Describe(Markup, incident.Witnesses[0].Event, CommandLength)}";
            yield break;
        }

        var previous = 0;
        foreach (var (number, witness) in Timeline.Shown(incident, MaxWitnesses))
        {
            if (number > previous + 1)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"• ({number - previous - 1} more)");
            }

            yield return $"• {Phrases.TimeOfDay(witness.Event.TimeNs)} {Timeline.Describe(Markup, witness.Event, CommandLength)}";
            previous = number;
        }
    }

    private static string Short(string raw) => Markup.Name(raw, Phrases.NameLength);
}
