using System.Net;
using Detection.Taxonomy;
using Wire.Model;

namespace Detection.State;

/// <summary>An event that is only named values.</summary>
internal static class FieldEventCodec
{
    public static void Write(StateWriter writer, FieldEvent e)
    {
        writer.Write(e.Host.HostId);
        writer.WriteGuid(e.Host.BootId);
        writer.Write((byte)e.Lane);
        writer.Write(e.Sequence);
        writer.Write(e.TimeNs);
        writer.Write(e.Line);
        WriteSource(writer, e.Source);
        writer.WriteList(e.FurtherSources, source => WriteSource(writer, source));
        writer.WriteList(e.Fields, field =>
        {
            writer.Write(field.Key);
            WriteValue(writer, field.Value);
        });
    }

    public static FieldEvent Read(StateReader reader)
    {
        var host = new HostIdentity(reader.ReadString(), reader.ReadGuid(), "", null);
        var lane = reader.ReadEnum<Lane>();
        var sequence = reader.ReadUInt64();
        var timeNs = reader.ReadInt64();
        return new FieldEvent(FieldEvent.FactsOf(host, lane, sequence, timeNs))
        {
            Line = reader.ReadInt64(),
            Source = ReadSource(reader),
            FurtherSources = reader.ReadList(() => ReadSource(reader)),
            Fields = new Dictionary<string, FieldValue>(reader.ReadList(() => KeyValuePair.Create(reader.ReadString(), ReadValue(reader)))),
        };
    }

    private static void WriteSource(StateWriter writer, LogSource source)
    {
        writer.Write(source.Category);
        writer.Write(source.Product);
        writer.Write(source.Service);
    }

    private static LogSource ReadSource(StateReader reader) => new(reader.ReadString(), reader.ReadString(), reader.ReadString());

    private static void WriteValue(StateWriter writer, FieldValue value)
    {
        writer.Write((byte)value.Kind);
        switch (value.Kind)
        {
            case FieldKind.Text or FieldKind.Address:
                writer.Write(value.Text!);
                break;
            case FieldKind.Number:
                writer.Write(value.Number);
                break;
            case FieldKind.Boolean:
                writer.Write(value.IsTrue);
                break;
            case FieldKind.List:
                writer.WriteList(value.Items.ToArray(), item => WriteValue(writer, item));
                break;
        }
    }

    private static FieldValue ReadValue(StateReader reader, bool inList = false) => reader.ReadEnum<FieldKind>() switch
    {
        FieldKind.Text => FieldValue.Of(reader.ReadString()),
        FieldKind.Number => FieldValue.Of(reader.ReadDecimal()),
        FieldKind.Boolean => FieldValue.Of(reader.ReadBoolean()),
        FieldKind.Address => FieldValue.Of(IPAddress.Parse(reader.ReadString())),
        FieldKind.List when !inList => FieldValue.Of([.. reader.ReadList(() => ReadValue(reader, inList: true))]),
        FieldKind.Null => FieldValue.Null,
        FieldKind.Absent => default,
        var kind => throw new InvalidDataException($"a {kind} inside a list"),
    };
}
