using System.Text;
using System.Text.Json;

namespace AlertLambda.Logging;

/// <summary>The function's log: one JSON object per line, with <c>time</c> (UTC), <c>level</c>, <c>event</c> and the fields of the event.
/// Non-ASCII is escaped, so a line is a line in every terminal. Thread-safe.</summary>
/// <remarks>Command lines and file contents never go into it: only the alerts hold them.</remarks>
/// <param name="output">Gets whole lines and is flushed after each.</param>
/// <param name="clock">Stamps the lines.</param>
public sealed class JsonLog(TextWriter output, TimeProvider clock)
{
    private readonly Lock _writing = new();

    /// <summary>Writes one line.</summary>
    /// <param name="level">Who should read it.</param>
    /// <param name="name">What happened, in lower case with hyphens: the field <c>event</c>.</param>
    /// <param name="fields">Writes the fields into the open object. Text from outside must be escaped already.</param>
    public void Write(LogLevel level, string name, Action<Utf8JsonWriter> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime);
            json.WriteString("level", NameOf(level));
            json.WriteString("event", name);
            fields(json);
            json.WriteEndObject();
        }

        var line = Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        lock (_writing)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        _ => "info",
    };
}
