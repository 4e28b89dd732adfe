using System.Text;
using Wire.Model;

namespace Detection.State;

/// <summary>Writes the values of a state; mirror of <see cref="StateReader"/>.</summary>
internal sealed class StateWriter : BinaryWriter
{
    private readonly EventTableWriter _events;

    public StateWriter()
        : this(new EventTableWriter())
    {
    }

    private StateWriter(EventTableWriter events)
        : base(new MemoryStream(), Encoding.UTF8) => _events = events;

    /// <summary>The table of all events that were written.</summary>
    public EventTableWriter Events => _events;

    /// <summary>What was written.</summary>
    public byte[] ToArray()
    {
        Flush();
        return ((MemoryStream)OutStream).ToArray();
    }

    /// <summary>A writer for a part of this state, with the same events.</summary>
    public StateWriter BeginPart() => new(_events);

    /// <summary>A part, after its length.</summary>
    public void WritePart(StateWriter part)
    {
        var bytes = part.ToArray();
        WriteCount(bytes.Length);
        Write(bytes);
    }

    /// <summary>A reference to an event, which goes into the table.</summary>
    public void WriteEvent(HostEvent e) => WriteCount(_events.Add(e));

    /// <summary>A number from 0.</summary>
    public void WriteCount(int count) => Write7BitEncodedInt(count);

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
