using Detection;
using Detection.Findings;
using Detection.Rules;
using EndToEnd.Tests.Setup;
using LocalPipeline.Recording;
using Support;
using Support.Servers;
using Wire.Codec;
using Wire.Model;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>What a real host did, under the shipped rules; and what one engine says of it that nothing disturbs.</summary>
internal sealed class RecordedStory : IChaosStory
{
    private readonly List<IReadOnlyList<(string Host, byte[] Frame)>> _rounds;
    private readonly Dictionary<string, string> _hosts;
    private readonly HashSet<string> _shared;
    private readonly HashSet<string> _rules;
    private readonly HashSet<string> _expected = [];

    /// <param name="rounds">In how many parts the frames are sent.</param>
    public RecordedStory(int rounds)
    {
        var sources = RuleFiles.Read(
            RuleFiles.Find(Programs.Rules, RuleFiles.IsRuleFile), file => Path.GetRelativePath(Programs.Rules, file), (_, e) => throw e);
        var pack = RuleLoader.Load(sources);
        var engine = new DetectionEngine(pack);
        _shared = [.. engine.SharedRules];
        _rules = [.. pack.Rules.Concat<Rule>(pack.Correlations).Select(rule => rule.Info.Id)];
        var frames = ((string[])["login", "package", "build"]).SelectMany(Read).Select(bytes => (Bytes: bytes, Frame: Decoded(bytes))).ToList();
        _hosts = frames.Select(one => one.Frame.Host).DistinctBy(host => host.HostId).ToDictionary(host => host.HostName, host => host.HostId);
        foreach (var incident in frames.SelectMany(one => engine.EvaluateFrame(one.Frame, FrameDigest.Of(one.Bytes))).Where(one => one.Change == IncidentChange.Opened))
        {
            _expected.Add(incident.Id);
        }

        _rounds = [.. frames.Select(one => (one.Frame.Host.HostId, one.Bytes)).Chunk(Math.Max(1, frames.Count / rounds))];
    }

    /// <inheritdoc/>
    public string Rules => Programs.Rules;

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<(string Host, byte[] Frame)>> Rounds => _rounds;

    /// <inheritdoc/>
    public IReadOnlySet<string> Expected => _expected;

    /// <inheritdoc/>
    public string KeyOf(SnsNotification message) => MessageFacts.IncidentOf(message);

    /// <inheritdoc/>
    public string? ItemOf(SnsNotification message) => message.Attributes["rule"] switch
    {
        _ when MessageFacts.ChangeOf(message) is "" or "closed" => null,
        var rule when _shared.Contains(rule) => "G#" + rule,
        var rule when _rules.Contains(rule) => "H#" + _hosts[message.Attributes["host"]],
        _ => null,
    };

    private static List<byte[]> Read(string name)
    {
        using var file = File.OpenRead(Repository.File($"tests/Fixtures/recordings/{name}.rec"));
        return [.. RecordingReader.Read(file, fault => throw new InvalidDataException(fault))];
    }

    private static Frame Decoded(byte[] bytes) => FrameDecoder.TryDecode(bytes, out var frame, out var error)
        ? frame
        : throw new InvalidDataException($"a recorded frame is none: {error}");
}
