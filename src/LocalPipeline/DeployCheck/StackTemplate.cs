using System.Text.Json;
using Wire.Text;

namespace LocalPipeline.DeployCheck;

/// <summary>A synthesised CloudFormation template.</summary>
internal sealed class StackTemplate
{
    /// <summary>Most bytes that CloudFormation takes.</summary>
    internal const int MaxBytes = 1024 * 1024;

    private StackTemplate(IReadOnlyList<TemplateResource> resources) => Resources = resources;

    /// <summary>The resources, in the order of the file.</summary>
    internal IReadOnlyList<TemplateResource> Resources { get; }

    /// <summary>The resources of a type.</summary>
    internal IEnumerable<TemplateResource> Of(string type) => Resources.Where(one => one.Type == type);

    /// <summary>Reads one.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="name">The file, for messages.</param>
    /// <exception cref="TemplateException">With every fault.</exception>
    internal static StackTemplate Read(ReadOnlyMemory<byte> json, string name)
    {
        var file = SafeText.Escape(name);
        if (json.Length > MaxBytes)
        {
            throw new TemplateException([$"{file}: {json.Length} bytes; CloudFormation takes {MaxBytes}"]);
        }

        JsonElement root;
        try
        {
            root = JsonElement.Parse(json.Span);
        }
        catch (JsonException e)
        {
            throw new TemplateException([$"{file}: it is no JSON: {SafeText.Escape(e.Message)}; 'make synth' writes a template into artifacts/cdk.out"]);
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(nameof(Resources), out var resources) || resources.ValueKind != JsonValueKind.Object)
        {
            throw new TemplateException([$"{file}: it is no template, for it has no Resources; 'make synth' writes one into artifacts/cdk.out"]);
        }

        var faults = new List<string>();
        var read = new List<TemplateResource>();
        foreach (var resource in resources.EnumerateObject())
        {
            if (Fault(resource.Value) is { } fault)
            {
                faults.Add($"{file}: {SafeText.Escape(resource.Name)}: {fault}");
            }
            else
            {
                read.Add(ReadOne(resource));
            }
        }

        return faults.Count == 0 ? new StackTemplate(read) : throw new TemplateException(faults);
    }

    private static TemplateResource ReadOne(JsonProperty resource) => new(
        resource.Name,
        resource.Value.GetProperty("Type").GetString()!,
        resource.Value.TryGetProperty("Properties", out var properties) ? properties : JsonElement.Parse("{}"u8),
        resource.Value.TryGetProperty("DeletionPolicy", out var deletion) ? TemplateText.Of(deletion) : "Delete");

    private static string? Fault(JsonElement resource)
    {
        if (resource.ValueKind != JsonValueKind.Object || !resource.TryGetProperty("Type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return "it has no Type";
        }

        return resource.TryGetProperty("Properties", out var properties) && properties.ValueKind != JsonValueKind.Object ? "its Properties are no object" : null;
    }
}
