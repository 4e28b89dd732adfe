using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Support.Servers;

namespace Benchmarks.Cost;

/// <summary>Counts the calls of the function to a service. Of DynamoDB it asks what each call consumes.</summary>
/// <param name="target">The service.</param>
internal sealed class CountingProxy(Uri target) : LoopbackProxy(target)
{
    /// <summary>Calls, and of DynamoDB units, by operation.</summary>
    public ConcurrentDictionary<string, (long Calls, double Units, long Bytes)> Calls { get; } = [];

    /// <inheritdoc/>
    protected override async Task AnswerAsync(HttpListenerContext context, byte[] body)
    {
        var operation = OperationOf(context.Request, body);
        var isDynamo = context.Request.Headers["X-Amz-Target"] is not null;
        var answer = await ForwardAsync(context.Request, isDynamo ? Asking(body) : body);
        var units = isDynamo && answer.IsSuccess ? Units(JsonNode.Parse(answer.Body)?["ConsumedCapacity"]) : 0;
        Calls.AddOrUpdate(operation, (1, units, body.Length), (_, before) => (before.Calls + 1, before.Units + units, before.Bytes + body.Length));
        await WriteAsync(context, answer);
    }

    private static byte[] Asking(byte[] body)
    {
        var json = JsonNode.Parse(body)!;
        json["ReturnConsumedCapacity"] = "TOTAL";
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static double Units(JsonNode? consumed) => consumed switch
    {
        JsonArray tables => tables.Sum(Units),
        JsonObject table => table["CapacityUnits"]!.GetValue<double>(),
        _ => 0,
    };
}
