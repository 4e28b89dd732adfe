using Detection.Rules;
using Detection.Taxonomy;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>
/// Reads the values of a correlation's group-by and of the fields it counts or sums. Holds the scope that was read last; not
/// thread-safe.
/// </summary>
internal sealed class GroupScopeReader(CorrelationRule rule, BootKeys boots)
{
    private readonly bool _withinBoot = rule.GroupBy.Any(entry => entry.Kind is not (GroupKind.Field or GroupKind.Host));
    private readonly Range[] _values = new Range[rule.GroupBy.Count];
    private readonly KeyBuffer _key = new();
    private GroupScope? _made;

    /// <summary>
    /// True when no group holds events of two hosts, and no occurrence waits for another host: then the host's own watermark answers.
    /// </summary>
    public bool WithinHost { get; } = IsWithinHost(rule);

    /// <summary>Key of the scope that was read last; see <see cref="GroupScope"/>.</summary>
    public ReadOnlySpan<char> Key => _key.Text;

    /// <summary>Reads the scope of the record in view as an occurrence of one referenced rule. Allocates nothing for values that are texts.</summary>
    /// <param name="view">The record.</param>
    /// <param name="role">Index of the referenced rule.</param>
    /// <param name="inner">The group of an inner correlation's firing; null for a plain match.</param>
    /// <returns>False when it lacks a value.</returns>
    public bool TryRead(EventView view, int role, IReadOnlyList<KeyValuePair<string, string>>? inner)
    {
        _key.Clear();
        if (_withinBoot)
        {
            _key.Append(boots.Of(view.Event.Host));
        }

        for (var i = 0; i < _values.Length; i++)
        {
            var entry = rule.GroupBy[i];
            if (entry.IsRelation)
            {
                if (!HasRelation(view.Event, entry.Kind))
                {
                    return false;
                }

                _values[i] = default;
            }
            else if (!TryReadValue(view, entry, role, inner, out _values[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The entries of group-by that the record in view, as an occurrence of one referenced rule, has no value for. Changes what was read last.</summary>
    public IReadOnlyList<GroupBy> MissingKeys(EventView view, int role, IReadOnlyList<KeyValuePair<string, string>>? inner) =>
    [
        .. rule.GroupBy.Where(entry => entry.IsRelation ? !HasRelation(view.Event, entry.Kind) : !TryReadValue(view, entry, role, inner, out _)),
    ];

    /// <summary>The scope that was read last, as texts of its own.</summary>
    public GroupScope MakeScope()
    {
        if (_made is not null && _key.Text.SequenceEqual(_made.Key))
        {
            return _made;
        }

        var values = new string[_values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _key.Text[_values[i]].ToString();
        }

        return _made = new GroupScope(_key.Text.ToString(), values);
    }

    /// <summary>What a value type reads of the record in view.</summary>
    /// <returns>False when a value is missing, or is no number where one is needed.</returns>
    public bool TryReadValue(EventView view, IReadOnlyList<KeyValuePair<string, string>>? inner, out string text, out decimal number)
    {
        (text, number) = ("", 0);
        for (var i = 0; i < rule.ValueFields.Count; i++)
        {
            var field = rule.ValueFields[i];
            var value = InnerValue(inner, field.Name) is { } known ? FieldValue.Of(known) : view.Get(field);
            if (rule.Type != CorrelationType.ValueCount)
            {
                return Numbers.TryRead(value, out number);
            }

            if (value.Text is not { } part)
            {
                return false;
            }

            text = rule.ValueFields.Count == 1 ? part : DerivedKeys.Join(text, part);
        }

        return true;
    }

    private static bool IsWithinHost(CorrelationRule rule) =>
        rule.GroupBy.Any(entry => entry.Kind != GroupKind.Field) && rule.Rules.OfType<CorrelationRule>().All(IsWithinHost);

    private static bool HasRelation(HostEvent e, GroupKind kind) =>
        e.Process.Key.IsKnown || (kind == GroupKind.LineageOrSession && DerivedKeys.HasSession(e.Credentials));

    private bool TryReadValue(EventView view, GroupBy entry, int role, IReadOnlyList<KeyValuePair<string, string>>? inner, out Range place)
    {
        Span<char> scratch = stackalloc char[FieldValue.ScratchLength];
        var found = true;
        scoped ReadOnlySpan<char> text;
        switch (entry.Kind)
        {
            case GroupKind.Field when InnerValue(inner, entry.Name) is { } known:
                text = known;
                break;
            case GroupKind.Field:
                found = view.Get(entry.Fields[role]).TryGetText(scratch, out text);
                break;
            case GroupKind.Host:
                text = view.Event.Host.HostId;
                break;
            case GroupKind.Process:
                found = DerivedKeys.TryWriteProcess(view.Event.Process.Key, scratch, out text);
                break;
            case GroupKind.Parent:
                found = DerivedKeys.TryWriteProcess(view.Event.Process.Parent?.Key ?? default, scratch, out text);
                break;
            case GroupKind.Session:
                var session = DerivedKeys.Session(view.Event.Credentials);
                found = session is not null;
                text = session;
                break;
            default:
                var container = DerivedKeys.Container(view.Event);
                found = container is not null;
                text = container;
                break;
        }

        place = found ? _key.Join(text) : default;
        return found;
    }

    private static string? InnerValue(IReadOnlyList<KeyValuePair<string, string>>? inner, string name)
    {
        for (var i = 0; i < inner?.Count; i++)
        {
            if (inner[i].Key == name)
            {
                return inner[i].Value;
            }
        }

        return null;
    }
}
