using System.Globalization;
using System.Text.Json;

namespace Kernel.Tests.Harness;

/// <summary>One line of the agent's jsonl file. Immutable.</summary>
public sealed class AgentEvent
{
    private const long NsPerTick = 100;
    private readonly JsonElement _json;

    private AgentEvent(JsonElement json) => _json = json;

    public string Kind => Text("kind");

    public string Lane => Text("lane");

    public ulong Sequence => _json.GetProperty("seq").GetUInt64();

    /// <summary>0 when the event does not tell.</summary>
    public int ProcessId => Pid("ProcessId");

    /// <summary>0 when the event does not tell.</summary>
    public int ParentProcessId => Pid("ParentProcessId");

    /// <summary>ns since 1970.</summary>
    public long TimeNs
    {
        get
        {
            // .NET keeps seven of the nine digits.
            var text = Text("@timestamp");
            var seconds = DateTime.Parse(text[..19], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            return ((seconds - DateTime.UnixEpoch).Ticks * NsPerTick) + long.Parse(text.AsSpan(20, 9), CultureInfo.InvariantCulture);
        }
    }

    public static AgentEvent Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return new AgentEvent(document.RootElement.Clone());
    }

    /// <summary>A field's text, "" when it is absent.</summary>
    public string Text(string field) => _json.TryGetProperty(field, out var value) ? value.GetString()! : "";

    public long Number(string field) => _json.GetProperty(field).GetInt64();

    /// <summary>False when it is absent.</summary>
    public bool Flag(string field) => _json.TryGetProperty(field, out var value) && value.GetBoolean();

    public override string ToString() => _json.GetRawText();

    private int Pid(string field) => _json.TryGetProperty(field, out var value) ? value.GetInt32() : 0;
}
