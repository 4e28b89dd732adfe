using System.Text.Json;
using System.Text.Json.Serialization;
using AlertLambda.Shards;
using Wire.Model;

namespace AlertLambda.Findings;

/// <summary>What <see cref="HostWatch"/> remembers of a host, as it is kept in the host's item. Not thread-safe.</summary>
public sealed class WatchState
{
    /// <summary>Version of the form. It grows when an older function would misread what is written; what it does not know it steps over.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Most lanes of boots that are remembered; the one silent for longest goes first.</summary>
    public const int MostLanes = 16;

    /// <summary>Most frames that are waited for; beyond them the oldest is taken for missing at once.</summary>
    public const int MostMissingFrames = 32;

    /// <summary>Most shards of which it is remembered how far they were taken.</summary>
    public const int MostShards = 4;

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

    // What an older function wrote has none of the following two, and then they are set to null.

    /// <summary>Frames that others name and that did not come, oldest first.</summary>
    public List<MissingFrame> MissingFrames { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Up to which record of which shard all that is remembered holds the host's frames; the shard that gave one last comes last. A host has one shard, and another
    /// when the stream is divided anew; only a forger has more than <see cref="MostShards"/>, and what comes again of one that was forgotten counts twice.
    /// </summary>
    public List<StreamPlace> Taken { get; init => field = value ?? []; } = [];

    /// <summary>Whether a frame that comes from there is in what is remembered.</summary>
    public bool IsTaken(StreamPlace? place) =>
        place is not null && Taken.Find(known => known.Shard == place.Shard) is { } known && SequenceNumber.IsUpTo(place.Number, known.Number);

    /// <summary>The frame from there is in what is remembered from now on.</summary>
    /// <param name="place">Where it comes from; null = from where nothing comes again: then nothing is known of what came before.</param>
    /// <returns>True when all that came before it from that shard is in there, too.</returns>
    public bool Take(StreamPlace? place)
    {
        if (place is null)
        {
            Taken.Clear();
            return false;
        }

        var isComplete = Taken.RemoveAll(known => known.Shard == place.Shard) > 0;
        Taken.Add(place);
        if (Taken.Count > MostShards)
        {
            Taken.RemoveAt(0);
        }

        return isComplete;
    }

    /// <summary>A frame came.</summary>
    /// <returns>True when it was missing until now.</returns>
    public bool NoteCame(FrameDigest frame)
    {
        var name = frame.ToString();
        return MissingFrames.RemoveAll(missing => missing.Name == name) > 0;
    }

    /// <summary>Takes out the frames that will not come any more.</summary>
    /// <param name="beforeMs">Those named before, Unix ms; and the oldest, when there are too many.</param>
    public IReadOnlyList<MissingFrame> TakeMissingFrames(long beforeMs)
    {
        if (MissingFrames.Count == 0)
        {
            return [];
        }

        var gone = MissingFrames.Where((missing, i) => missing.SinceMs <= beforeMs || i < MissingFrames.Count - MostMissingFrames).ToList();
        MissingFrames.RemoveAll(gone.Contains);
        return gone;
    }

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
