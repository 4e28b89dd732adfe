using System.Text.Json;

namespace Cdk.Context;

/// <summary>Reads settings from a JSON object. Comments and trailing commas are allowed, for people write them.</summary>
public static class SettingsJson
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>
    /// Key and value as text. Numbers and booleans become their text, lists comma-separated text, objects such text of
    /// <c>name=value</c>; null is left out.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">Where it came from, for the fault message.</param>
    /// <exception cref="InvalidContextException">The text is not a JSON object, or names a key twice.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string json, string origin)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<ContextFault>();
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind != JsonValueKind.Null && !settings.TryAdd(property.Name, Text(property.Value)))
                {
                    faults.Add(new ContextFault(origin, property.Name, "The key is there twice.", "Leave one of them."));
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            faults.Add(new ContextFault(origin, "(all)", $"This is no JSON object: {fault.Message}", """Write for example {"alertEmails":"soc@example.org"}."""));
        }

        return faults.Count == 0 ? settings : throw new InvalidContextException(faults);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => string.Join(',', value.EnumerateObject().Select(one => $"{one.Name}={Text(one.Value)}")),
        _ => value.GetRawText(),
    };
}
