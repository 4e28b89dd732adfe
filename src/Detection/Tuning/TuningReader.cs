using Detection.Rules;
using Detection.Rules.Parsing;
using Wire.Text;

namespace Detection.Tuning;

/// <summary>Reads <c>tuning.yaml</c>: one map, or several documents of the same form. Pure and thread-safe.</summary>
/// <remarks>Whether the rules exist and the filters can be compiled, <see cref="RuleLoader"/> says.</remarks>
public static class TuningReader
{
    private static readonly string[] Keys = ["exceptions", "severity", "maintenance", "rates"];

    /// <summary>Reads a file. Bad input never throws: it is in <see cref="TuningPlan.Faults"/>, all of it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="environment">Name of the deployment: entries for others are left out.</param>
    public static TuningPlan Read(RuleSource source, string environment)
    {
        ArgumentNullException.ThrowIfNull(source);
        var exceptions = new List<TuningException>();
        var severities = new List<SeverityOverride>();
        var windows = new List<MaintenanceWindow>();
        var rates = new RateBounds();
        var refused = new List<RefusedRule>();
        foreach (var document in RuleDocumentReader.Read(source))
        {
            var faults = new FaultList();
            if (document.Fault is { } broken)
            {
                faults.Add(broken);
            }
            else
            {
                faults.Try(() => ReadDocument(document.Root.AsMapping("the file"), faults));
            }

            if (faults.TakeAll() is { } all)
            {
                refused.Add(document.Refuse(all));
            }
        }

        return new TuningPlan { Exceptions = exceptions, Severities = severities, Maintenance = windows, Rates = rates, Faults = refused };

        void ReadDocument(RuleNode root, FaultList faults)
        {
            foreach (var (key, value) in root.Entries)
            {
                switch (key.Value)
                {
                    case "exceptions":
                        Each(value, key.Value, faults, entry => Add(exceptions, entry, TuningEntry.Exception(entry, source.Name)));
                        break;
                    case "severity":
                        Each(value, key.Value, faults, entry => Add(severities, entry, TuningEntry.Severity(entry, source.Name)));
                        break;
                    case "maintenance":
                        Each(value, key.Value, faults, entry => Add(windows, entry, TuningEntry.Window(entry)));
                        break;
                    case "rates":
                        faults.Try(() => rates = TuningEntry.Rates(value, rates));
                        break;
                    default:
                        faults.Add(key.Fault($"there is no key '{key.Value}'", NearestName.Question(key.Value, Keys) + string.Join(", ", Keys)));
                        break;
                }
            }
        }

        void Add<T>(List<T> list, RuleNode entry, T read)
        {
            if (TuningEntry.IsFor(entry, environment))
            {
                list.Add(read);
            }
        }
    }

    private static void Each(RuleNode list, string key, FaultList faults, Action<RuleNode> read)
    {
        if (list.Kind != NodeKind.Sequence)
        {
            if (!ScalarReader.IsNull(list))
            {
                faults.Add(list.Fault($"{key} must be a list", "entries that begin with -"));
            }

            return;
        }

        foreach (var entry in list.Items)
        {
            faults.Try(() => read(entry.AsMapping("an entry of " + key)));
        }
    }
}
