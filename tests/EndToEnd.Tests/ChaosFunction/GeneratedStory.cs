using System.Globalization;
using System.Text.RegularExpressions;
using Support;
using Support.Servers;
using Wire.Codec;
using Wire.Model;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>
/// Random frames of five hosts, and rules of every reach over them: one event, one host, several hosts, and one over several hosts that refers to
/// one within a host. What they have to tell is counted here without the engine.
/// </summary>
internal sealed partial class GeneratedStory : IChaosStory, IDisposable
{
    private const string Secret = "6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11";
    private const string Twice = "33333333-0f7e-4a8e-9c53-2d1b8f0e4c11";
    private const string ManyHosts = "22222222-0f7e-4a8e-9c53-2d1b8f0e4c11";
    private const string TwiceOnTwo = "44444444-0f7e-4a8e-9c53-2d1b8f0e4c11";
    private const int Hosts = 5;
    private const int FramesPerRound = 6;

    // Seconds between two frames in event time: an hour of them stays within the correlations' span.
    private const int Step = 2;

    private const string Text =
        $$"""
        title: Secret opened
        id: {{Secret}}
        level: high
        logsource: { product: linux, category: file_access }
        detection:
          selection: { TargetFilename|startswith: /etc/secret- }
          condition: selection
        ---
        title: Gate opened
        name: gate_opened
        id: 00000000-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: low
        logsource: { product: linux, category: file_access }
        detection:
          selection: { TargetFilename|startswith: /etc/gate- }
          condition: selection
        ---
        title: Gate opened twice on a host
        name: gate_twice
        id: {{Twice}}
        level: high
        correlation:
          type: event_count
          rules: [gate_opened]
          group-by: [HostId, TargetFilename]
          timespan: 2h
          condition: { gte: 2 }
        ---
        title: Gate opened on many hosts
        id: {{ManyHosts}}
        level: critical
        correlation:
          type: value_count
          rules: [gate_opened]
          group-by: [TargetFilename]
          timespan: 2h
          condition: { field: HostId, gte: 3 }
        ---
        title: Gate opened twice on two hosts
        id: {{TwiceOnTwo}}
        level: critical
        correlation:
          type: value_count
          rules: [gate_twice]
          group-by: [TargetFilename]
          timespan: 2h
          generate: true
          condition: { field: HostId, gte: 2 }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<string> _expected = [];
    private readonly Dictionary<(string Gate, string Host), int> _opens = [];
    private readonly List<IReadOnlyList<(string Host, byte[] Frame)>> _rounds = [];
    private readonly ulong[] _next = new ulong[Hosts];
    private int _events;

    /// <param name="random">Draws all of it.</param>
    /// <param name="rounds">How many rounds.</param>
    public GeneratedStory(Random random, int rounds)
    {
        _folder.File("rules.yml", Text);
        var waiting = Enumerable.Range(0, Hosts).Select(_ => new Queue<byte[]>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < FramesPerRound; i++)
            {
                var host = random.Next(Hosts);
                waiting[host].Enqueue(Frame(random, host, round));
            }

            // A host's frames come in order, and may come after later ones of others.
            _rounds.Add([.. Enumerable.Range(0, Hosts).OrderBy(_ => random.Next())
                .Where(_ => round == rounds - 1 || random.Next(3) > 0).SelectMany(host => Emptied(waiting[host]).Select(frame => (NameOf(host), frame)))]);
        }

        Count();
    }

    /// <inheritdoc/>
    public string Rules => _folder.Path;

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<(string Host, byte[] Frame)>> Rounds => _rounds;

    /// <inheritdoc/>
    public IReadOnlySet<string> Expected => _expected;

    /// <inheritdoc/>
    public string KeyOf(SnsNotification message)
    {
        var rule = message.Attributes["rule"];
        return Key(rule, File().Match(message.Message).Value, rule is Twice ? message.Attributes["host"] : "");
    }

    /// <inheritdoc/>
    public string? ItemOf(SnsNotification message) => message.Attributes["rule"] switch
    {
        _ when MessageFacts.ChangeOf(message) is "" or "closed" => null,
        Secret or Twice => "H#" + message.Attributes["host"],
        ManyHosts or TwiceOnTwo => "G#" + message.Attributes["rule"],
        _ => null,
    };

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static string NameOf(int host) => string.Create(CultureInfo.InvariantCulture, $"host-{host}");

    private static string Key(string rule, string file, string host) => $"{rule} {file} {host}".TrimEnd();

    private static IEnumerable<byte[]> Emptied(Queue<byte[]> queue)
    {
        while (queue.TryDequeue(out var frame))
        {
            yield return frame;
        }
    }

    private byte[] Frame(Random random, int host, int round)
    {
        var events = new List<HostEvent>();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var number = ++_events;
            var path = random.Next(5) switch
            {
                0 => $"/etc/secret-{number}-",
                1 or 2 => $"/etc/gate-{round / 2}-",
                _ => "/etc/hosts",
            };
            events.Add(Some.FileOpen(
                path, sequence: ++_next[host], bootNs: Some.Seconds(600 + (number * Step)), host: Some.Host(NameOf(host), hostName: NameOf(host)),
                process: Some.Process("/usr/bin/cat", pid: (uint)(1_000 + number))));
            if (path.StartsWith("/etc/secret-", StringComparison.Ordinal))
            {
                _expected.Add(Key(Secret, path, ""));
            }
            else if (path.StartsWith("/etc/gate-", StringComparison.Ordinal))
            {
                _opens[(path, NameOf(host))] = _opens.GetValueOrDefault((path, NameOf(host))) + 1;
            }
        }

        return new FrameEncoder().Encode(Some.Frame(events));
    }

    private void Count()
    {
        foreach (var gate in _opens.GroupBy(one => one.Key.Gate))
        {
            _expected.UnionWith(gate.Where(one => one.Value >= 2).Select(one => Key(Twice, gate.Key, one.Key.Host)));
            if (gate.Count() >= 3)
            {
                _expected.Add(Key(ManyHosts, gate.Key, ""));
            }

            if (gate.Count(one => one.Value >= 2) >= 2)
            {
                _expected.Add(Key(TwiceOnTwo, gate.Key, ""));
            }
        }
    }

    [GeneratedRegex("/etc/(secret|gate)-[0-9]+-")]
    private static partial Regex File();
}
