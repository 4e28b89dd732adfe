using System.Globalization;
using Detection.Findings;
using Detection.Rules.Parsing;
using Wire.Text;

namespace Detection.Tuning;

/// <summary>Reads the entries of the lists in <c>tuning.yaml</c>. Throws <see cref="RuleFault"/>, with all that is wrong with the entry.</summary>
internal static class TuningEntry
{
    private static readonly string[] ExceptionKeys = ["rule", "rules", "reason", "expires", "environments", "filter"];
    private static readonly string[] SeverityKeys = ["rule", "rules", "reason", "level", "environments"];
    private static readonly string[] WindowKeys = ["rule", "rules", "reason", "hosts", "from", "to", "upTo", "environments"];
    private static readonly string[] RateKeys = ["window", "perRule", "inAll"];

    public static TuningException Exception(RuleNode entry, string file)
    {
        var faults = Begin(entry, ExceptionKeys);
        IReadOnlyList<RuleNode> rules = [];
        var (reason, endNs) = ("", 0L);
        RuleNode? filter = null;
        faults.Try(() => rules = Rules(entry) ?? throw entry.Fault("the exception names no rule", "rule: the id from the alert"));
        faults.Try(() => reason = Reason(entry));
        faults.Try(() => endNs = TuningTime.End(Required(entry, "expires", "the last day on which it holds, for example 2027-01-31")));
        faults.Try(() => filter = Filter(entry));
        faults.ThrowIfAny();
        return new TuningException(reason, endNs, $"{file}:{entry.Line}") { Rules = rules, Filter = filter! };
    }

    public static SeverityOverride Severity(RuleNode entry, string file)
    {
        var faults = Begin(entry, SeverityKeys);
        IReadOnlyList<RuleNode> rules = [];
        var reason = "";
        var level = RuleLevel.Medium;
        faults.Try(() => rules = Rules(entry) ?? throw entry.Fault("the entry names no rule", "rule: the id from the alert"));
        faults.Try(() => reason = Reason(entry));
        faults.Try(() => level = RuleInfoReader.ReadLevel(Required(entry, "level", "informational, low, medium, high or critical")));
        faults.ThrowIfAny();
        return new SeverityOverride(level, reason, $"{file}:{entry.Line}") { Rules = rules };
    }

    public static MaintenanceWindow Window(RuleNode entry)
    {
        var faults = Begin(entry, WindowKeys);
        var (reason, fromNs, toNs) = ("", 0L, 0L);
        IReadOnlyList<RuleNode> rules = [];
        IReadOnlyList<string> hosts = [];
        var upTo = RuleLevel.High;
        faults.Try(() => rules = Rules(entry) ?? []);
        faults.Try(() => reason = Reason(entry));
        faults.Try(() => hosts = Texts(entry, "hosts", "ids or names of hosts; * stands for any text"));
        faults.Try(() => fromNs = TuningTime.Moment(Required(entry, "from", TuningTime.Example)));
        faults.Try(() => toNs = TuningTime.Moment(Required(entry, "to", TuningTime.Example)));
        faults.Try(() => upTo = entry.Find("upTo") is { } node ? RuleInfoReader.ReadLevel(node) : upTo);
        faults.ThrowIfAny();
        return fromNs < toNs
            ? new MaintenanceWindow(reason, fromNs, toNs) { Hosts = hosts, Rules = [.. rules.Select(rule => rule.Value)], UpTo = upTo }
            : throw entry.Find("to")!.Fault("the window ends before it begins", "a time after from");
    }

    public static RateBounds Rates(RuleNode node, RateBounds rates)
    {
        var faults = Begin(node.AsMapping("rates"), RateKeys);
        faults.Try(() => rates = node.Find("window") is { } window ? rates with { WindowNs = TimespanReader.Read(window) } : rates);
        faults.Try(() => rates = node.Find("perRule") is { } number ? rates with { PerRule = Count(number) } : rates);
        faults.Try(() => rates = node.Find("inAll") is { } number ? rates with { InAll = Count(number) } : rates);
        faults.ThrowIfAny();
        return rates;
    }

    /// <summary>False when the entry names environments, and not this one.</summary>
    public static bool IsFor(RuleNode entry, string environment) =>
        entry.Find("environments") is null || Texts(entry, "environments", "names of deployments, or leave it out for all").Contains(environment);

    private static FaultList Begin(RuleNode entry, string[] keys)
    {
        var faults = new FaultList();
        foreach (var (key, _) in entry.Entries)
        {
            if (!keys.Contains(key.Value))
            {
                faults.Add(key.Fault($"there is no key '{key.Value}' here", NearestName.Question(key.Value, keys) + string.Join(", ", keys)));
            }
        }

        return faults;
    }

    // A word alone would be a keyword, which hits anywhere in the event.
    private static RuleNode Filter(RuleNode entry)
    {
        var node = Required(entry, "filter", "a Sigma search: what it matches is left out");
        return node.Kind == NodeKind.Mapping || (node.Kind == NodeKind.Sequence && node.Items.TrueForAll(item => item.Kind == NodeKind.Mapping))
            ? node
            : throw node.Fault("filter must be a map or a list of searches", "fields and values, for example Image: /usr/bin/backup");
    }

    private static IReadOnlyList<RuleNode>? Rules(RuleNode entry)
    {
        if (entry.Find("rules") is not { } list)
        {
            return entry.Find("rule") is { } one ? [Name(one)] : null;
        }

        return entry.Find("rule") is null && list is { Kind: NodeKind.Sequence, Items.Count: > 0 }
            ? [.. list.Items.Select(Name)]
            : throw list.Fault("rules must be a list, and stand alone", "rules: [one, another]; or rule: one");
    }

    private static RuleNode Name(RuleNode node) =>
        node.Text("a rule").Length > 0 ? node : throw node.Fault("the rule has no name", "the id from the alert");

    private static string Reason(RuleNode entry)
    {
        var node = Required(entry, "reason", "say to whoever reads this in a year why");
        var text = node.Text("reason").Trim();
        return text.Length > 0 ? text : throw node.Fault("the reason is empty", "say to whoever reads this in a year why");
    }

    private static IReadOnlyList<string> Texts(RuleNode entry, string key, string wayOut)
    {
        var node = Required(entry, key, wayOut);
        var texts = node.Texts(key);
        return texts.Count > 0 && texts.All(text => text.Length > 0) ? texts : throw node.Fault($"{key} has an empty entry", wayOut);
    }

    private static int Count(RuleNode node) =>
        int.TryParse(node.Text("the bound"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 100_000
            ? count
            : throw node.Fault($"'{node.Value}' is no number of incidents", "1 to 100000");

    private static RuleNode Required(RuleNode entry, string key, string wayOut) => entry.Find(key) ?? throw entry.Fault($"{key} is missing", wayOut);
}
