using System.Text.Json;

namespace AlertLambda.Sweeping;

/// <summary>
/// An instance changed its state
/// (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html). Immutable.
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="State">Its new state.</param>
public sealed record InstanceStateEvent(string InstanceId, string State)
{
    private const string DetailType = "EC2 Instance State-change Notification";

    /// <summary>True when it is on its way out.</summary>
    public bool IsStopping => State is "stopping" or "stopped" or "shutting-down" or "terminated";

    /// <summary>Reads an event of EventBridge.</summary>
    /// <returns>Null for any other event, whatever its form.</returns>
    public static async Task<InstanceStateEvent?> ReadAsync(Stream json, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(json, cancellationToken: cancellationToken);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && Text(root, "detail-type") == DetailType && root.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Object
                && Text(detail, "instance-id") is { Length: > 0 } instance && Text(detail, "state") is { Length: > 0 } state
                ? new InstanceStateEvent(instance, state)
                : null;
        }
        catch (JsonException)
        {
            // The schedule says nothing that matters.
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
