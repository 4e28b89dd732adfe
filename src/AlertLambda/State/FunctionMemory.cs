using System.Text.Json;
using System.Text.Json.Serialization;
using AlertLambda.Findings;
using AlertLambda.Tuning;

namespace AlertLambda.State;

/// <summary>What the function remembers that is of no host and no rule. Not thread-safe.</summary>
public sealed class FunctionMemory
{
    /// <summary>Version of the form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version that wrote it.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>What was told and what is summed up.</summary>
    public NoiseState Noise { get; init; } = new();

    /// <summary>Findings of no host that are not over.</summary>
    public List<OpenFinding> Open { get; init; } = [];

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, FunctionMemoryJsonContext.Default.FunctionMemory);

    /// <summary>Reads what <see cref="Encode"/> wrote; null when it is damaged or of another version.</summary>
    public static FunctionMemory? TryDecode(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, FunctionMemoryJsonContext.Default.FunctionMemory) is { Version: CurrentVersion } memory ? memory : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(FunctionMemory))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class FunctionMemoryJsonContext : JsonSerializerContext;
