using System.Numerics;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class WatchFilterTests
{
    [Theory]
    [InlineData(1ul, 0u)]
    [InlineData(0ul, 0u)]
    [InlineData(131072ul, 0x800001u)]
    [InlineData(ulong.MaxValue, uint.MaxValue)]
    [InlineData(0x1234_5678_9ABC_DEF0ul, 0xFD00_0000u)]
    public void Bucket_is_that_of_the_formula_in_the_header(ulong inode, uint device)
    {
        // ((inode XOR (device << 32)) * 0x9E3779B97F4A7C15 mod 2^64) >> 48, in numbers without bounds.
        var product = (new BigInteger(inode) ^ (new BigInteger(device) << 32)) * BigInteger.Parse("11400714819323198485");
        var expected = (product % BigInteger.Pow(2, 64)) >> 48;
        Assert.Equal(expected, WatchFilter.Bucket(inode, device));
    }

    [Fact]
    public void Formula_in_the_header_is_the_one_tested_here()
    {
        var header = File.ReadAllText(Path.Combine(Repository.Root, "bpf", "include", "edge_filter.h"));
        Assert.Contains("return ((inode ^ ((__u64)device << 32)) * EDGE_FILTER_MULTIPLIER) >> EDGE_FILTER_SHIFT;", header, StringComparison.Ordinal);
        Assert.Contains("#define EDGE_FILTER_MULTIPLIER 0x9E3779B97F4A7C15ULL", header, StringComparison.Ordinal);
        Assert.Contains("#define EDGE_FILTER_SHIFT 48", header, StringComparison.Ordinal);
        Assert.Contains($"#define EDGE_FILTER_SIZE {WatchFilter.Size} ", header, StringComparison.Ordinal);
        Assert.Contains($"#define EDGE_FILTER_AGENT \"{WatchFilter.AgentMap}\"", header, StringComparison.Ordinal);
        Assert.Equal(0x9E3779B97F4A7C15, ulong.Parse("11400714819323198485", System.Globalization.CultureInfo.InvariantCulture));
    }
}
