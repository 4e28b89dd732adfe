using LocalPipeline.Rules;
using Wire.Text;

namespace LocalPipeline.Replay;

/// <summary>Evaluates a log of plain field events and writes what fired.</summary>
/// <param name="rules">The rules.</param>
/// <param name="everyFiring">Write every firing, not only the first of each incident.</param>
/// <param name="messages">Receives refused rules, faults of the input, why correlations could not fire, and totals.</param>
internal sealed class FieldReplay(RuleSet rules, bool everyFiring, TextWriter messages)
{
    /// <summary>Reads all events, which must fit the memory, and evaluates them in the order of events.</summary>
    /// <param name="input">JSON lines.</param>
    /// <param name="name">Name of the input in messages.</param>
    /// <param name="output">Receives a JSON line per firing or incident.</param>
    internal void Run(System.IO.Stream input, string name, TextWriter output)
    {
        foreach (var refused in rules.Pack.Refused.SelectMany(rule => rule.All))
        {
            messages.WriteLine(SafeText.Escape(refused.ToString()));
        }

        var log = new FieldEventLog(name, messages);
        var events = log.Read(input);
        var ordered = FieldEventOrder.Of(events);
        var run = everyFiring ? FieldRun.OfEveryFiring(rules.Pack, ordered) : FieldRun.OfFirstFirings(rules.Pack, ordered);
        MatchWriter.Write(rules.Pack, run.Matches, output);
        foreach (var line in run.Losses.Lines(rules.Pack))
        {
            messages.WriteLine(SafeText.Escape(line));
        }

        messages.WriteLine($"{events.Count} events ({events.Count - ordered.Count} duplicates), {log.Faults} lines that are none, "
            + $"{rules.Pack.Refused.Count} rules refused, {run.Firings} firings, {run.Incidents} incidents");
    }
}
