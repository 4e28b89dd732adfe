using System.Text;
using Detection.Taxonomy;
using Wire.Model;

namespace Detection.State;

/// <summary>Reads the values of a state. Whatever cannot be is an <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/>.</summary>
internal sealed class StateReader(byte[] body) : BinaryReader(new MemoryStream(body, writable: false), Encoding.UTF8)
{
    private readonly EventViews _views = new();
    private HostEvent[] _events = [];

    /// <summary>Reads the table that <see cref="ReadEvent"/> refers to.</summary>
    public void ReadEvents() => _events = EventTableReader.Read(this);

    /// <summary>An event of the table.</summary>
    public HostEvent ReadEvent() => _events[ReadCount(_events.Length - 1)];

    /// <summary>The number of one of an event's records. Of how many there are, another version may think otherwise.</summary>
    public int ReadRecordOf(HostEvent e) => ReadCount(_views.Show(e).RecordCount - 1);

    /// <summary>A reader of a part that has its length in front, with the same events.</summary>
    public StateReader ReadPart()
    {
        // ReadBytes reserves what it is asked for before it looks whether it is there.
        var length = ReadCount((int)(BaseStream.Length - BaseStream.Position));
        return new StateReader(ReadBytes(length)) { _events = _events };
    }

    /// <summary>A number from 0 to a bound.</summary>
    public int ReadCount(int most = int.MaxValue)
    {
        var count = Read7BitEncodedInt();
        return count >= 0 && count <= most ? count : throw new InvalidDataException($"{count} is outside 0 to {most}");
    }

    /// <summary>As many items as a number in front says. Nothing is reserved for them before they are there.</summary>
    public List<T> ReadList<T>(Func<T> readItem)
    {
        var items = new List<T>();
        for (var count = ReadCount(); count > 0; count--)
        {
            items.Add(readItem());
        }

        return items;
    }

    /// <summary>A boot id.</summary>
    public Guid ReadGuid() => ReadBytes(16) is { Length: 16 } bytes ? new Guid(bytes) : throw new EndOfStreamException();

    /// <summary>An enumeration's value.</summary>
    public TEnum ReadEnum<TEnum>()
        where TEnum : struct, Enum
    {
        var value = (TEnum)Enum.ToObject(typeof(TEnum), ReadByte());
        return Enum.IsDefined(value) ? value : throw new InvalidDataException($"{value} is no {typeof(TEnum).Name}");
    }
}
