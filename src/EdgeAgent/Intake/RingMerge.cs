using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeAgent.Intake;

/// <summary>Both lanes as one stream, in the order of kernel time: no record comes before the one that caused it. One thread only.</summary>
/// <remarks>
/// A cause is committed before its effect and has the earlier stamp. So whichever lane shows the effect, the other one is looked at
/// after it: there the cause is visible by then.
/// </remarks>
internal sealed class RingMerge(RingReader high, RingReader bulk)
{
    private RingReader? _current;

    /// <summary>The oldest finished record of both lanes. The span is valid until the next call, which releases it.</summary>
    internal bool TryTake(out ReadOnlySpan<byte> record)
    {
        _current?.Advance();
        _current = null;
        var hasHigh = high.TryPeek(out var fromHigh);
        var hasBulk = bulk.TryPeek(out var fromBulk);
        if (hasBulk && !hasHigh)
        {
            hasHigh = high.TryPeek(out fromHigh);
        }

        if (!hasHigh && !hasBulk)
        {
            record = default;
            return false;
        }

        var takeHigh = hasHigh && (!hasBulk || BootNs(fromHigh) < BootNs(fromBulk));
        _current = takeHigh ? high : bulk;
        record = takeHigh ? fromHigh : fromBulk;
        return true;
    }

    private static ulong BootNs(ReadOnlySpan<byte> record) =>
        record.Length < Unsafe.SizeOf<EdgeHeader>() ? 0 : MemoryMarshal.Read<EdgeHeader>(record).BootNs;
}
