using System.Text.Json;

namespace Support.Servers;

/// <summary>A message taken from a queue.</summary>
/// <param name="MessageId">The id SQS gave it.</param>
/// <param name="Body">Its text: the SNS envelope, or the message itself under RawMessageDelivery.</param>
public sealed record SqsMessage(string MessageId, string Body)
{
    /// <summary>Opens the SNS envelope.</summary>
    /// <exception cref="JsonException">The body is no SNS envelope.</exception>
    public SnsNotification Notification()
    {
        var json = JsonElement.Parse(Body);
        if (Text(json, "Type") != "Notification")
        {
            throw new JsonException($"Not an SNS notification: {Body}");
        }

        var attributes = new Dictionary<string, string>();
        if (json.TryGetProperty("MessageAttributes", out var typed))
        {
            foreach (var attribute in typed.EnumerateObject())
            {
                attributes.Add(attribute.Name, Text(attribute.Value, "Value") ?? "");
            }
        }

        return new SnsNotification(Text(json, "TopicArn") ?? "", Text(json, "Subject"), Text(json, "Message") ?? "", attributes);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
