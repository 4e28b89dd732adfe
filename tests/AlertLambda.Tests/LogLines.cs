using System.Text.Json;
using AlertLambda.Logging;

namespace AlertLambda.Tests;

/// <summary>A log that can be read back line by line.</summary>
internal sealed class LogLines : IDisposable
{
    private readonly StringWriter _text = new();

    public LogLines() => Log = new JsonLog(_text, TimeProvider.System);

    public JsonLog Log { get; }

    public string Text => _text.ToString();

    /// <summary>All lines of one event name, parsed.</summary>
    public IReadOnlyList<JsonElement> Of(string name) =>
        [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).Where(l => l.GetProperty("event").GetString() == name)];

    public void Dispose() => _text.Dispose();
}
