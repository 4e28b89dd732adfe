using System.Globalization;
using AlertLambda.Intake;
using AlertLambda.Shards;

namespace AlertLambda.Tests.State;

/// <summary>
/// A stream that is divided anew while records come, and how far each of its shards was taken. A shard that goes on from others is not delivered before these are at
/// their end, as the event source mapping does it.
/// </summary>
internal sealed class CrashStream : IShardLog
{
    public const string Name = "crash";

    private readonly List<Shard> _shards = [];
    private readonly Action _roll;

    /// <param name="records">In order; the partition key says the host.</param>
    /// <param name="random">Says when what is divided.</param>
    /// <param name="divides">Whether it is divided at all.</param>
    /// <param name="roll">Called at each call of the log; may throw.</param>
    public CrashStream(IReadOnlyList<(string Host, byte[] Data)> records, Random random, bool divides, Action roll)
    {
        _roll = roll;
        var number = 0;
        var hosts = records.Select(record => record.Host).Distinct().Order().ToList();
        var at = hosts.ToDictionary(host => host, _ => Add([]));
        if (!divides)
        {
            hosts.ForEach(host => at[host] = _shards[0]);
            _shards.RemoveRange(1, _shards.Count - 1);
        }

        foreach (var (host, data) in records)
        {
            if (divides && random.NextDouble() < 0.08)
            {
                Divide(hosts, at, random);
            }

            at[host].Records.Add(new StreamRecord(at[host].Id, (++number).ToString(CultureInfo.InvariantCulture), host, data) { Stream = Name });
        }
    }

    /// <summary>Shards of which a batch can be delivered.</summary>
    public IReadOnlyList<Shard> Ready => [.. _shards.Where(shard => shard.Next < shard.Records.Count && shard.Parents.All(IsOver))];

    /// <summary>Whether all is taken.</summary>
    public bool IsDone => _shards.All(shard => shard.Next == shard.Records.Count);

    public Task<LogRead> ReadAsync(ShardName shard, string first, string last, CancellationToken cancellationToken)
    {
        _roll();
        var records = _shards.Single(other => other.Id == shard.Id).Records;
        var (from, to) = (records.FindIndex(record => record.SequenceNumber == first), records.FindIndex(record => record.SequenceNumber == last));
        Assert.True(from >= 0 && from <= to, $"{first} to {last} of {shard.Id}");
        return Task.FromResult(new LogRead(records.GetRange(from, to - from + 1), null));
    }

    public Task<IReadOnlyList<LogShard>> ShardsAsync(string stream, CancellationToken cancellationToken)
    {
        _roll();
        return Task.FromResult<IReadOnlyList<LogShard>>([.. _shards.Select(shard => new LogShard(shard.Id, [.. shard.Parents.Select(parent => parent.Id)]))]);
    }

    private static bool IsOver(Shard shard) => shard.Next == shard.Records.Count && shard.Parents.All(IsOver);

    // One host gets a shard of its own, or the one of another host and its own become one.
    private void Divide(List<string> hosts, Dictionary<string, Shard> at, Random random)
    {
        var (one, other) = (hosts[random.Next(hosts.Count)], hosts[random.Next(hosts.Count)]);
        if (at[one] != at[other])
        {
            var (left, right) = (at[one], at[other]);
            Move([left, right], Add([left, right]));
        }
        else
        {
            var parent = at[one];
            Move([parent], Add([parent]));
            at[one] = Add([parent]);
        }

        void Move(Shard[] from, Shard to) => hosts.Where(host => from.Contains(at[host])).ToList().ForEach(host => at[host] = to);
    }

    private Shard Add(IReadOnlyList<Shard> parents)
    {
        var shard = new Shard($"shardId-{_shards.Count:d12}", parents);
        _shards.Add(shard);
        return shard;
    }

    /// <summary>One shard.</summary>
    internal sealed class Shard(string id, IReadOnlyList<Shard> parents)
    {
        public string Id => id;

        public IReadOnlyList<Shard> Parents => parents;

        public List<StreamRecord> Records { get; } = [];

        /// <summary>Index of the first record that was not finished.</summary>
        public int Next { get; set; }
    }
}
