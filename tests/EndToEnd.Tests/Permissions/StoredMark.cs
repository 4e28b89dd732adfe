using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace EndToEnd.Tests.Permissions;

/// <summary>The item in which the function keeps how far it took a shard, as another program sees it.</summary>
/// <param name="tables">Where the table is.</param>
/// <param name="table">Its name.</param>
/// <param name="stream">Name of the stream, which has one shard.</param>
internal sealed class StoredMark(IAmazonDynamoDB tables, string table, string stream)
{
    // The version, and the owner's name.
    private const int BeforeNumbers = 17;

    private readonly Dictionary<string, AttributeValue> _key = new() { ["pk"] = new AttributeValue($"S#{stream}/shardId-000000000000") };

    /// <summary>Removes it, as if the shard had never been taken.</summary>
    public Task RemoveAsync() => tables.DeleteItemAsync(table, _key);

    /// <summary>Whether there are records that only the memory of the function's process holds.</summary>
    public async Task<bool> HasWaitingAsync() => (await ReadAsync()).First.Length > 0;

    /// <summary>Which of its writes it is of.</summary>
    public async Task<string> VersionAsync() => (await tables.GetItemAsync(table, _key)).Item["v"].N;

    /// <summary>Makes them wait for longer.</summary>
    /// <param name="by">For how much.</param>
    public async Task AgeAsync(TimeSpan by)
    {
        var (bytes, first, since) = await ReadAsync();
        Assert.NotEmpty(first);
        BitConverter.TryWriteBytes(bytes.AsSpan(since), BitConverter.ToInt64(bytes, since) - (long)by.TotalMilliseconds);
        await tables.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table, Key = _key, UpdateExpression = "SET s = :mark", ExpressionAttributeValues = new() { [":mark"] = new AttributeValue { B = new MemoryStream(bytes) } },
        });
    }

    // Its bytes; the number of the first record that waits, if any; and where in the bytes it is said since when.
    private async Task<(byte[] Bytes, string First, int Since)> ReadAsync()
    {
        if ((await tables.GetItemAsync(table, _key)).Item is not { Count: > 0 } item)
        {
            return ([], "", 0);
        }

        var bytes = item["s"].B.ToArray();
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        reader.ReadBytes(BeforeNumbers);
        reader.ReadString();
        return (bytes, reader.ReadString(), (int)reader.BaseStream.Position);
    }
}
