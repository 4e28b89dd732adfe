using System.Globalization;
using Detection;
using Detection.Rules;
using Support;
using Wire.Model;

namespace Benchmarks.Detection;

/// <summary>
/// One correlation with 10,000 live groups. Every event is a hit, one every millisecond, in order, in frames of 250 as an agent sends
/// them: each group gets one every 10 s, and four lie in its window.
/// </summary>
internal sealed class CorrelationWorkload
{
    /// <summary>Groups.</summary>
    public const int Groups = 10_000;

    /// <summary>Hits of a group in its window.</summary>
    public const int HitsPerGroup = 4;

    /// <summary>Events that one run takes up.</summary>
    public const int EventCount = 60_000;

    private const int EventsPerFrame = 250;
    private const ulong StepNs = 1_000_000;

    private static readonly Dictionary<string, string> Rules = new()
    {
        ["event_count"] = "type: event_count, rules: [a], group-by: [process], condition: { gte: # }",
        ["value_count"] = "type: value_count, rules: [a], group-by: [process], condition: { field: TargetFilename, gte: # }",
        ["temporal"] = "type: temporal, rules: [a, b, c], group-by: [process]",
        ["temporal_ordered"] = "type: temporal_ordered, rules: [a, b, c], group-by: [process]",
        ["lineage"] = "type: temporal_ordered, rules: [a, b, c], group-by: [lineage]",
        ["lineage-or-session"] = "type: temporal_ordered, rules: [a, b, c], group-by: [lineage-or-session]",
    };

    private readonly string _type;
    private readonly bool _fires;
    private readonly ProcessNode[] _shells;
    private readonly ProcessNode[] _commands;
    private readonly Credentials[] _credentials;
    private Frame[] _frames = [];
    private ulong _number = 1;

    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="fires">True: the correlation fires again and again in each group; false: one hit is always missing.</param>
    public CorrelationWorkload(string type, bool fires)
    {
        (_type, _fires) = (type, fires);
        Pack = RuleLoader.Load([new RuleSource("correlation.yml", Text(type, fires))]);

        Engine = new DetectionEngine(Pack, Limits);
        var sshd = Some.Process("/usr/sbin/sshd", ["sshd: alice [priv]"], pid: 811, uid: 0);
        _shells = [.. Enumerable.Range(0, Groups).Select(i => Some.Process("/usr/bin/bash", ["-bash"], sshd, 100_000 + (uint)i))];
        _commands = [.. _shells.Select((shell, i) => Some.Process("/usr/bin/tool", ["tool", "--now"], shell, 200_000 + (uint)i))];
        _credentials = [.. _shells.Select((shell, i) => Some.Credentials(auditSession: 1_000 + (uint)i, session: shell.Key))];

        // The host's numbers count from ten minutes after its first event on: before, another boot may still have something to say.
        Take([FrameOf([Some.FileOpen("/etc/hostname", _shells[0], 1, 1, Lane.Bulk)], 1)]);
        for (var round = 0; round < 12 * Groups / EventCount; round++)
        {
            Prepare();
            Run();
        }
    }

    /// <summary>The correlations that there are.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. Rules.Keys];

    /// <summary>All groups are kept, in whatever item; by lineage or session each hit is in two groups.</summary>
    public static DetectionLimits Limits { get; } = new() { GroupsPerRule = 3 * Groups, ItemBytes = int.MaxValue };

    /// <summary>The rules.</summary>
    public RulePack Pack { get; }

    /// <summary>The engine; after construction all groups live.</summary>
    public DetectionEngine Engine { get; }

    /// <summary>Makes the frames of the next run.</summary>
    public void Prepare()
    {
        _frames = new Frame[EventCount / EventsPerFrame];
        for (var i = 0; i < _frames.Length; i++)
        {
            var events = new HostEvent[EventsPerFrame];
            for (var j = 0; j < events.Length; j++)
            {
                events[j] = Next(++_number);
            }

            _frames[i] = FrameOf(events, events[^1].BootNs);
        }
    }

    /// <summary>Evaluates them.</summary>
    /// <returns>How many incidents changed.</returns>
    public int Run() => Take(_frames);

    private int Take(Frame[] frames)
    {
        var incidents = 0;
        foreach (var frame in frames)
        {
            foreach (var _ in Engine.EvaluateFrame(frame))
            {
                incidents++;
            }
        }

        return incidents;
    }

    private static Frame FrameOf(HostEvent[] events, ulong untilNs) => new()
    {
        Host = events[0].Host,
        Lane = Lane.Bulk,
        Range = new SequenceRange(events[0].Sequence, events[^1].Sequence),
        BootTimeUnixNs = Some.BootTimeUnixNs,
        Events = events,
        Progress = [new LaneProgress(Lane.High, 0, untilNs), new LaneProgress(Lane.Bulk, events[^1].Sequence, untilNs)],
    };

    private FileOpenEvent Next(ulong number)
    {
        var group = (int)(number % Groups);
        var round = number / Groups;
        var letter = _type is "event_count" or "value_count" ? 'a' : _fires ? (char)('a' + (round % 3)) : (char)('b' + (round % 2));
        var byShell = letter != 'c' && _type.StartsWith("lineage", StringComparison.Ordinal);
        return Some.FileOpen(
            $"/{letter}/{round % HitsPerGroup}", byShell ? _shells[group] : _commands[group], number, Some.Seconds(700) + (number * StepNs), Lane.Bulk,
            credentials: _credentials[group]);
    }

    private static string Text(string type, bool fires)
    {
        const string Rule = "title: #\nname: #\nlogsource: { product: linux, category: file_access }\n"
            + "detection: { opened: { TargetFilename|startswith: /#/ }, condition: opened }\n---\n";
        var condition = Rules[type].Replace("#", (fires ? HitsPerGroup : HitsPerGroup + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return string.Concat("abc".Select(letter => Rule.Replace("#", letter.ToString(), StringComparison.Ordinal)))
            + $"title: measured\ncorrelation: {{ {condition}, timespan: {(HitsPerGroup * 10) - 5}s }}\n";
    }
}
