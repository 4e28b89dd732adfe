using System.Net;
using System.Text;
using System.Text.Json;
using Support.Servers;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>A call of the function to DynamoDB or SNS.</summary>
/// <param name="Operation">Such as <c>PutItem</c>.</param>
/// <param name="Item">The key of the item that it writes; empty = it writes none.</param>
/// <param name="Message">What it publishes; null = nothing.</param>
internal sealed record AwsCall(string Operation, string Item, SnsNotification? Message)
{
    /// <summary>Reads the request.</summary>
    public static AwsCall Read(string operation, byte[] body) => operation switch
    {
        "Publish" => new AwsCall(operation, "", Published(body)),
        "PutItem" => new AwsCall(operation, KeyOf(body, "Item"), null),
        "UpdateItem" => new AwsCall(operation, KeyOf(body, "Key"), null),
        _ => new AwsCall(operation, "", null),
    };

    private static string KeyOf(byte[] body, string member)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty(member).GetProperty("pk").GetProperty("S").GetString()!;
    }

    private static SnsNotification Published(byte[] body)
    {
        var fields = Encoding.UTF8.GetString(body).Split('&').Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]), StringComparer.Ordinal);
        var attributes = new Dictionary<string, string>();
        for (var i = 1; fields.TryGetValue($"MessageAttributes.entry.{i}.Name", out var name); i++)
        {
            attributes[name] = fields[$"MessageAttributes.entry.{i}.Value.StringValue"];
        }

        return new SnsNotification(fields["TopicArn"], fields.GetValueOrDefault("Subject"), fields["Message"], attributes);
    }
}
