using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Tuning;

/// <summary>Holds for events before a time, so that an exception ends at the same event wherever and whenever it is evaluated.</summary>
/// <param name="endNs">The time, ns since 1970 UTC.</param>
internal sealed class Until(long endNs) : Matcher
{
    /// <summary>A record of no event has no time, and no exception holds for it.</summary>
    public override bool Matches(IEventView e) => e is EventView view && view.Event.TimeNs < endNs;
}
