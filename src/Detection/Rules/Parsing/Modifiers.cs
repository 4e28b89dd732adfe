using System.Text.RegularExpressions;
using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>The modifiers of one item, checked against each other.</summary>
internal sealed class Modifiers
{
    private const string Supported =
        "contains, startswith, endswith, all, cased, exists, re, i, m, s, cidr, neq, lt, lte, gt, gte, windash";

    public bool All { get; private set; }

    public bool Cased { get; private set; }

    public bool Exists { get; private set; }

    public bool Neq { get; private set; }

    public bool Regex { get; private set; }

    public RegexOptions RegexOptions { get; private set; }

    public bool Cidr { get; private set; }

    public bool AnyDash { get; private set; }

    public Comparison? Comparison { get; private set; }

    public PatternPlace Place { get; private set; }

    /// <summary>True when a number or null cannot be meant.</summary>
    public bool NeedsText => Place != PatternPlace.Whole || Cased || AnyDash;

    /// <summary>Reads the part of <paramref name="key"/> after the field.</summary>
    public static Modifiers Read(RuleNode key, ReadOnlySpan<string> names)
    {
        var modifiers = new Modifiers();
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            if (names[..i].Contains(name))
            {
                throw key.Fault($"modifier '{name}' stands twice");
            }

            modifiers.Add(key, name, isFirst: i == 0);
        }

        modifiers.CheckTogether(key, names.Length);
        return modifiers;
    }

    private void Add(RuleNode key, string name, bool isFirst)
    {
        switch (name)
        {
            case "contains":
                SetPlace(key, PatternPlace.Anywhere);
                break;
            case "startswith":
                SetPlace(key, PatternPlace.Start);
                break;
            case "endswith":
                SetPlace(key, PatternPlace.End);
                break;
            case "all":
                All = true;
                break;
            case "cased":
                Cased = true;
                break;
            case "exists":
                Exists = true;
                break;
            case "neq":
                Neq = true;
                break;
            case "re" when isFirst:
                Regex = true;
                break;
            case "re":
                throw key.Fault("modifier 're' must be the first");
            case "i" or "ignorecase":
                AddOption(key, name, RegexOptions.IgnoreCase);
                break;
            case "m" or "multiline":
                AddOption(key, name, RegexOptions.Multiline);
                break;
            case "s" or "dotall":
                AddOption(key, name, RegexOptions.Singleline);
                break;
            case "cidr":
                Cidr = true;
                break;
            case "windash":
                AnyDash = true;
                break;
            case "lt":
                SetComparison(key, Matching.Comparison.Less);
                break;
            case "lte":
                SetComparison(key, Matching.Comparison.LessOrEqual);
                break;
            case "gt":
                SetComparison(key, Matching.Comparison.Greater);
                break;
            case "gte":
                SetComparison(key, Matching.Comparison.GreaterOrEqual);
                break;
            case "base64" or "base64offset" or "utf16" or "utf16le" or "utf16be" or "wide" or "fieldref" or "expand"
                or "minute" or "hour" or "day" or "week" or "month" or "year":
                throw key.Fault($"modifier '{name}' is not supported", "supported: " + Supported);
            default:
                throw key.Fault($"modifier '{name}' is not known", "supported: " + Supported);
        }
    }

    private void SetPlace(RuleNode key, PatternPlace place)
    {
        if (Place != PatternPlace.Whole)
        {
            throw key.Fault("contains, startswith and endswith exclude each other", "two items, or wildcards in the value");
        }

        Place = place;
    }

    private void SetComparison(RuleNode key, Comparison comparison)
    {
        if (Comparison is not null)
        {
            throw key.Fault("lt, lte, gt and gte exclude each other", "two items");
        }

        Comparison = comparison;
    }

    private void AddOption(RuleNode key, string name, RegexOptions option)
    {
        if (!Regex)
        {
            throw key.Fault($"modifier '{name}' must follow 're'");
        }

        RegexOptions |= option;
    }

    private void CheckTogether(RuleNode key, int count)
    {
        if (Exists && count > 1)
        {
            throw key.Fault("modifier 'exists' must be the only one");
        }

        if ((Regex && (NeedsText || Cidr || Comparison is not null))
            || (Cidr && (NeedsText || All || Comparison is not null))
            || (Comparison is not null && (NeedsText || All)))
        {
            throw key.Fault($"the modifiers of '{key.Value}' cannot be used together", "two items, one for each kind of comparison");
        }
    }
}
