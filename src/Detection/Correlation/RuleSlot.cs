using Detection.Findings;
using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Correlation;

/// <summary>A rule in the engine: who wants its matches.</summary>
internal sealed class RuleSlot
{
    private static readonly string[] GroupNames = ["host", "process"];

    private readonly SigmaRule _rule;
    private readonly EvaluationContext _context;
    private readonly IncidentLog? _log;
    private readonly (CorrelationSlot Correlation, int Role)[] _roles;

    public RuleSlot(SigmaRule rule, IReadOnlyList<CorrelationSlot> correlations, EvaluationContext context)
    {
        _rule = rule;
        _context = context;
        _log = rule.AlertsAlone ? new IncidentLog(rule.Info, GroupNames, context.Limits.SuppressionNs, context) : null;
        _roles = [.. correlations.SelectMany(correlation =>
            Enumerable.Range(0, correlation.Rule.Rules.Count)
                .Where(role => correlation.Rule.Rules[role] == rule)
                .Select(role => (correlation, role)))];
    }

    /// <summary>False when nobody wants the rule's matches: its correlations were refused.</summary>
    public bool IsUsed => _log is not null || _roles.Length > 0;

    /// <summary>True when the rule sees events of one of this source.</summary>
    public bool Sees(LogSource record) => _rule.Source.Covers(record);

    /// <summary>Evaluates the event in view.</summary>
    /// <returns>True when a correlation was told.</returns>
    public bool Apply()
    {
        if (!_rule.Matches(_context.View))
        {
            return false;
        }

        _context.Counters.Matches++;
        if (_log is not null)
        {
            Alert(_log);
        }

        foreach (var (correlation, role) in _roles)
        {
            correlation.Note(role);
        }

        return _roles.Length > 0;
    }

    // A process that does the same again and again is one incident; another process never hides behind it.
    private void Alert(IncidentLog log)
    {
        var e = _context.View.Event;
        var process = DerivedKeys.Text(e.Process.Key);
        var key = DerivedKeys.Join(DerivedKeys.Boot(e.Host), process);
        log.Fire(key, [e.Host.HostId, process], e, () => [new Witness(_rule.Info.Title, e)]);
    }
}
