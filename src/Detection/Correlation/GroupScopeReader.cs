using Detection.Rules;
using Detection.Taxonomy;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>Reads the values of a correlation's group-by and of the fields it counts or sums.</summary>
internal sealed class GroupScopeReader(CorrelationRule rule)
{
    private readonly bool _withinBoot = rule.GroupBy.Any(entry => entry.Kind is not (GroupKind.Field or GroupKind.Host));

    /// <summary>
    /// True when no group holds events of two hosts, and no occurrence waits for another host: then the host's own watermark answers.
    /// </summary>
    public bool WithinHost { get; } = IsWithinHost(rule);

    /// <summary>The scope of the record in view as an occurrence of one referenced rule; null when it lacks a value.</summary>
    /// <param name="view">The record.</param>
    /// <param name="role">Index of the referenced rule.</param>
    /// <param name="inner">The group of an inner correlation's firing; null for a plain match.</param>
    public GroupScope? Read(EventView view, int role, IReadOnlyList<KeyValuePair<string, string>>? inner)
    {
        var values = new string[rule.GroupBy.Count];
        var key = _withinBoot ? DerivedKeys.Boot(view.Event.Host) : "";
        for (var i = 0; i < values.Length; i++)
        {
            var entry = rule.GroupBy[i];
            if (entry.IsRelation)
            {
                if (!HasRelation(view.Event, entry.Kind))
                {
                    return null;
                }

                values[i] = "";
                continue;
            }

            if (ReadValue(view, entry, role, inner) is not { } value)
            {
                return null;
            }

            values[i] = value;
            key = DerivedKeys.Join(key, value);
        }

        return new GroupScope(key, values);
    }

    /// <summary>What a value type reads of the record in view.</summary>
    /// <returns>False when a value is missing, or is no number where one is needed.</returns>
    public bool TryReadValue(EventView view, IReadOnlyList<KeyValuePair<string, string>>? inner, out string text, out decimal number)
    {
        (text, number) = ("", 0);
        foreach (var field in rule.ValueFields)
        {
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
        e.Process.Key.IsKnown || (kind == GroupKind.LineageOrSession && DerivedKeys.Session(e.Credentials) is not null);

    private static string? ReadValue(EventView view, GroupBy entry, int role, IReadOnlyList<KeyValuePair<string, string>>? inner) =>
        entry.Kind switch
        {
            GroupKind.Field => InnerValue(inner, entry.Name) ?? view.Get(entry.Fields[role]).Text,
            GroupKind.Host => view.Event.Host.HostId,
            GroupKind.Process => DerivedKeys.Process(view.Event.Process.Key),
            GroupKind.Parent => DerivedKeys.Process(view.Event.Process.Parent?.Key ?? default),
            GroupKind.Session => DerivedKeys.Session(view.Event.Credentials),
            _ => DerivedKeys.Container(view.Event),
        };

    private static string? InnerValue(IReadOnlyList<KeyValuePair<string, string>>? inner, string name)
    {
        foreach (var (key, value) in inner ?? [])
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}
