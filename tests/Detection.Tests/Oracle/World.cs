using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>Turns specs into events, and draws them.</summary>
internal static class World
{
    public const long TimespanNs = 10_000_000_000;
    public const long SuppressionNs = 16_000_000_000;

    /// <summary>Parent of each process, -1 = none. Process 5 is one of which the sensor knows only the pid.</summary>
    public static readonly int[] Parents = [-1, 0, 1, 0, 2, 1, -1];

    public const int UnknownProcess = 5;

    private static readonly string[] LetterSets = ["a", "b", "c", "a", "b", "c", "ab", "bc", "ac", "abc", "x"];

    /// <summary>User names of the processes, for the alias that reads the parent's.</summary>
    public static string ProcessUser(int process) => "u" + (1 + (process % 2));

    public static Gen<EventSpec[]> Specs { get; } =
        from count in Gen.Choose(1, 13)
        from specs in Gen.ArrayOf(Spec(), count)
        select specs;

    public static HostEvent[] Events(IReadOnlyList<EventSpec> specs) => [.. specs.Select(Event)];

    private static Gen<EventSpec> Spec() =>
        from host in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Constant(1)))
        from lane in Gen.Choose(0, 1)
        from tick in Gen.Choose(0, 24)
        from jitter in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Constant(-1)), (1, Gen.Constant(1)))
        from letters in Gen.Elements(LetterSets)
        from process in Gen.Choose(0, 6)
        from session in Gen.Choose(0, 3)
        from user in Gen.Choose(0, 2)
        select new EventSpec(host, lane, tick, jitter, letters, process, session, user);

    private static HostEvent Event(EventSpec spec, int index)
    {
        var bootNs = (ulong)((spec.Tick * (TimespanNs / 5)) + spec.Jitter + 1);
        return new ExecEvent(new EventFacts
        {
            Host = Some.Host("i-" + spec.Host),
            Lane = (Lane)spec.Lane,
            Sequence = (ulong)(index + 1),
            BootNs = bootNs,
            TimeNs = Some.BootTimeUnixNs + (long)bootNs,
            Process = Node(spec.Process, spec.Letters),
            Credentials = Rights(spec.Session),
            UserName = spec.User == 0 ? "" : "u" + spec.User,
        });
    }

    private static Credentials Rights(int session) => session switch
    {
        0 => Some.Credentials(auditSession: 7),
        1 => Some.Credentials(auditSession: Credentials.Unset, session: new ProcessKey(50, 500)),
        2 => Some.Credentials(auditSession: Credentials.Unset, session: new ProcessKey(51, 0)),
        _ => Some.Credentials(auditSession: 8),
    };

    private static ProcessNode Node(int process, string letters) => new()
    {
        Key = new ProcessKey((uint)process + 100, process == UnknownProcess ? 0 : (ulong)process + 1_000),
        Parent = Parents[process] < 0 ? null : Node(Parents[process], "none-of-them"),
        Image = "/" + letters,
        UserName = ProcessUser(process),
    };
}
