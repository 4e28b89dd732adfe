using System.Text.Json;
using System.Text.Json.Serialization;
using Wire.Model;

namespace Benchmarks;

/// <summary>The baseline: one JSON object per event with all that the event says, of the lineage only parent and ancestors' images.</summary>
internal static partial class JsonLines
{
    public static byte[] Encode(Frame frame)
    {
        using var stream = new MemoryStream();
        foreach (var @event in frame.Events)
        {
            JsonSerializer.Serialize(stream, Line.Of(@event), LineContext.Default.Line);
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }

    public static List<Line> Decode(ReadOnlySpan<byte> lines)
    {
        var all = new List<Line>();
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            all.Add(JsonSerializer.Deserialize(lines[..end], LineContext.Default.Line)!);
            lines = lines[(end + 1)..];
        }

        return all;
    }

    internal sealed record Line(
        EventKind Kind, string Host, Guid Boot, ulong Sequence, long Time, uint Pid, ulong Start, uint Uid, uint Euid, uint LoginUid,
        string User, string Comm, string Image, IReadOnlyList<string> Arguments, uint ParentPid, string[] Ancestors, string? Path,
        string? Address, ushort? Port)
    {
        public static Line Of(HostEvent e) => new(
            e.Kind, e.Host.HostId, e.Host.BootId, e.Sequence, e.TimeNs, e.Process.Key.Pid, e.Process.Key.StartNs, e.Credentials.Uid,
            e.Credentials.Euid, e.Credentials.LoginUid, e.UserName, e.Process.Comm, e.Process.Image, e.Process.Arguments,
            e.Process.Parent?.Key.Pid ?? 0, e.Process.Lineage().Skip(1).Select(node => node.Image).ToArray(), (e as FileOpenEvent)?.Path,
            (e as NetworkEvent)?.Address.ToString(), (e as NetworkEvent)?.Port);
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Line))]
    internal sealed partial class LineContext : JsonSerializerContext;
}
