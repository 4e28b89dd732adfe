using Detection.Rules;

namespace Detection.Correlation;

/// <summary>A correlation in the engine: collects which of its rules the event in view matched, then applies them at once.</summary>
internal sealed class CorrelationSlot(CorrelationRule rule, EvaluationContext context)
{
    private readonly CorrelationTracker _tracker = CorrelationTracker.For(rule, context);
    private readonly List<int> _roles = [];

    /// <summary>The correlation.</summary>
    public CorrelationRule Rule { get; } = rule;

    /// <summary>Notes that the event in view matched the referenced rule at an index.</summary>
    public void Note(int role) => _roles.Add(role);

    /// <summary>Applies what was noted.</summary>
    public void Apply()
    {
        if (_roles.Count > 0)
        {
            _roles.Sort();
            _tracker.Apply(_roles);
            _roles.Clear();
        }
    }
}
