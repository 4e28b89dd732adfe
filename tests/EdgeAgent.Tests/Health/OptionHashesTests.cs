using System.Net;
using System.Reflection;
using EdgeAgent.Health;
using EdgeAgent.Options;

namespace EdgeAgent.Tests.Health;

/// <summary>Hosts with the same options are known by the same hash.</summary>
public sealed class OptionHashesTests
{
    private static readonly AgentOptions Options = new();

    /// <summary>What the options came from, and what is said of them, is no option.</summary>
    private static readonly string[] NoOptions = [nameof(AgentOptions.Sources), nameof(AgentOptions.Remarks)];

    public static TheoryData<string> Names => [.. typeof(AgentOptions).GetProperties().Select(property => property.Name).Except(NoOptions)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_option_counts(string name)
    {
        var property = typeof(AgentOptions).GetProperty(name)!;
        var changed = Options with { };
        property.SetValue(changed, Other(property.PropertyType, property.GetValue(Options)));
        Assert.NotEqual(OptionHashes.Of(Options).Config, OptionHashes.Of(changed).Config);
    }

    [Fact]
    public void Only_watch_lists_change_their_own_hash()
    {
        var before = OptionHashes.Of(Options).Watch;
        Assert.Equal(before, OptionHashes.Of(Options with { HostId = "x", WatchRules = ["/r"] }).Watch);
        var lists = new[] { Options with { WatchFiles = ["/a"] }, Options with { WatchFolders = ["/a"] }, Options with { WatchCommands = ["/a"] } };
        Assert.Equal(4, lists.Select(o => OptionHashes.Of(o).Watch).Append(before).Distinct().Count());
    }

    [Fact]
    public void Order_and_origin_do_not_count_and_borders_do()
    {
        var one = Options with { WatchFiles = ["/a", "/b"], Sources = ["/etc/x"] };
        Assert.Equal(OptionHashes.Of(one), OptionHashes.Of(one with { WatchFiles = ["/b", "/a"], Sources = ["/etc/y"], Remarks = ["r"] }));
        Assert.NotEqual(OptionHashes.Of(one), OptionHashes.Of(one with { WatchFiles = ["/a\n 2 /b"] }));
    }

    [Fact]
    public void The_hash_is_the_same_on_every_host_and_in_every_version_that_knows_the_same_options() =>
        Assert.Equal(new OptionHashes("5020a226a7947699e861f6d2ed9b0496", "946cf7a973e342dd69c8913277ff5ca9"), OptionHashes.Of(Options));

    [Fact]
    public void Of_options_that_were_read_anew_those_count_that_hold_at_once()
    {
        var health = new HealthSource(Options);
        health.Take(Options with { WatchFiles = ["/a"], SpoolBytes = 1 << 20 });
        var beat = health.Read().Beat;
        Assert.Equal(OptionHashes.Of(Options with { WatchFiles = ["/a"] }), new OptionHashes(beat.ConfigHash, beat.WatchHash));
    }

    private static object? Other(Type type, object? value) =>
        type == typeof(string) ? $"{value}x"
        : type == typeof(bool) ? !(bool)value!
        : type == typeof(int) ? (int)value! + 1
        : type == typeof(long) ? (long)value! + 1
        : type == typeof(uint) ? (uint)value! + 1
        : type == typeof(TimeSpan) ? (TimeSpan)value! + TimeSpan.FromSeconds(1)
        : type == typeof(Uri) ? new Uri("http://x/")
        : type.IsEnum ? Enum.ToObject(type, Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) + 1)
        : type == typeof(IReadOnlyList<SinkKind>) ? (SinkKind[])[SinkKind.Jsonl]
        : type == typeof(IReadOnlyList<IPNetwork>) ? (IPNetwork[])[IPNetwork.Parse("192.0.2.0/24")]
        : type == typeof(IReadOnlyList<string>) ? (string[])["other"]
        : throw new NotSupportedException(type.ToString());
}
