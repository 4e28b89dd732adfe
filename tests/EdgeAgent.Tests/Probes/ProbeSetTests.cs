using System.Diagnostics;
using System.Net;
using EdgeAgent.Enrichment;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Parsing;
using EdgeAgent.Probes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Probes;

public sealed class ProbeSetTests
{
    private static readonly AgentOptions Options = new() { HighRingBytes = 1 << 16, BulkRingBytes = 1 << 20 };

    /// <summary>Those that load wherever any do.</summary>
    private static readonly IReadOnlyList<Backend> Backends = [.. Backend.All.Where(backend => backend.Name is "tp_btf" or "cgroup")];

    [RootFact]
    public void Probes_load_and_attach_and_count_what_they_give()
    {
        using var probes = ProbeSet.Load(Options, Backends, Assert.Fail);
        var start = probes.StartNumbers();
        Assert.Equal((start, 0ul), probes.LaneState(Lane.High));
        using var intake = probes.OpenRings();
        probes.Attach();
        using (var process = Process.Start("true"))
        {
            process.WaitForExit();
        }

        probes.Detach();
        var last = probes.LaneState(Lane.Bulk).LastSequence;
        Assert.True(last >= start + 3, "fork, exec and exit are given numbers");
        var seen = new HashSet<ulong>();
        var execs = 0;
        while (intake.TryTake(out var record))
        {
            Assert.Equal(ParseFault.None, new RecordParser().Parse(record, out var parsed));
            if (parsed!.Lane == Lane.Bulk)
            {
                Assert.True(seen.Add(parsed.Header.Sequence));
            }

            execs += parsed is KernelExec { Path: var path } && path.EndsWith("/true", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(intake.IsDrained(Lane.Bulk));
        Assert.True(execs >= 1);
        Assert.Equal(Enumerable.Range(1, (int)(last - start)).Select(n => start + (ulong)n), seen.Order());
    }

    [RootFact]
    public void Numbers_of_a_later_start_are_higher()
    {
        using var probes = ProbeSet.Load(Options, Backends, Assert.Fail);
        var first = probes.StartNumbers();
        Thread.Sleep(1);
        var second = probes.StartNumbers();
        Assert.True(second > first);
        Assert.Equal(second, probes.LaneState(Lane.Bulk).LastSequence);
    }

    [RootFact]
    public void Own_process_is_among_those_that_run_with_its_start_as_proc_shows_it()
    {
        using var probes = ProbeSet.Load(Options, Backends, Assert.Fail);
        var own = Assert.Single(probes.Processes(), p => p.Pid == Environment.ProcessId);
        var shown = new ProcFiles("/proc").Describe(new ProcessKey(own.Pid, own.StartNs));
        Assert.Equal(Environment.ProcessPath, shown.Image);
    }

    [RootFact]
    public void More_watched_names_than_the_maps_hold_are_reported_and_the_rest_is_watched()
    {
        using var folder = new TemporaryFolder();
        var reports = new List<string>();
        var options = Options with { WatchFiles = [.. Enumerable.Range(0, WatchEntries.MaxNames + 5).Select(i => folder[$"{i}"]), folder.File("there")] };
        using var probes = ProbeSet.Load(options, Backends, reports.Add);
        probes.Watch.Apply(probes.Watch.Look()!);
        Assert.Equal((1, WatchEntries.MaxNames + 5), (probes.Watch.Watched, probes.Watch.Missing));
        Assert.Equal(["the watch lists name more than the kernel's maps hold; 6 paths are not or not wholly watched: name fewer"], reports);
        Assert.Null(probes.Watch.Look());
        Assert.Single(reports);
    }

    [RootFact]
    public void Network_keys_are_the_prefix_length_and_the_address_in_network_order()
    {
        using var probes = BpfObject.Open(BpfArtifact.Read()!, []);
        probes.Load();
        var maps = probes.Handles([]).Maps;
        var trie4 = new BpfMap<EdgeNet4Key, byte>("exclude_net4", maps["exclude_net4"].Fd);
        var trie6 = new BpfMap<EdgeNet6Key, byte>("exclude_net6", maps["exclude_net6"].Fd);
        var networks = new NetworkMaps(trie4, trie6);
        networks.Add([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("::ffff:192.0.2.0/120")]);
        Assert.True(trie4.TryGet(Key4(32, 10, 1, 2, 3), out _));
        Assert.False(trie4.TryGet(Key4(32, 11, 0, 0, 1), out _));
        Assert.True(trie4.TryGet(Key4(32, 192, 0, 2, 255), out _));
        Assert.False(trie4.TryGet(Key4(32, 192, 0, 3, 0), out _));
        Assert.True(trie6.TryGet(Key6("2001:db8:ffff::1"), out _));
        Assert.False(trie6.TryGet(Key6("2001:db9::1"), out _));

        networks.Remove([IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("::ffff:192.0.2.0/120")]);
        Assert.False(trie4.TryGet(Key4(32, 192, 0, 2, 255), out _));
        Assert.False(trie6.TryGet(Key6("2001:db8:ffff::1"), out _));
        Assert.True(trie4.TryGet(Key4(32, 10, 1, 2, 3), out _));

        networks.Set([IPNetwork.Parse("11.0.0.0/8")]);
        Assert.False(trie4.TryGet(Key4(32, 10, 1, 2, 3), out _));
        Assert.True(trie4.TryGet(Key4(32, 11, 0, 0, 1), out _));
    }

    [RootFact]
    public void Networks_for_which_there_is_no_room_change_nothing()
    {
        using var probes = ProbeSet.Load(Options, Backends, Assert.Fail);
        IReadOnlyList<IPNetwork> many = [.. Enumerable.Range(0, 2 * NetworkMaps.Spare).Select(i => new IPNetwork(new IPAddress([10, (byte)(i >> 8), (byte)i, 0]), 24))];
        var before = Options with { WatchFiles = ["/before"] };

        Assert.Throws<LibBpfException>(() => probes.Change(before, before with { ExcludedNetworks = many }));

        // All is as it was: as many as there is room for can be added.
        probes.Change(before, before with { ExcludedNetworks = [.. many.Take(NetworkMaps.Spare)] });
    }

    private static unsafe EdgeNet4Key Key4(uint length, params ReadOnlySpan<byte> address)
    {
        var key = new EdgeNet4Key { PrefixLen = length };
        address.CopyTo(new Span<byte>(key.Address, 4));
        return key;
    }

    private static unsafe EdgeNet6Key Key6(string address)
    {
        var key = new EdgeNet6Key { PrefixLen = 128 };
        IPAddress.Parse(address).TryWriteBytes(new Span<byte>(key.Address, 16), out _);
        return key;
    }
}
