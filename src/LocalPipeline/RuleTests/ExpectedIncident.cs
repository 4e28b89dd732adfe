using YamlDotNet.RepresentationModel;

namespace LocalPipeline.RuleTests;

/// <summary>An incident that must open. Immutable.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Rule">Name, id or title of the rule.</param>
/// <param name="At">Number, from 1, of the event that completes the first firing; null = any.</param>
internal sealed record ExpectedIncident(YamlNode Place, string Rule, int? At)
{
    /// <summary>Reads an entry of <c>incidents</c>.</summary>
    /// <param name="node">The entry.</param>
    /// <param name="events">How many events the story has.</param>
    internal static ExpectedIncident Read(YamlNode node, int events)
    {
        var entries = node.Entries("an incident", "rule", "at");
        var rule = entries.TryGetValue("rule", out var named) ? named.Text("rule") : throw node.Fault("an incident needs rule: name, id or title");
        var at = entries.GetValueOrDefault("at")?.Number("at", (uint)events);
        return at == 0 ? throw entries["at"].Fault("events are numbered from 1") : new ExpectedIncident(node, rule, (int?)at);
    }
}
