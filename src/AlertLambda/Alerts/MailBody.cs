using System.Globalization;
using System.Text;
using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>The plain-text body of the e-mail: first the story, then the facts in the order in which a tired person asks for them.</summary>
public static partial class MailBody
{
    private const int CommandLength = 200;
    private const int ProseLength = 1500;
    private const int MaxWitnesses = 20;
    private const int MaxListed = 10;
    private const int MaxIndent = 24;

    private static readonly MailMarkup Markup = new();

    /// <summary>The body; LF line ends, at most <see cref="AlertMessage.MaxBytes"/> bytes, says so when it was cut.</summary>
    /// <param name="incident">As it opened, escalated or closed; what there are no events for is left out.</param>
    /// <param name="reasons">Why the events matched.</param>
    internal static string Write(Incident incident, WitnessReasons reasons)
    {
        var body = new StringBuilder();
        Line(body, Summary.Story(incident, Markup));
        What(body, incident);
        Where(body, incident);
        if (incident.Witnesses.Count > 0)
        {
            Who(body, incident);
        }

        When(body, incident);
        if (incident.Witnesses.Count > 0)
        {
            Chain(body, incident);
            Witnesses(body, incident, reasons);
        }

        Rule(body, incident);
        if (incident.Change != IncidentChange.Closed)
        {
            Harmless(body, incident);
            First(body, incident);
            Tuning(body, incident);
        }

        Heading(body, "INCIDENT");
        Line(body, $"  {incident.Id}");
        return TextCut.Lines(body.ToString(), AlertMessage.MaxBytes, "(The rest was cut: the alert was too long for a mail.)\n");
    }

    private static void Chain(StringBuilder body, Incident incident)
    {
        Heading(body, "PROCESS CHAIN (oldest first; [n] = did event n of the timeline)");
        var shown = Timeline.Shown(incident, MaxWitnesses);
        foreach (var row in LineageTree.Draw(shown.Select(w => (w.Number, w.Witness.Event))))
        {
            if (row.Host is not null && HostsOf(incident).Count > 1)
            {
                Line(body, $"  on {HostName(row.Host)}:");
            }

            var indent = new string(' ', 2 + Math.Min(row.Depth * 2, MaxIndent));
            Line(body, indent + (row.Process is null ? LeftOut(row.LeftOut) : Describe(row.Process, row.Witnesses)));
        }
    }

    private static string Describe(ProcessNode process, IReadOnlyList<int> witnesses)
    {
        var marks = witnesses.Count switch
        {
            0 => "",
            <= MaxListed => $"  [{string.Join("] [", witnesses)}]",
            _ => Invariant($"  [{witnesses[0]}] ... [{witnesses[^1]}]"),
        };
        var user = Phrases.ShortUser(Markup, process.Uid, process.UserName);
        var command = Timeline.Command(Markup, process, CommandLength);
        return Invariant($"- {Phrases.Program(Markup, process)}, pid {process.Key.Pid}, {user}: {command}{marks}");
    }

    private static string LeftOut(int generations) =>
        generations == 0 ? "- (older processes are not known)" : Invariant($"- ({generations} generations left out)");

    private static void Witnesses(StringBuilder body, Incident incident, WitnessReasons reasons)
    {
        Heading(body, "TIMELINE (UTC)");
        var previous = 0;
        var matched = "";
        foreach (var (number, witness) in Timeline.Shown(incident, MaxWitnesses))
        {
            if (number > previous + 1)
            {
                Line(body, Invariant($"      ({number - previous - 1} more events left out)"));
            }

            var e = witness.Event;
            var after = number == 1 ? "" : $" (+{Phrases.Elapsed(e.TimeNs - incident.Witnesses[0].Event.TimeNs)})";
            var where = HostsOf(incident).Count > 1 ? $" on {HostName(e.Host)}" : "";
            Line(body, Invariant($"  [{number}] {Phrases.TimeOfDay(e.TimeNs)}{after}{where}: {Timeline.Describe(Markup, e, CommandLength)}"));
            if (witness.RuleTitle != matched)
            {
                matched = witness.RuleTitle;
                Line(body, $"      matched: {MailMarkup.Prose(matched, ProseLength)}");
                Because(body, reasons.Of(number));
            }

            previous = number;
        }
    }

    private static void Because(StringBuilder body, MatchReason? reason)
    {
        foreach (var line in reason is null ? [] : ReasonWords.Of(Markup, reason))
        {
            Line(body, $"        {line}");
        }
    }

    private static void Rule(StringBuilder body, Incident incident)
    {
        var rule = incident.Rule;
        Heading(body, "RULE");
        Line(body, $"  {MailMarkup.Prose(Phrases.Title(rule), ProseLength)}");
        Paragraph(body, rule.Description);
        Line(body, $"  Level: {Phrases.Severity(rule.Level)}. Id: {MailMarkup.Prose(rule.Id, CommandLength)}. "
            + $"File: {(rule.File.Length > 0 ? MailMarkup.Prose(rule.File, CommandLength) : "unknown")}.");
        if (rule.Tags.Count > 0)
        {
            Line(body, $"  Tags: {MailMarkup.Prose(string.Join(", ", rule.Tags), ProseLength)}");
        }

        foreach (var reference in rule.References.Take(MaxListed))
        {
            Line(body, $"  More: {MailMarkup.Prose(reference, CommandLength)}");
        }
    }

    private static void Harmless(StringBuilder body, Incident incident)
    {
        Heading(body, "LIKELY HARMLESS EXPLANATIONS");
        foreach (var text in incident.Rule.FalsePositives.Take(MaxListed).DefaultIfEmpty("The rule names none."))
        {
            Line(body, $"  - {MailMarkup.Prose(text, ProseLength)}");
        }
    }

    private static void First(StringBuilder body, Incident incident)
    {
        Heading(body, "WHAT TO DO FIRST");
        var steps = Advice.Steps(incident);
        for (var i = 0; i < steps.Count; i++)
        {
            Line(body, Invariant($"  {i + 1}. {MailMarkup.Prose(steps[i], ProseLength)}"));
        }
    }

    private static void Tuning(StringBuilder body, Incident incident)
    {
        if (TuningSnippet.Of(incident) is not { } snippet)
        {
            return;
        }

        Heading(body, "HOW TO TUNE THIS RULE");
        Line(body, "  If this is harmless and will come again: put this into tuning.yaml, say why, and take out of the filter what plays no part.");
        Line(body, "");
        foreach (var line in snippet.TrimEnd('\n').Split('\n'))
        {
            Line(body, $"  {line}");
        }
    }

    private static void Paragraph(StringBuilder body, string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MaxListed))
        {
            Line(body, $"  {MailMarkup.Prose(line, ProseLength)}");
        }
    }

    private static void Heading(StringBuilder body, string text) => body.Append('\n').Append(text).Append('\n');

    private static void Line(StringBuilder body, string text) => body.Append(text).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
