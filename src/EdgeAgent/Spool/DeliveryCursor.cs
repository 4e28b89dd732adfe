using EdgeAgent.Delivery;
using Microsoft.Win32.SafeHandles;
using Wire.Model;

namespace EdgeAgent.Spool;

/// <summary>
/// How far each lane was delivered, which batch is under way, and the newest links of the chains, in a file of two slots that are written in turn,
/// each by one call: whenever the agent is killed, one is whole. Thread-safe.
/// </summary>
/// <remarks>A slot has 4096 bytes: magic, number of entries, u64 that counts the writes, entries of four u64 (lane, life, id, number reached); before
/// its end 64 links of 32 bytes (chain, digest; zeros = none); and at its end XXH3 of all before. Two entries are of no lane: 255 is the life that opened
/// the file, 254 the batch under way. Earlier agents had slots of 512 bytes with eight links: they are read, and stay until a new one is whole.</remarks>
internal sealed partial class DeliveryCursor : IDisposable
{
    private const int SlotBytes = 4096;
    private const int EntryBytes = 32;
    private const int TipBytes = 32;
    private const int MaxEntries = 7;
    private const int SmallSlotBytes = 512;
    private const int SmallSlotTips = 8;
    private const byte OpenedLane = byte.MaxValue;
    private const byte UnderWayLane = byte.MaxValue - 1;

    /// <summary>In the place of the number that is reached, where only an account is under way.</summary>
    private const ulong Account = 1;
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly SortedDictionary<byte, DeliveredTo> _lanes = [];
    private readonly byte[] _slot = new byte[SlotBytes];
    private IReadOnlyList<ChainTip> _tips = [];
    private SafeFileHandle? _handle;
    private ulong _writes;
    private bool _isInDoubt;

    /// <summary>Reads the file, if there is one.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal DeliveryCursor(string path)
    {
        _path = path;
        if (File.Exists(path))
        {
            using var handle = SpoolFiles.Open(path, FileMode.Open, FileAccess.Read);
            if (Read(handle, 0, SmallSlotBytes, SmallSlotTips) | Read(handle, SmallSlotBytes, SmallSlotBytes, SmallSlotTips))
            {
                // The next write goes to the second slot, behind both of these.
                _writes += _writes % 2;
            }

            _ = Read(handle, 0, SlotBytes, FrameChain.MaxTips) | Read(handle, SlotBytes, SlotBytes, FrameChain.MaxTips);
        }
    }

    /// <summary>False when the file told nothing: then it is not known what was delivered before the first batch that is there.</summary>
    internal bool IsKnown => _writes > 0;

    /// <summary>Latest life that opened the file or of which something was delivered.</summary>
    internal ulong LatestLife
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Values.Select(to => to.Life).DefaultIfEmpty().Max();
            }
        }
    }

    /// <summary>Life and id of the batch that was given to the sink last: it may have it. Null = none was.</summary>
    internal (ulong Life, ulong Id)? UnderWay
    {
        get
        {
            lock (_lock)
            {
                return _lanes.TryGetValue(UnderWayLane, out var to) ? (to.Life, to.Id) : null;
            }
        }
    }

    /// <summary>Whether of that batch only the account was given to the sink: that its numbers are lost.</summary>
    internal bool IsAccountUnderWay
    {
        get
        {
            lock (_lock)
            {
                return _lanes.TryGetValue(UnderWayLane, out var to) && to.Reached == Account;
            }
        }
    }

    /// <summary>The newest links of the chains, the one of the last delivery last.</summary>
    internal IReadOnlyList<ChainTip> Tips
    {
        get
        {
            lock (_lock)
            {
                return _tips;
            }
        }
    }

    /// <summary>How far a lane was delivered; null = nothing was.</summary>
    internal DeliveredTo? Of(Lane lane)
    {
        lock (_lock)
        {
            return _lanes.TryGetValue((byte)lane, out var to) ? to : null;
        }
    }

    /// <summary>Begins to write, with what is known by now.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Open(ulong life)
    {
        lock (_lock)
        {
            if (_handle is null)
            {
                _handle = SpoolFiles.Open(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
                TakeRoom(_handle);
            }

            _lanes[OpenedLane] = new DeliveredTo(life, 0, 0);
            Write();
            Sync();
        }
    }

    /// <summary>A batch is given to the sink.</summary>
    /// <exception cref="IOException">It cannot be written; the next write has it.</exception>
    internal void Begin(ulong life, ulong id, bool isAccount)
    {
        lock (_lock)
        {
            _lanes[UnderWayLane] = new DeliveredTo(life, id, isAccount ? Account : 0);
            Write();
        }
    }

    /// <summary>A batch is done.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="to">All of the lane up to this batch was delivered or is told by it; null = something of the lane still waits before it.</param>
    /// <param name="tips">The links of the chains, as they are now; at most <see cref="FrameChain.MaxTips"/>.</param>
    /// <exception cref="IOException">It cannot be written; the next write has it.</exception>
    internal void Set(Lane lane, DeliveredTo? to, IReadOnlyList<ChainTip> tips)
    {
        lock (_lock)
        {
            _tips = tips;
            if (to is { } reached && (_lanes.ContainsKey((byte)lane) || _lanes.Count < MaxEntries))
            {
                _lanes[(byte)lane] = reached;
            }

            Write();
        }
    }

    /// <summary>Writes what is known, where writing was begun.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void Write()
    {
        lock (_lock)
        {
            if (_handle is null)
            {
                return;
            }

            WriteSlot(_handle);
        }
    }

    /// <summary>
    /// Brings it to the disk. After a failure nobody knows what of the file is there, and the kernel may say the next time that all is well: so what is known is
    /// written to a new file then, which takes the place of the old one when it is durable. For the one who writes the spool.
    /// </summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    internal void Sync()
    {
        if (_handle is not { } handle)
        {
            return;
        }

        if (_isInDoubt)
        {
            Renew();
            return;
        }

        try
        {
            SpoolFiles.Sync(handle);
        }
        catch (IOException)
        {
            _isInDoubt = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();

    /// <summary>Of both slots, while the disk has it: when it is full later, only what is delivered makes room, and that has to be written here first.</summary>
    private static void TakeRoom(SafeFileHandle handle)
    {
        var length = RandomAccess.GetLength(handle);
        if (length < 2 * SlotBytes)
        {
            SpoolFiles.Write(handle, new byte[(2 * SlotBytes) - length], length);
        }
    }

    private void Renew()
    {
        lock (_lock)
        {
            var (path, before) = (_path + ".new", _writes);
            var made = SpoolFiles.Open(path, FileMode.Create, FileAccess.ReadWrite);
            try
            {
                TakeRoom(made);
                WriteSlot(made);
                SpoolFiles.Sync(made);
                SpoolFiles.Replace(path, _path);
            }
            catch (IOException)
            {
                // In the file that is still used the slot of this number was not written.
                _writes = before;
                made.Dispose();
                throw;
            }

            _handle?.Dispose();
            _handle = made;
            SpoolFiles.SyncFolder(Path.GetDirectoryName(_path)!);
            _isInDoubt = false;
        }
    }
}
