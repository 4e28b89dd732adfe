using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Detection.Correlation;
using Detection.Rules;
using Detection.State;

namespace Detection;

/// <content>What the engine remembers as bytes: written here, taken up anywhere.</content>
public sealed partial class DetectionEngine
{
    /// <summary>All that is remembered, without what can no longer be needed. The counters are not part of it.</summary>
    public byte[] Encode()
    {
        using var body = new StateWriter();
        var codec = NewPartitionCodec();
        body.Write(_watermarks.NewestHost);
        body.Write(_watermarks.NewestNs);
        body.Write(_watermarks.SecondNs);
        body.Write(_shared.ForgottenNs);
        body.Write(_watermarks.SweptNs);
        body.WriteList(_pack.Correlations, rule =>
        {
            body.Write(rule.Info.Id);
            body.Write(rule.Info.SemanticHash);
            body.Write(_context.UnseenNs.GetValueOrDefault(rule, long.MinValue));
            body.Write(_context.EvictedNs.GetValueOrDefault(rule, long.MinValue));
        });
        body.WriteList([.. _hosts.Entries], host =>
        {
            body.Write(host.Key);
            TelemetryCodec.Write(body, host.Value.Telemetry);
            host.Value.Partition.Compact();
            codec.Write(body, host.Value.Partition);
        });
        _shared.Compact();
        codec.Write(body, _shared);

        return Sealed(body);
    }

    private static byte[] Sealed(StateWriter body)
    {
        using var whole = new StateWriter();
        body.Events.Write(whole);
        whole.Write(body.ToArray());
        var bytes = whole.ToArray();
        return [.. StateFormat.Magic, StateFormat.Version, .. SHA256.HashData(bytes).AsSpan(0, StateFormat.DigestBytes), .. bytes];
    }

    private static bool TryOpen(ReadOnlySpan<byte> state, Action<StateReader> read, [NotNullWhen(false)] out string? fault)
    {
        fault = FaultOf(state);
        if (fault is not null)
        {
            return false;
        }

        try
        {
            using var reader = new StateReader(state[StateFormat.PrefixBytes..].ToArray());
            reader.ReadEvents();
            read(reader);
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            fault = "the state is damaged: " + e.Message;
            return false;
        }
    }

    /// <summary>An engine that goes on where another was encoded.</summary>
    /// <param name="pack">
    /// The rules. What was remembered for a rule that has the same id and means the same is kept; any other starts empty.
    /// </param>
    /// <param name="limits">Bounds; null = the defaults.</param>
    /// <param name="state">What <see cref="Encode"/> wrote.</param>
    /// <param name="engine">The engine; null when the state cannot be read.</param>
    /// <param name="fault">Why it cannot be read; else null.</param>
    public static bool TryResume(
        RulePack pack, DetectionLimits? limits, ReadOnlySpan<byte> state, [NotNullWhen(true)] out DetectionEngine? engine,
        [NotNullWhen(false)] out string? fault)
    {
        engine = new DetectionEngine(pack, limits);
        fault = FaultOf(state);
        if (fault is not null)
        {
            engine = null;
            return false;
        }

        try
        {
            using var reader = new StateReader(state[StateFormat.PrefixBytes..].ToArray());
            engine.Restore(reader);
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            engine = null;
            fault = "the state is damaged: " + e.Message;
            return false;
        }
    }

    private static string? FaultOf(ReadOnlySpan<byte> state)
    {
        if (state.Length < StateFormat.PrefixBytes || !state.StartsWith(StateFormat.Magic))
        {
            return "not a state of the engine";
        }

        if (state[StateFormat.Magic.Length] is var version && version != StateFormat.Version)
        {
            return $"a state of version {version}; this engine reads {StateFormat.Version}";
        }

        var digest = SHA256.HashData(state[StateFormat.PrefixBytes..]).AsSpan(0, StateFormat.DigestBytes);
        return digest.SequenceEqual(state.Slice(StateFormat.Magic.Length + 1, StateFormat.DigestBytes)) ? null : "the state is damaged: its digest is wrong";
    }

    private void Restore(StateReader reader)
    {
        var codec = NewPartitionCodec();
        reader.ReadEvents();
        _watermarks.NewestHost = reader.ReadString();
        _watermarks.NewestNs = reader.ReadInt64();
        _watermarks.SecondNs = reader.ReadInt64();
        _shared.ForgottenNs = reader.ReadInt64();
        _watermarks.SweptNs = reader.ReadInt64();
        NoteUnseen(reader.ReadList(() => (reader.ReadString(), reader.ReadString(), reader.ReadInt64(), reader.ReadInt64())));
        _ = reader.ReadList(() =>
        {
            var host = HostOf(reader.ReadString());
            TelemetryCodec.Read(reader, host.Telemetry);
            if (host.Telemetry.HasLosses)
            {
                _withLosses.Add(host.Telemetry);
            }

            Read(codec, reader, host.Partition);
            return host;
        });
        Read(codec, reader, _shared);
    }

    // A correlation that is new here, or means something else now, has seen nothing of what came before.
    private void NoteUnseen(List<(string Id, string Hash, long UnseenNs, long EvictedNs)> known)
    {
        foreach (var rule in _pack.Correlations)
        {
            var index = known.FindIndex(entry => entry.Id == rule.Info.Id && entry.Hash == rule.Info.SemanticHash);
            _context.UnseenNs[rule] = index < 0 ? _watermarks.NewestNs : known[index].UnseenNs;
            _context.EvictedNs[rule] = index < 0 ? long.MinValue : known[index].EvictedNs;
        }
    }

    private void Read(PartitionCodec codec, StateReader reader, Partition partition) =>
        codec.Read(reader, partition, number => LogOf(partition, number), number => TrackerOf(partition, number));

    private PartitionCodec NewPartitionCodec() =>
        new([.. _pack.Rules.Select(rule => rule.Info), .. _pack.Correlations.Select(rule => rule.Info)], _pack.Rules.Count);
}
