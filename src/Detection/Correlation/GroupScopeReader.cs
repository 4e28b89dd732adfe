using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Correlation;

/// <summary>Reads the values of a correlation's group-by from events.</summary>
internal sealed class GroupScopeReader(IReadOnlyList<GroupBy> groupBy)
{
    private readonly bool _withinBoot = groupBy.Any(entry => entry.Kind is not (GroupKind.Field or GroupKind.Host));

    /// <summary>Index of the relation in group-by, or -1.</summary>
    public int RelationIndex { get; } = groupBy.ToList().FindIndex(entry => entry.IsRelation);

    /// <summary>The scope of the event in view as a match of one referenced rule; null when it lacks a value.</summary>
    public GroupScope? Read(HostEventView view, int role)
    {
        var values = new string[groupBy.Count];
        var key = _withinBoot ? DerivedKeys.Boot(view.Event.Host) : "";
        for (var i = 0; i < values.Length; i++)
        {
            if (groupBy[i].IsRelation)
            {
                if (!HasRelation(view, groupBy[i].Kind))
                {
                    return null;
                }

                values[i] = "";
                continue;
            }

            if (ReadValue(view, groupBy[i], role) is not { } value)
            {
                return null;
            }

            values[i] = value;
            key = DerivedKeys.Join(key, value);
        }

        return new GroupScope(key, values);
    }

    private static bool HasRelation(HostEventView view, GroupKind kind) =>
        view.Event.Process.Key.IsKnown
        || (kind == GroupKind.LineageOrSession && DerivedKeys.Session(view.Event.Credentials) is not null);

    private static string? ReadValue(HostEventView view, GroupBy entry, int role) => entry.Kind switch
    {
        GroupKind.Field => view.Get(entry.Fields[role]).Text,
        GroupKind.Host => view.Event.Host.HostId,
        GroupKind.Process => DerivedKeys.Process(view.Event.Process.Key),
        GroupKind.Session => DerivedKeys.Session(view.Event.Credentials),
        _ => DerivedKeys.Container(view.Event),
    };
}
