using EdgeAgent.Probes;
using EdgeAgent.Probes.Pinning;
using Wire.Model;

namespace EdgeAgent.Intake;

/// <summary>
/// Keeps a lane's records in the kernel's ring until what was made of them is kept elsewhere: an agent that dies finds them there again. One
/// thread only.
/// </summary>
/// <param name="ring">The lane's ring, one that holds.</param>
/// <param name="lane">The lane.</param>
/// <param name="durable">Where the next agent learns how far this one got.</param>
internal sealed class RingHold(RingReader ring, Lane lane, DurableNumbers durable)
{
    private readonly Queue<(ulong Through, ulong Position)> _read = new();
    private readonly Queue<(LaneNumbers Numbers, ulong Position)> _settled = new();
    private (LaneNumbers Numbers, ulong Position) _last;
    private ulong _noted;
    private ulong _position;
    private ulong _released = ring.Position;

    /// <summary>Bytes of the ring.</summary>
    internal ulong Size => ring.Size;

    /// <summary>Bytes of the ring that were read and are not given back.</summary>
    internal ulong Held => ring.Position - _released;

    /// <summary>Whether all that was settled is given back.</summary>
    internal bool IsReleased => _settled.Count == 0;

    /// <summary>Records were read.</summary>
    /// <param name="through">None of them has a higher number.</param>
    internal void Read(ulong through)
    {
        if (ring.Position != _noted)
        {
            _noted = ring.Position;
            _read.Enqueue((through, _noted));
        }
    }

    /// <summary>Frames were made of what was read, as far as it is due, and handed over.</summary>
    /// <param name="numbers">How far they go.</param>
    internal void Settle(LaneNumbers numbers)
    {
        while (_read.TryPeek(out var read) && read.Through <= numbers.Settled)
        {
            _position = _read.Dequeue().Position;
        }

        if ((numbers, _position) != _last)
        {
            _last = (numbers, _position);
            _settled.Enqueue(_last);
        }
    }

    /// <summary>
    /// Gives back the space of what was handed over, kept or not: there is need of it. The numbers stay where they are; so if this agent dies, the next
    /// one misses the records and tells them as lost.
    /// </summary>
    internal void Yield()
    {
        if (_position > _released)
        {
            ring.Release(_released = _position);
        }
    }

    /// <summary>Gives back the space of what is kept.</summary>
    /// <param name="kept">The frames of the lane are kept up to this number.</param>
    internal void Release(ulong kept)
    {
        while (_settled.TryPeek(out var settled) && settled.Numbers.Sent <= kept)
        {
            _settled.Dequeue();
            durable[lane] = settled.Numbers;
            if (settled.Position > _released)
            {
                ring.Release(_released = settled.Position);
            }
        }
    }
}
