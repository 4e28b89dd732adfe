using System.Globalization;
using Wire.Model;

namespace AlertLambda.Findings;

/// <summary>
/// Tells each kind of finding of one host once when it begins and once when it is over: what goes on is counted, not repeated. Not thread-safe.
/// </summary>
/// <param name="open">What is going on; belongs to the host's state.</param>
public sealed class FindingLog(List<OpenFinding> open)
{
    /// <summary>How long nothing of the kind must be seen until a finding is over.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly List<Finding> _reports = [];

    /// <summary>True when anything was opened, counted or closed since <see cref="Take"/> was last asked.</summary>
    public bool Changed { get; private set; }

    /// <summary>It is so now.</summary>
    /// <param name="kind">What.</param>
    /// <param name="host">Where.</param>
    /// <param name="nowMs">The time, Unix ms.</param>
    /// <param name="facts">What is known; told only if it begins with this.</param>
    /// <param name="fromMs">Since when, Unix ms; null = now.</param>
    /// <param name="about">What exactly it is about.</param>
    public void Note(FindingKind kind, HostIdentity? host, long nowMs, IReadOnlyList<FindingFact> facts, long? fromMs = null, string about = "")
    {
        Changed = true;
        if (open.Find(known => known.Kind == kind) is { } going)
        {
            going.Count++;
            going.LastMs = Math.Max(going.LastMs, nowMs);
            return;
        }

        open.Add(new OpenFinding { Kind = kind, SinceMs = fromMs ?? nowMs, LastMs = nowMs, About = about });
        _reports.Add(new Finding { Kind = kind, Host = host, FromMs = fromMs ?? nowMs, ToMs = nowMs, Facts = facts });
    }

    /// <summary>It is not so any more; what was before it was seen to be so says nothing of that.</summary>
    public void End(FindingKind kind, HostIdentity? host, long nowMs)
    {
        if (open.Find(known => known.Kind == kind) is { } going && nowMs > going.LastMs)
        {
            Close(going, host, nowMs);
        }
    }

    /// <summary>Ends what was not seen for a while.</summary>
    public void EndQuiet(HostIdentity? host, long nowMs, params ReadOnlySpan<FindingKind> kinds)
    {
        foreach (var kind in kinds)
        {
            if (open.Find(known => known.Kind == kind) is { } going && going.LastMs + (long)Quiet.TotalMilliseconds <= nowMs)
            {
                Close(going, host, going.LastMs);
            }
        }
    }

    /// <summary>True while it goes on.</summary>
    public bool IsOpen(FindingKind kind) => open.Exists(known => known.Kind == kind);

    /// <summary>Takes out what is to be told.</summary>
    public IReadOnlyList<Finding> Take()
    {
        Changed = false;
        if (_reports.Count == 0)
        {
            return [];
        }

        Finding[] reports = [.. _reports];
        _reports.Clear();
        return reports;
    }

    private void Close(OpenFinding going, HostIdentity? host, long endMs)
    {
        Changed = true;
        open.Remove(going);
        _reports.Add(new Finding
        {
            Kind = going.Kind,
            IsOver = true,
            Host = host,
            FromMs = going.SinceMs,
            ToMs = endMs,
            Facts = [new FindingFact("Seen", string.Create(CultureInfo.InvariantCulture, $"{going.Count} times"))],
        });
    }
}
