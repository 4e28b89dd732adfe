using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using EdgeAgent.Intake;
using EdgeAgent.Probes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Intake;

public sealed partial class KernelRecordsTests
{
    private static string Fixture => File.ReadAllText(Path.Combine(Repository.Root, "tests", "Fixtures", "btf", "contract.txt"));

    [BuiltProbesTheory]
    [InlineData("x86_64")]
    [InlineData("arm64")]
    public void Built_contract_is_the_committed_one(string architecture)
    {
        var path = Path.Combine(Repository.Root, "artifacts", "bpf", architecture, "contract.bpf.o");
        Assert.Equal(Fixture, BtfReader.Open(path).Describe());
    }

    [Fact]
    public void Mirror_has_the_names_sizes_offsets_and_numbers_of_the_contract()
    {
        string[] mirrored =
        [
            StructLayout.OfStruct("edge_header", typeof(EdgeHeader)),
            StructLayout.OfStruct("edge_task", typeof(EdgeTask)),
            StructLayout.OfStruct("edge_file", typeof(EdgeFile)),
            StructLayout.OfStruct("edge_exec", typeof(EdgeExec)),
            StructLayout.OfStruct("edge_fork", typeof(EdgeFork)),
            StructLayout.OfStruct("edge_exit", typeof(EdgeExit)),
            StructLayout.OfStruct("edge_file_open", typeof(EdgeFileOpen)),
            StructLayout.OfStruct("edge_call", typeof(EdgeCall)),
            StructLayout.OfStruct("edge_word_key", typeof(EdgeWordKey)),
            StructLayout.OfEnum("edge_call_kind", "EDGE_CALL_", typeof(CallKind)),
            StructLayout.OfStruct("edge_network", typeof(EdgeNetwork)),
            StructLayout.OfStruct("edge_file_identity", typeof(EdgeFileIdentity)),
            StructLayout.OfStruct("edge_inode_key", typeof(EdgeInodeKey)),
            StructLayout.OfStruct("edge_name_key", typeof(EdgeNameKey)),
            StructLayout.OfStruct("edge_net4_key", typeof(EdgeNet4Key)),
            StructLayout.OfStruct("edge_net6_key", typeof(EdgeNet6Key)),
            StructLayout.OfStruct("edge_lane_state", typeof(EdgeLaneState)),
            StructLayout.OfStruct("edge_learnt", typeof(WatchFilter.Learnt)),
            StructLayout.OfStruct("edge_fresh", typeof(FreshFolders.Memory)),
            StructLayout.OfArray("edge_filter_table", "buckets", typeof(WatchMaps.FilterTable)),
            StructLayout.OfEnum("edge_kind", "EDGE_KIND_", typeof(EventKind), KernelContract.KindCount),
            StructLayout.OfEnum("edge_lane", "EDGE_LANE_", typeof(Lane), KernelContract.LaneCount),
            StructLayout.OfEnum("edge_origin", "EDGE_ORIGIN_", typeof(OriginFlags)),
            StructLayout.OfEnum("edge_path_flag", "EDGE_PATH_", typeof(PathFlags)),
            StructLayout.OfEnum("edge_watch", "EDGE_WATCH_", typeof(EdgeWatch)),
        ];
        Assert.Equal(Blocks(Fixture).Order(StringComparer.Ordinal), mirrored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Mirror_has_the_limits_of_the_header()
    {
        var header = File.ReadAllText(Path.Combine(Repository.Root, "bpf", "include", "edge_event.h"));
        var defined = Definition().Matches(header)
            .ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["EDGE_EVENT_VERSION"] = KernelContract.Version, ["EDGE_COMM_LEN"] = KernelContract.CommLength,
                ["EDGE_PATH_MAX"] = KernelContract.PathMax, ["EDGE_ASKED_MAX"] = KernelContract.AskedMax,
                ["EDGE_ARGV_MAX"] = KernelContract.ArgvMax, ["EDGE_NAME_MAX"] = KernelContract.NameMax,
            },
            defined);
    }

    private static IEnumerable<string> Blocks(string text) =>
        BlockStart().Split(text).Where(b => b.Length > 0);

    [GeneratedRegex(@"^#define (EDGE_\w+) (\d+)", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"^(?=struct |enum )", RegexOptions.Multiline)]
    private static partial Regex BlockStart();
}
