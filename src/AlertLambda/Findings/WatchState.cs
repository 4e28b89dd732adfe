using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlertLambda.Findings;

/// <summary>What <see cref="HostWatch"/> remembers of a host, as it is kept in the host's item. Not thread-safe.</summary>
public sealed class WatchState
{
    /// <summary>Version of the form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Most lanes of boots that are remembered; the one silent for longest goes first.</summary>
    public const int MostLanes = 16;

    /// <summary>Version that wrote it.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>What people were told and is not over.</summary>
    public List<OpenFinding> Open { get; init; } = [];

    /// <summary>Which numbers came.</summary>
    public List<LaneNumbers> Lanes { get; init; } = [];

    /// <summary>The boot of the newest heartbeat, and what it said.</summary>
    public AgentNote? Agent { get; set; }

    /// <summary>The boot's begin as the host's clock has it, ns since 1970 UTC, and of which boot.</summary>
    public long BootTimeUnixNs { get; set; }

    /// <inheritdoc cref="BootTimeUnixNs"/>
    public Guid Boot { get; set; }

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, WatchJsonContext.Default.WatchState);

    /// <summary>Reads what <see cref="Encode"/> wrote; null when it is damaged or of another version.</summary>
    public static WatchState? TryDecode(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WatchJsonContext.Default.WatchState) is { Version: CurrentVersion } state ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(WatchState))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class WatchJsonContext : JsonSerializerContext;
