using System.Text.Json;

namespace LocalPipeline.DeployCheck;

/// <summary>One resource of a template. Its texts come from a file: escape them before people see them.</summary>
/// <param name="Id">The logical id.</param>
/// <param name="Type">As <c>AWS::SNS::Topic</c>.</param>
/// <param name="Properties">Its properties; an empty object if it has none.</param>
/// <param name="Deletion">What becomes of it with the stack: Delete, Retain, Snapshot.</param>
internal sealed record TemplateResource(string Id, string Type, JsonElement Properties, string Deletion)
{
    /// <summary>A property by its path; undefined when it is not there.</summary>
    internal JsonElement At(params string[] path)
    {
        var at = Properties;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return default;
            }
        }

        return at;
    }

    /// <summary>A number, or what stands for it when it is not a plain number.</summary>
    internal decimal Number(decimal otherwise, params string[] path) =>
        At(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : otherwise;

    /// <summary>How many elements a list has; 0 when there is none.</summary>
    internal int Count(params string[] path) => At(path) is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0;

    /// <summary>A text with references resolved by name; empty when it is not there.</summary>
    internal string Text(params string[] path) => TemplateText.Of(At(path));
}
