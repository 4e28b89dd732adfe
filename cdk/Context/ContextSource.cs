using System.Text.Json;

namespace Cdk.Context;

/// <summary>
/// Takes the context from where the CDK command line leaves it for the app: JSON in <c>CDK_CONTEXT_JSON</c>, and what does not
/// fit there in the file named by <c>CONTEXT_OVERFLOW_LOCATION</c>. Reading it here needs no Node, so faults are told at once.
/// </summary>
public static class ContextSource
{
    private const string ContextVariable = "CDK_CONTEXT_JSON";
    private const string OverflowVariable = "CONTEXT_OVERFLOW_LOCATION";

    /// <summary>The context of this process; empty if the app was started without one.</summary>
    /// <exception cref="InvalidContextException">A variable does not hold a JSON object.</exception>
    public static IReadOnlyDictionary<string, string> FromEnvironment()
    {
        var context = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable(OverflowVariable) is { Length: > 0 } file)
        {
            Add(context, OverflowVariable, File.ReadAllText(file));
        }

        if (Environment.GetEnvironmentVariable(ContextVariable) is { Length: > 0 } json)
        {
            Add(context, ContextVariable, json);
        }

        return context;
    }

    /// <summary>Reads a JSON object. Numbers and booleans become their text, lists become comma-separated text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">Where it came from, for the fault message.</param>
    /// <exception cref="InvalidContextException">The text is not a JSON object.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string json, string origin)
    {
        var context = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(context, origin, json);
        return context;
    }

    private static void Add(Dictionary<string, string> context, string origin, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                context[property.Name] = Text(property.Value);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InvalidContextException(
            [
                new ContextFault(origin, $"This is no JSON object: {fault.Message}",
                    """Write for example {"alertEmails":"soc@example.org"}."""),
            ]);
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
