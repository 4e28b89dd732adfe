using System.Text.Json;
using Wire.Text;

namespace EdgeAgent.Options;

/// <summary>Reads a JSON configuration file into written values. Comments and trailing commas are allowed.</summary>
internal static class JsonOptionSource
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The values of the file by key; what cannot be read goes to <paramref name="faults"/>.</summary>
    internal static IReadOnlyList<(OptionDefinition Option, OptionValue Value)> Read(string file, List<OptionFault> faults)
    {
        var values = new List<(OptionDefinition, OptionValue)>();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new OptionFault(file, "", "the file must hold one JSON object, for example { \"sinks\": [\"console\"] }"));
                return values;
            }

            Flatten(document.RootElement, "", file, values, faults);
        }
        catch (JsonException e)
        {
            faults.Add(new OptionFault(file, "", $"not JSON: {e.Message}"));
        }
        catch (InvalidOperationException)
        {
            // JsonDocument looks at the text of a string only when it is asked for.
            faults.Add(new OptionFault(file, "", "not JSON: a string is not valid UTF-8 text; save the file as UTF-8"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(new OptionFault(file, "", FileFault.Reading(file, e) + "; write a JSON file with options (edge-agent --help lists them)"));
        }

        return values;
    }

    private static void Flatten(
        JsonElement element, string prefix, string file, List<(OptionDefinition, OptionValue)> values, List<OptionFault> faults)
    {
        foreach (var property in element.EnumerateObject())
        {
            var key = prefix + property.Name;
            if (OptionTable.Find(key) is not { } option)
            {
                if (property.Value.ValueKind == JsonValueKind.Object && OptionTable.All.Any(d => d.Key.StartsWith(key + ".", StringComparison.Ordinal)))
                {
                    Flatten(property.Value, key + ".", file, values, faults);
                }
                else
                {
                    faults.Add(new OptionFault(file, key, OptionsReader.UnknownKey(key)));
                }
            }
            else if (Items(property.Value) is { } items)
            {
                values.Add((option, new OptionValue(file, key, items, Path.GetDirectoryName(Path.GetFullPath(file))!)));
            }
            else
            {
                faults.Add(new OptionFault(file, key, $"write {option.Form}, not an object"));
            }
        }
    }

    private static List<string>? Items(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array when value.EnumerateArray().All(IsScalar) => [.. value.EnumerateArray().Select(item => item.ToString())],
        JsonValueKind.Null => [],
        _ when IsScalar(value) => [value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()],
        _ => null,
    };

    private static bool IsScalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
