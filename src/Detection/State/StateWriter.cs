using System.Text;
using Wire.Codec;
using Wire.Model;

namespace Detection.State;

/// <summary>Writes the values of a state; mirror of <see cref="StateReader"/>. Not thread-safe.</summary>
internal sealed class StateWriter : BinaryWriter
{
    private const int InitialBytes = 4096;

    private readonly EventTableWriter _events;

    /// <param name="encoder">Encodes the events; belongs to the caller, who keeps it: its tables are dear to make.</param>
    public StateWriter(FrameEncoder encoder)
        : this(new EventTableWriter(encoder))
    {
    }

    private StateWriter(EventTableWriter events)
        : base(new MemoryStream(InitialBytes), Encoding.UTF8) => _events = events;

    /// <summary>The table of all events that were written.</summary>
    public EventTableWriter Events => _events;

    /// <summary>What was written; valid until more is.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Flush();
            var stream = (MemoryStream)OutStream;
            return stream.GetBuffer().AsSpan(0, (int)stream.Length);
        }
    }

    /// <summary>What was written.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>A writer for a part of this state, with the same events.</summary>
    public StateWriter BeginPart() => new(_events);

    /// <summary>A part, after its length.</summary>
    public void WritePart(StateWriter part) => WriteBlock(part.Written);

    /// <summary>A reference to an event, which goes into the table.</summary>
    public void WriteEvent(HostEvent e) => WriteCount(_events.Add(e));

    /// <summary>A number from 0.</summary>
    public void WriteCount(int count) => Write7BitEncodedInt(count);

    /// <summary>Bytes, after their number.</summary>
    public void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        WriteCount(bytes.Length);
        Write(bytes);
    }

    /// <summary>Items, after their number.</summary>
    public void WriteList<T>(IReadOnlyCollection<T> items, Action<T> writeItem)
    {
        WriteCount(items.Count);
        foreach (var item in items)
        {
            writeItem(item);
        }
    }

    /// <summary>A boot id.</summary>
    public void WriteGuid(Guid id) => Write(id.ToByteArray());
}
