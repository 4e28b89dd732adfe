using System.Numerics;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class WatchFilterTests
{
    [Theory]
    [InlineData(1ul)]
    [InlineData(0ul)]
    [InlineData(131072ul)]
    [InlineData(uint.MaxValue)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x1234_5678_9ABC_DEF0ul)]
    public void Bucket_is_that_of_the_formula_in_the_header(ulong inode)
    {
        // (inode * 0x9E3779B1 mod 2^32) >> 16, in numbers without bounds.
        var expected = ((new BigInteger(inode) * 2654435761) % BigInteger.Pow(2, 32)) >> 16;
        Assert.Equal(expected, WatchFilter.Bucket(inode));
    }

    [Fact]
    public void Inode_numbers_of_neighbours_and_of_a_disk_s_groups_fall_into_buckets_of_their_own()
    {
        Assert.Equal(1000, Enumerable.Range(2, 1000).Select(i => WatchFilter.Bucket((ulong)i)).Distinct().Count());

        // ext4 spreads its folders: each group of 8192 inodes begins with some.
        Assert.InRange(Enumerable.Range(0, 500).Select(i => WatchFilter.Bucket(1 + ((ulong)i * 8192))).Distinct().Count(), 490, 500);
    }

    [Fact]
    public void Formula_in_the_header_is_the_one_tested_here()
    {
        var header = File.ReadAllText(Path.Combine(Repository.Root, "bpf", "include", "edge_filter.h"));
        Assert.Contains("return ((__u32)inode * EDGE_FILTER_MULTIPLIER) >> EDGE_FILTER_SHIFT;", header, StringComparison.Ordinal);
        Assert.Contains("#define EDGE_FILTER_MULTIPLIER 0x9E3779B1U", header, StringComparison.Ordinal);
        Assert.Contains("#define EDGE_FILTER_SHIFT 16", header, StringComparison.Ordinal);
        Assert.Contains($"#define EDGE_FILTER_SIZE {WatchFilter.Size} ", header, StringComparison.Ordinal);
        Assert.Contains($"#define EDGE_FILTER_AGENT \"{WatchFilter.AgentMap}\"", header, StringComparison.Ordinal);
        Assert.Equal(0x9E3779B1, 2654435761);
    }
}
