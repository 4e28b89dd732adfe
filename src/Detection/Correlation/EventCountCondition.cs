using Detection.Rules;

namespace Detection.Correlation;

/// <summary><c>event_count</c>: how many distinct events, those included that one event stands for.</summary>
internal sealed class EventCountCondition(NumericCondition condition) : WindowCondition
{
    public override bool Holds(Window window) => condition.Holds(window.Occurrences);
}
