using System.IO.Hashing;
using System.Text;
using EdgeAgent.Batching;
using EdgeAgent.Spool;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Delivery;

/// <summary>
/// Links each frame that is shipped to the one that was delivered before it, of the same host and boot. Only what was delivered moves a chain on.
/// Guarded by the queue.
/// </summary>
internal sealed class FrameChain
{
    /// <summary>
    /// Boots that are known at a time. Of one that was delivered longer ago, the next frame begins a chain. All boots that wait in a spool are needed at once:
    /// what is urgent goes first of each, then the rest of each.
    /// </summary>
    internal const int MaxTips = 64;

    private readonly List<ChainTip> _tips = [];

    /// <summary>The newest links, the one of the last delivery last.</summary>
    internal IReadOnlyList<ChainTip> Tips => [.. _tips];

    /// <summary>Takes up what an earlier life delivered. What this one did goes before it.</summary>
    internal void Restore(IReadOnlyList<ChainTip> tips) =>
        _tips.InsertRange(0, tips.Where(tip => !_tips.Exists(known => known.Chain == tip.Chain)).TakeLast(MaxTips - _tips.Count));

    /// <summary>The batch as it is shipped.</summary>
    /// <param name="batch">Leaves room for the link, as <see cref="FramePacker"/> does.</param>
    internal Batch Link(Batch batch)
    {
        var chain = ChainOf(batch);
        var known = _tips.FindIndex(tip => tip.Chain == chain);
        return known < 0 ? batch : batch.With(FrameLink.Append(batch.Bytes.Span, _tips[known].Digest));
    }

    /// <summary>The sink has it, as <see cref="Link"/> made it.</summary>
    internal void Delivered(Batch shipped)
    {
        var chain = ChainOf(shipped);
        _tips.RemoveAll(tip => tip.Chain == chain);
        _tips.Add(new ChainTip(chain, FrameDigest.Of(shipped.Bytes.Span)));
        if (_tips.Count > MaxTips)
        {
            _tips.RemoveAt(0);
        }
    }

    private static UInt128 ChainOf(Batch batch)
    {
        Span<byte> boot = stackalloc byte[16];
        batch.BootId.TryWriteBytes(boot, bigEndian: true, out _);
        return XxHash128.HashToUInt128([.. Encoding.UTF8.GetBytes(batch.HostId), .. boot]);
    }
}
