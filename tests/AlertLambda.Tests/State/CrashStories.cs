using Detection.Rules;
using Support;
using Wire.Codec;
using Wire.Model;

namespace AlertLambda.Tests.State;

/// <summary>Rules of all three reaches (one event, one host, several hosts), and random frames of four hosts that they fire at.</summary>
internal static class CrashStories
{
    /// <summary>The rule that counts over all hosts, and opens one incident at most.</summary>
    public const string OverHosts = "22222222-0f7e-4a8e-9c53-2d1b8f0e4c11";

    private const string Rules =
        """
        title: Shadow file opened
        id: 6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: high
        logsource:
          product: linux
          category: file_access
        detection:
          selection:
            TargetFilename: /etc/shadow
          condition: selection
        ---
        title: Gate opened
        name: gate_opened
        id: 00000000-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: low
        logsource:
          product: linux
          category: file_access
        detection:
          selection:
            TargetFilename: /etc/gate
          condition: selection
        ---
        title: Gate opened again and again on a host
        id: 11111111-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: high
        correlation:
          type: event_count
          rules: [gate_opened]
          group-by: [HostId]
          timespan: 1h
          condition:
            gte: 3
        ---
        title: Gate opened twice on a host
        id: 33333333-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: high
        correlation:
          type: event_count
          rules: [gate_opened]
          group-by: [host]
          timespan: 1h
          condition:
            gte: 2
        ---
        title: Gate opened on many hosts
        id: 22222222-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: critical
        correlation:
          type: value_count
          rules: [gate_opened]
          timespan: 1h
          condition:
            field: HostId
            gte: 3
        """;

    public static RulePack Pack()
    {
        var pack = RuleLoader.Load([new RuleSource("crash.yml", Rules)]);
        Assert.Empty(pack.Refused);
        return pack;
    }

    /// <summary>Frames in the order of their events; of a host they join without a gap.</summary>
    /// <param name="random">The dice.</param>
    /// <param name="count">How many.</param>
    /// <param name="harmless">So many files are opened of which no rule speaks, for three of which one does.</param>
    public static IReadOnlyList<Frame> Frames(Random random, int count, int harmless)
    {
        string[] paths = ["/etc/shadow", "/etc/gate", "/etc/gate", .. Enumerable.Repeat("/etc/hosts", harmless)];
        var next = new ulong[4];
        var frames = new List<Frame>();
        for (var i = 0; i < count; i++)
        {
            var host = random.Next(next.Length);
            var events = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Some.FileOpen(
                paths[random.Next(paths.Length)], sequence: ++next[host], bootNs: Some.Seconds(600 + (i * 3) + (next[host] * 0.001)),
                host: Some.Host($"host-{host}", hostName: $"host-{host}"), process: Some.Process("/usr/bin/cat", pid: (uint)(100 + random.Next(3))))).ToList();
            frames.Add(Some.Frame([.. events]));
        }

        return frames;
    }

    public static byte[] Encode(Frame frame) => new FrameEncoder().Encode(frame);
}
