using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Support.Servers;

/// <summary>A queue that a test reads to see what arrived. One reader at a time.</summary>
public sealed class SqsQueue
{
    private const int MaximumPerCall = 10;

    private readonly SqsClient _client;

    private SqsQueue(SqsClient client, string url, string arn) => (_client, Url, Arn) = (client, url, arn);

    /// <summary>Its URL.</summary>
    public string Url { get; }

    /// <summary>Its ARN, for a subscription.</summary>
    public string Arn { get; }

    internal static async Task<SqsQueue> CreateAsync(SqsClient client, string name, CancellationToken cancellationToken)
    {
        var created = await client.CallAsync("CreateQueue", new JsonObject { ["QueueName"] = name }, cancellationToken);
        return new SqsQueue(
            client, created.GetProperty("QueueUrl").GetString()!, $"arn:aws:sqs:{DummyAws.Region}:{DummyAws.AccountId}:{name}");
    }

    /// <summary>
    /// Takes messages out of the queue until there are <paramref name="count"/> of them or the time is over, and returns what
    /// came, in order of arrival. To prove that no more than n come, ask for n + 1 with a short time.
    /// </summary>
    public async Task<IReadOnlyList<SqsMessage>> ReceiveAsync(
        int count, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var clock = Stopwatch.StartNew();
        var messages = new List<SqsMessage>();
        do
        {
            var wanted = Math.Min(MaximumPerCall, count - messages.Count);
            messages.AddRange(await TakeAsync(wanted, cancellationToken));
        }
        while (messages.Count < count && clock.Elapsed < timeout);
        return messages;
    }

    private async Task<List<SqsMessage>> TakeAsync(int maximum, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject { ["QueueUrl"] = Url, ["MaxNumberOfMessages"] = maximum, ["WaitTimeSeconds"] = 1 };
        var answer = await _client.CallAsync("ReceiveMessage", parameters, cancellationToken);
        var taken = new List<SqsMessage>();
        if (!answer.TryGetProperty("Messages", out var messages))
        {
            return taken;
        }

        foreach (var message in messages.EnumerateArray())
        {
            taken.Add(new SqsMessage(message.GetProperty("MessageId").GetString()!, message.GetProperty("Body").GetString()!));
            var handle = message.GetProperty("ReceiptHandle").GetString();
            await _client.CallAsync(
                "DeleteMessage", new JsonObject { ["QueueUrl"] = Url, ["ReceiptHandle"] = handle }, cancellationToken);
        }

        return taken;
    }
}
