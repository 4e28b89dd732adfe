using System.Text.Json;

namespace EdgeAgent.Health;

/// <summary>Members of a JSON object; what is missing or of another kind is empty, 0 or false.</summary>
internal readonly struct HealthJsonReader
{
    private readonly JsonElement? _members;

    /// <param name="members">The object.</param>
    internal HealthJsonReader(JsonElement members) => _members = members.ValueKind == JsonValueKind.Object ? members : null;

    internal string Text(string name) => Find(name, JsonValueKind.String) is { } found ? TextOf(found) : "";

    internal ulong Number(string name) => Find(name, JsonValueKind.Number) is { } found && found.TryGetUInt64(out var number) ? number : 0;

    internal bool Flag(string name) => Find(name, JsonValueKind.True) is not null;

    internal T Name<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Text(name), out var value) ? value : default;

    internal HealthJsonReader Object(string name) => Find(name, JsonValueKind.Object) is { } found ? new HealthJsonReader(found) : default;

    internal IReadOnlyList<HealthJsonReader> List(string name) => [.. Items(name, JsonValueKind.Object).Select(item => new HealthJsonReader(item))];

    internal IReadOnlyList<string> Texts(string name) => [.. Items(name, JsonValueKind.String).Select(TextOf)];

    internal IReadOnlyList<ulong> Numbers(string name) => [.. Items(name, JsonValueKind.Number).Select(item => item.TryGetUInt64(out var number) ? number : 0)];

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return "";
        }
    }

    private JsonElement? Find(string name, JsonValueKind kind) =>
        _members is { } members && members.TryGetProperty(name, out var found) && found.ValueKind == kind ? found : null;

    private IEnumerable<JsonElement> Items(string name, JsonValueKind kind) =>
        Find(name, JsonValueKind.Array) is { } found ? found.EnumerateArray().Where(item => item.ValueKind == kind) : [];
}
