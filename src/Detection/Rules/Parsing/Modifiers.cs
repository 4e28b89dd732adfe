using System.Text.RegularExpressions;
using Detection.Matching;
using Wire.Text;

namespace Detection.Rules.Parsing;

/// <summary>The modifiers of one item, checked against each other.</summary>
internal sealed class Modifiers
{
    private const string Known =
        "contains, startswith, endswith, all, cased, exists, neq, re (+ i, m, s), cidr, lt, lte, gt, gte, fieldref, expand, windash, "
        + "base64, base64offset, utf16le, wide, utf16be, utf16, minute, hour, day, week, month, year";

    private bool _kindGiven;
    private bool _encoded;

    /// <summary>No modifier at all.</summary>
    public static Modifiers None { get; } = new();

    public ItemKind Kind { get; private set; }

    public bool All { get; private set; }

    public bool Cased { get; private set; }

    public bool Neq { get; private set; }

    public bool Expand { get; private set; }

    public RegexOptions RegexOptions { get; private set; }

    public Comparison Comparison { get; private set; }

    public TimePart TimePart { get; private set; }

    public PatternPlace Place { get; private set; }

    /// <summary>What is done with a text, in this order; null = nothing. A list of an own value type is compiled anew by every process.</summary>
    public List<TextStep>? Steps { get; private set; }

    /// <summary>True when a number or null cannot be meant.</summary>
    public bool NeedsText => Place != PatternPlace.Whole || Cased || Expand || Steps is not null;

    /// <summary>Reads the part of <paramref name="key"/> after the field.</summary>
    public static Modifiers Read(RuleNode key, ReadOnlySpan<string> names)
    {
        if (names.Length == 0)
        {
            return None;
        }

        var modifiers = new Modifiers();
        for (var i = 0; i < names.Length; i++)
        {
            for (var earlier = 0; earlier < i; earlier++)
            {
                if (ShortName(names[earlier]) == ShortName(names[i]))
                {
                    throw key.Fault($"modifier '{names[i]}' stands twice", "once");
                }
            }

            modifiers.Add(key, ShortName(names[i]), isFirst: i == 0);
        }

        modifiers.CheckTogether(key);
        return modifiers;
    }

    private static string ShortName(string name) => name switch
    {
        "ignorecase" => "i",
        "multiline" => "m",
        "dotall" => "s",
        "wide" => "utf16le",
        _ => name,
    };

    private void Add(RuleNode key, string name, bool isFirst)
    {
        switch (name)
        {
            case "contains" or "startswith" or "endswith":
                SetPlace(key, name switch
                {
                    "contains" => PatternPlace.Anywhere,
                    "startswith" => PatternPlace.Start,
                    _ => PatternPlace.End,
                });
                break;
            case "all":
                All = true;
                break;
            case "cased":
                Cased = true;
                break;
            case "neq":
                Neq = true;
                break;
            case "exists":
                SetKind(key, ItemKind.Presence);
                break;
            case "re" when isFirst:
                SetKind(key, ItemKind.Expression);
                break;
            case "re":
                throw key.Fault("modifier 're' must be the first", "re before the others");
            case "i" or "m" or "s" when Kind != ItemKind.Expression:
                throw key.Fault($"modifier '{name}' must follow 're'", "re|" + name);
            case "i" or "m" or "s":
                RegexOptions |= name switch { "i" => RegexOptions.IgnoreCase, "m" => RegexOptions.Multiline, _ => RegexOptions.Singleline };
                break;
            case "cidr":
                SetKind(key, ItemKind.Network);
                break;
            case "fieldref":
                SetKind(key, ItemKind.OtherField);
                break;
            case "lt" or "lte" or "gt" or "gte":
                SetComparison(key, name);
                break;
            case "minute" or "hour" or "day" or "week" or "month" or "year":
                SetTimePart(key, name);
                break;
            default:
                AddTextStep(key, name);
                break;
        }
    }

    private void AddTextStep(RuleNode key, string name)
    {
        switch (name)
        {
            case "expand" when _encoded:
                throw key.Fault("'expand' would look for placeholders in encoded text", "expand before base64 and utf16");
            case "expand":
                Expand = true;
                return;
            case "windash" when _encoded:
                throw key.Fault("'windash' would look for dashes in encoded text", "windash before base64 and utf16");
            case "windash":
                (Steps ??= []).Add(TextStep.AnyDash);
                return;
            case "utf16le" or "utf16be" or "utf16" when Steps?.Exists(step => step is TextStep.Utf16LittleEndian or TextStep.Utf16BigEndian or TextStep.Utf16WithMark) == true:
                throw key.Fault("only one of utf16le, wide, utf16be and utf16 can be used", "two items");
            case "base64" or "base64offset" when Place != PatternPlace.Whole:
                throw key.Fault($"a wildcard cannot be encoded by '{name}'", $"contains, startswith and endswith after {name}");
        }

        (Steps ??= []).Add(name switch
        {
            "utf16le" => TextStep.Utf16LittleEndian,
            "utf16be" => TextStep.Utf16BigEndian,
            "utf16" => TextStep.Utf16WithMark,
            "base64" => TextStep.Base64,
            "base64offset" => TextStep.Base64Offset,
            _ => throw key.Fault($"modifier '{name}' is not known", NearestName.Question(name, Known.Split(", ")) + "known: " + Known),
        });
        _encoded = true;
    }

    private void SetPlace(RuleNode key, PatternPlace place) => Place = Place == PatternPlace.Whole
        ? place
        : throw key.Fault("contains, startswith and endswith exclude each other", "two items, or wildcards in the value");

    private void SetKind(RuleNode key, ItemKind kind)
    {
        if (_kindGiven)
        {
            throw Together(key);
        }

        Kind = kind;
        _kindGiven = true;
    }

    private void SetComparison(RuleNode key, string name)
    {
        if (Comparison != Comparison.Equal)
        {
            throw key.Fault("lt, lte, gt and gte exclude each other", "two items");
        }

        if (Kind != ItemKind.TimePart)
        {
            SetKind(key, ItemKind.Comparison);
        }

        Comparison = name switch
        {
            "lt" => Comparison.Less,
            "lte" => Comparison.LessOrEqual,
            "gt" => Comparison.Greater,
            _ => Comparison.GreaterOrEqual,
        };
    }

    private void SetTimePart(RuleNode key, string name)
    {
        if (Kind == ItemKind.Comparison)
        {
            _kindGiven = false;
        }

        SetKind(key, ItemKind.TimePart);
        TimePart = name switch
        {
            "minute" => TimePart.Minute,
            "hour" => TimePart.Hour,
            "day" => TimePart.Day,
            "week" => TimePart.Week,
            "month" => TimePart.Month,
            _ => TimePart.Year,
        };
    }

    private void CheckTogether(RuleNode key)
    {
        if (Kind == ItemKind.Presence && (NeedsText || All || Neq))
        {
            throw key.Fault("modifier 'exists' must be the only one", "exists: true or exists: false");
        }

        if (Kind == ItemKind.Network && (NeedsText || All))
        {
            throw key.Fault("modifier 'cidr' must be the only one", "one item for each kind of comparison");
        }

        var isWrong = Kind switch
        {
            ItemKind.Expression => Cased || Expand || Steps is not null,
            ItemKind.OtherField => Expand || Steps is not null,
            ItemKind.Comparison or ItemKind.TimePart => NeedsText,
            _ => false,
        };
        if (isWrong)
        {
            throw Together(key);
        }
    }

    private static RuleFault Together(RuleNode key) =>
        key.Fault($"the modifiers of '{key.Value}' cannot be used together", "two items, one for each kind of comparison");
}
