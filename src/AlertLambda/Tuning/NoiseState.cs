using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlertLambda.Tuning;

/// <summary>What <see cref="NoiseGate"/> remembers, as it is kept in the store. Not thread-safe.</summary>
public sealed class NoiseState
{
    /// <summary>Version of the form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Most decisions that are remembered; the oldest goes first.</summary>
    public const int MostDecisions = 256;

    /// <summary>Version that wrote it.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Begin of the stretch that is counted, Unix ms.</summary>
    public long BeginMs { get; set; }

    /// <summary>Incidents told in it, by rule id.</summary>
    public Dictionary<string, int> Told { get; init; } = [];

    /// <summary>What waits to be told in one message.</summary>
    public List<NoiseSum> Sums { get; init; } = [];

    /// <summary>
    /// Decisions by report (incident and change), oldest first: a report that comes again after a crash is decided as before.
    /// </summary>
    public List<KeyValuePair<string, NoiseDecision>> Decisions { get; init; } = [];

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, NoiseJsonContext.Default.NoiseState);

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <returns>Null when it is damaged or of another version: nothing but counts is lost by beginning anew.</returns>
    public static NoiseState? TryDecode(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, NoiseJsonContext.Default.NoiseState) is { Version: CurrentVersion } state ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(NoiseState))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class NoiseJsonContext : JsonSerializerContext;
