using System.Text.Json;

namespace LocalPipeline.DeployCheck;

/// <summary>Values of a template as people read them: a reference is the name of what it refers to.</summary>
internal static class TemplateText
{
    private const int Deepest = 32;

    /// <summary>The text of a value, with intrinsic functions resolved as far as names go.</summary>
    internal static string Of(JsonElement value) => Of(value, 0);

    /// <summary>The texts of a list, or of the one value.</summary>
    internal static IEnumerable<string> All(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        JsonValueKind.Array => value.EnumerateArray().Select(one => Of(one)),
        _ => [Of(value)],
    };

    private static string Of(JsonElement value, int depth)
    {
        if (depth > Deepest)
        {
            return "…";
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return "";
            case JsonValueKind.String:
                return value.GetString()!;
            case JsonValueKind.Array:
                return string.Join(", ", value.EnumerateArray().Select(one => Of(one, depth + 1)));
            case JsonValueKind.Object when value.EnumerateObject().Count() == 1:
                var call = value.EnumerateObject().First();
                return Resolve(call.Name, call.Value, depth + 1) ?? value.GetRawText();
            default:
                return value.GetRawText();
        }
    }

    private static string? Resolve(string function, JsonElement argument, int depth) => function switch
    {
        "Ref" => Of(argument, depth) is var name && name.StartsWith("AWS::", StringComparison.Ordinal) ? $"<{name[5..]}>" : name,
        "Fn::GetAtt" when argument.ValueKind == JsonValueKind.Array => string.Join('.', argument.EnumerateArray().Select(one => Of(one, depth))),
        "Fn::Join" when argument is { ValueKind: JsonValueKind.Array } && argument.GetArrayLength() == 2 && argument[1].ValueKind == JsonValueKind.Array =>
            string.Join(Of(argument[0], depth), argument[1].EnumerateArray().Select(one => Of(one, depth))),
        "Fn::Sub" when argument.ValueKind == JsonValueKind.String => argument.GetString()!.Replace("${AWS::", "<", StringComparison.Ordinal).Replace('}', '>'),
        _ => null,
    };
}
