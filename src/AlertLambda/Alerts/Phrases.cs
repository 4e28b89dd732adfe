using System.Globalization;
using System.Net.Sockets;
using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>The words alerts are made of, equal in every medium.</summary>
public static class Phrases
{
    /// <summary>Room for a user, host or program name.</summary>
    public const int NameLength = 64;

    /// <summary>Room for a path in a sentence.</summary>
    public const int PathLength = 160;

    /// <summary>Kernel access mode bits of open flags (<c>O_ACCMODE</c>).</summary>
    private const uint AccessMode = 3;

    /// <summary>One word, lower case: <c>high</c>.</summary>
    public static string Severity(RuleLevel level) => level switch
    {
        RuleLevel.Critical => "critical",
        RuleLevel.High => "high",
        RuleLevel.Medium => "medium",
        RuleLevel.Low => "low",
        _ => "informational",
    };

    /// <summary>One word, lower case: <c>opened</c>.</summary>
    public static string Change(IncidentChange change) => change switch
    {
        IncidentChange.Opened => "opened",
        IncidentChange.Closed => "closed",
        _ => "escalated",
    };

    /// <summary>The title for a heading: says first when it is not the first report of the incident. Raw: not escaped.</summary>
    public static string Headline(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return incident.Change switch
        {
            IncidentChange.Opened => Title(incident.Rule),
            IncidentChange.Closed => $"Over: {Title(incident.Rule)}",
            _ => $"Certain now: {Title(incident.Rule)}",
        };
    }

    /// <summary>What people have to know of the verdict; null when it is plainly certain.</summary>
    public static string? Certainty(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return (incident.Verdict, incident.Change) switch
        {
            (Verdict.Unknown, _) => "Not certain: events that this depends on were lost; with them the rule might not have fired.",
            (_, IncidentChange.Escalated) => "Certain now: reported before as not certain, and since then it happened with nothing missing.",
            _ => null,
        };
    }

    /// <summary>The title, or the id of a rule that has none.</summary>
    public static string Title(RuleInfo rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Title.Length > 0 ? rule.Title : rule.Id;
    }

    /// <summary>The name people know the host by, else its id. Raw: not escaped.</summary>
    public static string Host(HostIdentity host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.HostName.Length > 0 ? host.HostName : host.HostId;
    }

    /// <summary>File name of the image, else the short name, else nothing. Raw: not escaped.</summary>
    public static string Program(ProcessNode process)
    {
        ArgumentNullException.ThrowIfNull(process);
        var name = process.Image[(process.Image.LastIndexOf('/') + 1)..];
        return name.Length > 0 ? name : process.Comm;
    }

    /// <summary><see cref="Program"/> for a sentence.</summary>
    public static string Program(IMarkup markup, ProcessNode process)
    {
        ArgumentNullException.ThrowIfNull(markup);
        var name = Program(process);
        return name.Length > 0 ? markup.Name(name, NameLength) : "an unknown program";
    }

    /// <summary><c>alice (uid 1000)</c>, or <c>uid 1000</c> when the name is not known.</summary>
    public static string User(IMarkup markup, uint uid, string name)
    {
        ArgumentNullException.ThrowIfNull(markup);
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 ? Invariant($"{markup.Name(name, NameLength)} (uid {uid})") : ShortUser(markup, uid, name);
    }

    /// <summary>
    /// <c>alice</c>, or <c>uid 1000</c> when the name is not known; uid 0 is always <c>root</c>, with its name when that is another
    /// (<c>root (as backup)</c>): a second account of uid 0 must not pass for an ordinary one.
    /// </summary>
    public static string ShortUser(IMarkup markup, uint uid, string name)
    {
        ArgumentNullException.ThrowIfNull(markup);
        ArgumentNullException.ThrowIfNull(name);
        return (uid, name) switch
        {
            (0, "" or "root") => name.Length > 0 ? markup.Name(name, NameLength) : "root",
            (0, _) => $"root (as {markup.Name(name, NameLength)})",
            (_, "") => Invariant($"uid {uid}"),
            _ => markup.Name(name, NameLength),
        };
    }

    /// <summary><c>2026-11-21 10:15:30.123 UTC</c>.</summary>
    /// <param name="unixNs">ns since 1970 UTC; cut, not rounded, to ms.</param>
    public static string Utc(long unixNs) => Moment(unixNs).ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture);

    /// <summary><c>10:15:30.123</c>, UTC.</summary>
    public static string TimeOfDay(long unixNs) => Moment(unixNs).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary><c>340 ms</c>, <c>2.1 s</c>, <c>3 min 5 s</c>, <c>2 h 3 min</c>, <c>4 d 2 h</c>: as exact as a reader needs.</summary>
    /// <param name="ns">Duration, not negative.</param>
    public static string Elapsed(long ns)
    {
        var ms = ns / 1_000_000;
        var seconds = ms / 1000;
        return ms switch
        {
            0 => "less than 1 ms",
            < 1000 => Invariant($"{ms} ms"),
            < 60_000 => Invariant($"{seconds}.{ms % 1000 / 100} s"),
            < 3_600_000 => Invariant($"{seconds / 60} min {seconds % 60} s"),
            < 86_400_000 => Invariant($"{seconds / 3600} h {seconds % 3600 / 60} min"),
            _ => Invariant($"{seconds / 86_400} d {seconds % 86_400 / 3600} h"),
        };
    }

    /// <summary>What the process did, in the past tense, without the subject.</summary>
    public static string Action(IMarkup markup, HostEvent hostEvent)
    {
        ArgumentNullException.ThrowIfNull(markup);
        return hostEvent switch
        {
            ExecEvent => "was started",
            FileOpenEvent { Error: not 0 } open => CallPhrases.Refused($"open {markup.Name(open.Path, PathLength)}{Access(open.OpenFlags)}", open.Error),
            CallEvent call => CallPhrases.Action(markup, call),
            FileOpenEvent open => $"opened {markup.Name(open.Path, PathLength)}{Access(open.OpenFlags)}",
            NetworkEvent { Kind: EventKind.Send } send => $"sent a datagram to {Endpoint(markup, send)}",
            NetworkEvent connect => $"connected to {Endpoint(markup, connect)}",
            ForkEvent fork => Invariant($"made a child process (pid {fork.Child.Pid})"),
            ExitEvent { ExitCode: var code } when (code & 0x7f) != 0 => Invariant($"was killed by signal {code & 0x7f}"),
            ExitEvent exit => Invariant($"ended with exit code {(exit.ExitCode >> 8) & 0xff}"),
            _ => $"did something ({hostEvent.Kind})",
        };
    }

    /// <summary>True for what people do with a program, and not the program by itself.</summary>
    public static bool IsDeed(HostEvent hostEvent) => hostEvent is FileOpenEvent or NetworkEvent or CallEvent;

    private static string Access(uint flags) => (flags & AccessMode) switch
    {
        0 => "",
        1 => " for writing",
        _ => " for reading and writing",
    };

    // A name too: Slack makes an emoji of ":100:".
    private static string Endpoint(IMarkup markup, NetworkEvent network) => markup.Name(
        network.Address.AddressFamily == AddressFamily.InterNetworkV6
            ? Invariant($"[{network.Address}]:{network.Port}")
            : Invariant($"{network.Address}:{network.Port}"),
        NameLength);

    private static DateTime Moment(long unixNs) => DateTime.UnixEpoch.AddTicks(unixNs / 100);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
