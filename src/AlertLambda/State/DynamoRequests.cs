using Amazon.DynamoDBv2.Model;

namespace AlertLambda.State;

/// <summary>The calls, as DynamoDB takes them. <c>ttl</c> is a reserved word, so every name has an alias.</summary>
internal static class DynamoRequests
{
    // A page of a scan holds what 1 MB of the table has of it; this bounds the items of a page where they are small.
    private const int ItemsPerPage = 2_000;

    private static readonly string[] Listed =
    [
        DynamoItem.Key, DynamoItem.Version, DynamoItem.Expiry, DynamoItem.OutboxSince, DynamoItem.SeenAt, DynamoItem.SilenceTold, DynamoItem.SettledFor, DynamoItem.Note,
    ];

    internal static BatchGetItemRequest Load(string table, IReadOnlyList<string> keys) => new()
    {
        RequestItems = new Dictionary<string, KeysAndAttributes>
        {
            [table] = new() { ConsistentRead = true, Keys = [.. keys.Select(KeyOf)] },
        },
    };

    internal static PutItemRequest Write(string table, StoredItem item, long? expected, DateTimeOffset now) => new()
    {
        TableName = table,
        Item = DynamoItem.Write(item),
        ConditionExpression = expected is null ? "attribute_not_exists(#k) OR #t <= :now" : "#v = :expected",
        ExpressionAttributeNames = expected is null
            ? new() { ["#k"] = DynamoItem.Key, ["#t"] = DynamoItem.Expiry }
            : new() { ["#v"] = DynamoItem.Version },
        ExpressionAttributeValues = expected is null
            ? new() { [":now"] = DynamoItem.Number(now.ToUnixTimeSeconds()) }
            : new() { [":expected"] = DynamoItem.Number(expected.Value) },
    };

    internal static UpdateItemRequest Update(string table, OutboxUpdate update)
    {
        var set = "SET #v = :version";
        var names = new Dictionary<string, string> { ["#v"] = DynamoItem.Version, ["#o"] = DynamoItem.Outbox, ["#s"] = DynamoItem.OutboxSince };
        var values = new Dictionary<string, AttributeValue>
        {
            [":expected"] = DynamoItem.Number(update.Expected),
            [":version"] = DynamoItem.Number(update.Version),
        };
        if (update.SilenceTold is { } told)
        {
            set += ", #d = :told";
            names["#d"] = DynamoItem.SilenceTold;
            values[":told"] = DynamoItem.Number(told);
        }

        if (update.OutboxSince is { } since)
        {
            set += ", #o = :outbox, #s = :since";
            values[":outbox"] = DynamoItem.Bytes(update.Outbox);
            values[":since"] = DynamoItem.Number(since);
        }
        else
        {
            set += " REMOVE #o, #s";
        }

        return new UpdateItemRequest
        {
            TableName = table,
            Key = KeyOf(update.Key),
            UpdateExpression = set,
            ConditionExpression = "#v = :expected",
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
        };
    }

    internal static ScanRequest List(string table, SweepQuery query, string? after) => new()
    {
        TableName = table,
        Limit = ItemsPerPage,
        ExclusiveStartKey = after is null ? null : KeyOf(after),
        ProjectionExpression = string.Join(", ", Listed.Select((_, i) => $"#a{i}")),
        FilterExpression = "#a3 < :outbox OR (#a4 < :seen AND (attribute_not_exists(#a5) OR #a5 < #a4))"
            + " OR (#a4 < :settle AND (attribute_not_exists(#a6) OR #a6 < #a4))",
        ExpressionAttributeNames = Listed.Select((name, i) => (name, i)).ToDictionary(pair => $"#a{pair.i}", pair => pair.name),
        ExpressionAttributeValues = new()
        {
            [":outbox"] = DynamoItem.Number(query.OutboxBefore),
            [":seen"] = DynamoItem.Number(query.SeenBefore),
            [":settle"] = DynamoItem.Number(query.SettleBefore),
        },
    };

    private static Dictionary<string, AttributeValue> KeyOf(string key) => new() { [DynamoItem.Key] = new(key) };
}
