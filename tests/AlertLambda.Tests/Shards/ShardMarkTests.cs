using AlertLambda.Shards;
using AlertLambda.State;

namespace AlertLambda.Tests.Shards;

public sealed class ShardMarkTests
{
    // As long as those of Kinesis.
    private static readonly ShardMark Mark = new()
    {
        Owner = Guid.NewGuid(), Taken = new string('4', 56), From = new string('3', 56), SinceMs = 1_000, Tries = 3, Patience = TimeSpan.FromMinutes(5), AtMs = 2_000_000,
    };

    [Fact]
    public void Mark_comes_back_and_times_of_hosts_are_rounded_down_to_ten_seconds()
    {
        var read = ShardMark.TryDecode((Mark with { Heard = new Dictionary<uint, long> { [7] = 2_000_000, [8] = 1_994_000, [9] = -1 } }).Encode())!;

        Assert.Equal(Mark with { Heard = read.Heard }, read);
        Assert.Equal([(7u, 2_000_000), (8u, 1_990_000), (9u, 0)], read.Heard.Select(host => (host.Key, Math.Max(host.Value, 0))));
    }

    [Fact]
    public void Mark_without_numbers_comes_back_without()
    {
        var read = ShardMark.TryDecode((Mark with { Taken = null, From = null }).Encode())!;

        Assert.Equal((null, null), (read.Taken, read.From));
    }

    [Fact]
    public void Hundred_hosts_fit_into_one_unit_of_writing_with_all_else()
    {
        var mark = Mark with { Heard = Enumerable.Range(0, 100).ToDictionary(host => (uint)host, _ => 1_000_000L) };

        Assert.InRange(mark.Encode().Length, 500, 850);
    }

    [Fact]
    public void Mark_of_as_many_hosts_as_there_may_be_is_far_below_what_an_item_holds()
    {
        var mark = Mark with { Heard = Enumerable.Range(0, new StateOptions().MostHeard).ToDictionary(host => (uint)host, _ => 1_000_000L) };

        Assert.InRange(mark.Encode().Length, 1, 32 * 1024);
    }

    [Fact]
    public void Every_shortened_mark_and_any_other_version_is_damaged()
    {
        var bytes = (Mark with { Heard = new Dictionary<uint, long> { [7] = 1 } }).Encode();

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Null(ShardMark.TryDecode(bytes.AsMemory(0, length))));
        bytes[0]++;
        Assert.Null(ShardMark.TryDecode(bytes));
    }
}
