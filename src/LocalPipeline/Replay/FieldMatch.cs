using Detection.Findings;
using Detection.Taxonomy;

namespace LocalPipeline.Replay;

/// <summary>A firing over field events, without what nobody is shown. Immutable.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Event">The event that it fired at.</param>
/// <param name="Lines">The lines of all witnesses.</param>
internal sealed record FieldMatch(RuleInfo Rule, FieldEvent Event, LineSet Lines)
{
    /// <summary>That of a firing.</summary>
    internal static FieldMatch Of(Firing firing) => new(firing.Rule, (FieldEvent)firing.Event, LinesOf(firing.Witnesses));

    /// <summary>That of the firing that opened an incident.</summary>
    internal static FieldMatch Of(Incident opened) => new(
        opened.Rule, (FieldEvent)opened.Witnesses.First(witness => witness.Event.Id == opened.FirstFiring).Event, LinesOf(opened.Witnesses));

    private static LineSet LinesOf(IReadOnlyList<Witness> witnesses) => new(witnesses.Select(witness => ((FieldEvent)witness.Event).Line));
}
