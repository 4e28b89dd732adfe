using Detection.Findings;
using Detection.Matching;
using Detection.Rules;
using Detection.Taxonomy;
using Support;
using Wire.Model;
using System.Net;
using System.Text.RegularExpressions;

namespace Detection.Tests.Routing;

/// <summary>Rules of every shape, and records that meet them often: few letters, short texts, all kinds of values.</summary>
/// <param name="seed">Whatever is drawn hangs on it alone.</param>
/// <param name="ofHost">Rules ask for what events of our sensor hold, under all names, and <see cref="HostEvent"/> makes such events.</param>
internal sealed class RandomCase(int seed, bool ofHost = false)
{
    private const string DeseretCapital = "\U00010400";
    private const string DeseretSmall = "\U00010428";

    // Letters whose case is odd: dotted and dotless i, sharp s, long s, Kelvin sign, final sigma; pairs that differ in case; halves of pairs.
    private static readonly string[] Letters =
    [
        "a", "A", "b", "B", "k", "K", "\u212A", "i", "I", "\u0130", "\u0131", "s", "S", "\u00DF", "\u1E9E", "\u017F", "\u03C3", "\u03C2",
        DeseretCapital, DeseretSmall, "\uD801", "\uDC28", "-", "/", "\u2013", "1", "4", "2", ".", "0", " ",
    ];

    private static readonly string[] Wildcards = ["*", "?", @"\*", @"\?", @"\\", @"\"];
    private static readonly LogSource[] Sources =
        [new("", "linux", ""), new("x", "linux", ""), new("X", "LINUX", ""), new("x", "linux", "s"), new("", "", "s"), new("", "", ""), new("y", "", "")];

    private static readonly LogSource[] HostSources =
    [
        new("", "linux", "auditd"), new("", "linux", ""), new("process_creation", "linux", ""), new("file_access", "linux", ""),
        new("file_event", "linux", ""), new("system_call", "linux", ""), new("file_rename", "linux", ""), new("file_access_failed", "linux", ""), new("network_connection", "", ""), new("", "", ""),
    ];

    private static readonly Field[] PlainFields = [.. MakeFields("f", "g", "h")];
    private static readonly Field[] HostFields =
    [
        .. MakeFields(
            "type", "Image", "CommandLine", "TargetFilename", "AskedPath", "User", "Uid", "Comm", "DestinationIp", "a0", "a1", "a4", "exe", "comm",
            "euid", "name", "nametype", "SYSCALL", "success", "exit", "Call", "SourceFilename", "Error", "Mode", "NewUid", "g"),
    ];

    private static readonly LinearRegex[] Expressions = [new("a+b", RegexOptions.IgnoreCase), new("^[ik]", RegexOptions.None)];
    private readonly Random _random = new(seed);
    private readonly Field[] _fields = ofHost ? HostFields : PlainFields;
    private readonly LogSource[] _sources = ofHost ? HostSources : Sources;
    private readonly string[] _types = ofHost ? ["EXECVE", "path", "SYSCALL"] : ["a", "B"];

    // In every second case most rules ask one field for one of few values, as rules for audit records do.
    private readonly bool _typed = seed % 2 == 0;

    /// <summary>Some rules.</summary>
    public SigmaRule[] Rules(int count) => [.. Enumerable.Range(0, count).Select(i => new SigmaRule(
        new RuleInfo { Id = $"{i}", Title = $"{i}", SemanticHash = "" }, One(_typed ? _sources[..2] : _sources), Rule(), alertsAlone: true))];

    /// <summary>An event of one to three records.</summary>
    public RecordsView Event() => new([.. Many(1, 3, () => (One(Sources), Record()))]);

    /// <summary>An event of our sensor.</summary>
    public HostEvent HostEvent()
    {
        var parent = Some.Process(Path(), [.. Many(0, 2, Argument)], uid: One([0u, 4u, 42u]));
        var process = Some.Process(Path(), [.. Many(0, 6, Argument)], parent, uid: One([0u, 4u, 42u]));
        return _random.Next(7) switch
        {
            5 => Some.FileOpen(Path(), process, askedPath: Path(), error: One<ushort>([1, 4, 13])),
            6 => Some.Call(
                One(Enum.GetValues<CallKind>()[2..]), Path(), Path(), process, error: One<ushort>([0, 0, 4]),
                arguments: new CallArguments(One([4ul, 42ul, 0ul]), 4, 0, 0)),
            0 => Some.Connect(One(["1.2.4.0", "::ab"]), process: process),
            1 or 2 => Some.FileOpen(Path(), process, askedPath: Path(), openFlags: One([0u, 1u, 3u, 0x8241u])),
            _ => Some.Exec(process, askedPath: Path()),
        };
    }

    private static IEnumerable<Field> MakeFields(params string[] names)
    {
        var table = new FieldTable();
        return names.Select(table.Get);
    }

    private string Path() => One(["", "/", "/a/"]) + Text(Letters, 5);

    private string Argument() => _random.Next(20) == 0 ? new string('a', 200) : Text(Letters, 4);

    private FieldsOnly Record()
    {
        var record = new FieldsOnly();
        foreach (var field in _fields.Where(_ => _random.Next(5) > 0))
        {
            record[field.Name] = _typed && field == _fields[0] ? Type() : _random.Next(6) == 0 ? FieldValue.Of([.. Many(0, 3, Value)]) : Value();
        }

        return record;
    }

    private Matcher Rule() => (_typed ? _random.Next(8) : 0) switch
    {
        0 => Matcher(3),
        1 => AnyOf.Of([AllOf.Of([TypeItem(), Matcher(1)]), AllOf.Of([TypeItem(), Matcher(1)])]),
        2 => AllOf.Of([TypeItem(), TypeItem(), Matcher(1)]),
        _ => AllOf.Of([TypeItem(), Matcher(2)]),
    };

    private FieldItem TypeItem() => new(
        _fields[0],
        [.. Many(1, 2, () => _random.Next(4) == 0 ? (ValueTest)new NumberTest(One([4m, 4.0m])) : new TextTest(StringPattern.Parse(One(_types))))],
        _random.Next(4) == 0) { Key = "", Line = 1 };

    private FieldValue Type() => _random.Next(4) == 0 ? FieldValue.Of([.. Many(0, 3, TypeValue)]) : TypeValue();

    private FieldValue TypeValue() =>
        _random.Next(6) switch { 0 => FieldValue.Of(One([4m, 4.0m])), 1 => Value(), _ => FieldValue.Of(One(["a", "A", "b", "4", "c"])) };

    private FieldValue Value() => _random.Next(10) switch
    {
        0 => FieldValue.Of(Number()),
        1 => FieldValue.Of(_random.Next(2) == 0),
        2 => FieldValue.Null,
        3 => FieldValue.Of(One([IPAddress.Parse("1.2.4.0"), IPAddress.Parse("::ab"), IPAddress.Parse("fe80::1%4")])),
        4 => FieldValue.Of(Number().ToString(System.Globalization.CultureInfo.InvariantCulture)),
        _ => FieldValue.Of(Text(Letters, 8)),
    };

    private decimal Number() => One([4m, 4.0m, 4.20m, 42m, 42.00m, 0m, -0.0m, 0.000m, 1e20m, 1.0000000000000000000000000000m, -4m]);

    private string Text(string[] letters, int max) => string.Concat(Many(0, max, () => One(letters)));

    private Matcher Matcher(int depth) => (depth == 0 ? 0 : _random.Next(8)) switch
    {
        1 or 2 => AllOf.Of([.. Many(2, 3, () => Matcher(depth - 1))]),
        3 or 4 => AnyOf.Of([.. Many(2, 3, () => Matcher(depth - 1))]),
        5 => new Not(Matcher(depth - 1)),
        6 => new Search("s", Matcher(depth - 1)),
        _ => Item(),
    };

    private Matcher Item() => _random.Next(12) switch
    {
        0 => new FieldExists(One(_fields), _random.Next(2) == 0) { Key = "", Line = 1 },
        1 => new FieldReference(One(_fields), One(_fields), One(Enum.GetValues<PatternPlace>()), _random.Next(2) == 0) { Key = "", Line = 1 },
        2 => new KeywordItem([.. Many(1, 3, Test)], _random.Next(2) == 0) { Key = "", Line = 1 },
        _ => new FieldItem(One(_fields), [.. Many(1, 3, Test)], _random.Next(3) == 0) { Key = "", Line = 1 },
    };

    private ValueTest Test() => _random.Next(14) switch
    {
        0 => new NumberTest(Number()),
        1 => new BooleanTest(_random.Next(2) == 0),
        2 => new NullTest(),
        3 => new ComparisonTest(One(Enum.GetValues<Comparison>()), Number()),
        4 => NetworkTest.TryParse("1.2.0.0/16")!,
        5 => new RegexTest(One(Expressions)),
        6 => new AnyTest([.. Many(1, 3, Test)]),
        _ => new TextTest(StringPattern.Parse(
            Text(_random.Next(3) == 0 ? [.. Letters, .. Wildcards, .. Wildcards] : Letters, _random.Next(1, 5)), One(Enum.GetValues<PatternPlace>()),
            cased: _random.Next(3) == 0, anyDash: _random.Next(4) == 0)),
    };

    private T One<T>(T[] values) => values[_random.Next(values.Length)];

    private IEnumerable<T> Many<T>(int min, int max, Func<T> make) => Enumerable.Range(0, _random.Next(min, max + 1)).Select(_ => make());
}
