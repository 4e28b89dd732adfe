using Support;
using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>Turns specs into events of the model.</summary>
internal static class World
{
    /// <summary>The process of which the sensor knows the pid, but not the start.</summary>
    public const int UnknownProcess = 5;

    /// <summary>Parent of each process, -1 = none.</summary>
    public static readonly int[] Parents = [-1, 0, 1, 0, 2, 1, -1];

    private static readonly Guid[] Boots = [new("10000000-0000-0000-0000-000000000000"), new("20000000-0000-0000-0000-000000000000")];

    /// <summary>Host and boot of a spec.</summary>
    public static HostIdentity Host(EventSpec spec) => Some.Host(HostId(spec.Host), Boots[spec.Boot]);

    /// <summary>Name of a host.</summary>
    public static string HostId(int host) => "i-" + host;

    /// <summary>The event.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="sequence">Its number in the lane.</param>
    public static HostEvent Event(EventSpec spec, ulong sequence) => new ExecEvent(new EventFacts
    {
        Host = Host(spec),
        Lane = (Lane)spec.Lane,
        Sequence = sequence,
        BootNs = (ulong)spec.Ns,
        TimeNs = Some.BootTimeUnixNs + spec.Ns,
        Process = Node(spec.Process, spec.Letters, spec.Text),
        Actor = new ActorFacts
        {
            Credentials = Rights(spec.Session) with { Gid = (uint)spec.Number },
            UserName = spec.User,
            EffectiveUserName = spec.Effective,
            CgroupId = (ulong)spec.Container,
        },
    });

    private static Credentials Rights(int session) => session switch
    {
        0 => Some.Credentials(auditSession: 7),
        1 => Some.Credentials(auditSession: Credentials.Unset, session: new ProcessKey(50, 500)),
        2 => Some.Credentials(auditSession: Credentials.Unset, session: new ProcessKey(51, 0)),
        _ => Some.Credentials(auditSession: 8),
    };

    private static ProcessNode Node(int process, string letters, string directory) => new()
    {
        Key = new ProcessKey((uint)process + 100, process == UnknownProcess ? 0 : (ulong)process + 1_000),
        Parent = Parents[process] < 0 ? null : Node(Parents[process], "none-of-them", ""),
        Image = "/" + letters,
        CurrentDirectory = directory,
    };
}
