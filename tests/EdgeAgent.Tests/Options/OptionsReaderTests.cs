using System.Net;
using EdgeAgent.Options;
using Support;

namespace EdgeAgent.Tests.Options;

public sealed class OptionsReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shipped_defaults_alone_are_valid()
    {
        var options = Read(null, out var faults);
        Assert.Empty(faults);
        Assert.Equal([SinkKind.Console], options.Sinks);
        Assert.Equal(MetadataMode.Auto, options.Metadata);
    }

    [Fact]
    public void Command_line_wins_over_environment_over_file_over_defaults()
    {
        var file = Config("""{ "hostId": "file", "forward": { "exec": "watched", "lifecycle": true }, "sinks": ["jsonl"] }""");
        var options = Read(file, out var faults, environment: new() { ["EDGE_AGENT_HOST_ID"] = "env", ["EDGE_AGENT_FORWARD_LIFECYCLE"] = "false" },
            commandLine: ("hostId", ["line"]));
        Assert.Empty(faults);
        Assert.Equal(("line", false, ForwardExec.Watched), (options.HostId, options.ForwardLifecycle, options.ForwardExec));
        Assert.Equal([SinkKind.Jsonl], options.Sinks);
    }

    [Fact]
    public void Every_option_can_be_set_in_the_file()
    {
        var networks = _folder.File("more.txt", "198.51.100.0/24 # test\n\n# nothing\n2001:db8::/32\n");
        var options = Read(
            Config($$"""
            {
              // comments and trailing commas are allowed
              "hostId": "h", "sinks": ["kinesis", "Console", "jsonl", "console"],
              "kinesis": { "streamName": "s", "kibPerSecond": 10240, "region": "eu-west-1", "endpoint": "http://127.0.0.1:4567" },
              "jsonl": { "path": "/tmp/x.jsonl" },
              "watch": { "files": ["/a", "/b*"], "moreFiles": ["/c"], "folders": [], "moreFolders": ["/d/"], "commands": ["/e"], "moreCommands": "/f", "rescanSeconds": 5 },
              "network": { "excludeFiles": ["{{Path.GetFileName(networks)}}"], "exclude": ["10.0.0.0/8"] },
              "forward": { "exec": "WATCHED", "lifecycle": true },
              "batch": { "flushMilliseconds": 10, "highValueFlushMilliseconds": 0, "frameKiB": 900 },
              "spool": { "mebibytes": 4096, "path": "/srv/spool", "hours": 1 },
              "rings": { "highKiB": 64, "bulkKiB": 262144 },
              "health": { "socket": "/run/x.sock" }, "metrics": { "port": 9464 },
              "metadata": "off",
            }
            """),
            out var faults);
        Assert.Empty(faults);
        Assert.Equal(("h", "s", "eu-west-1", new Uri("http://127.0.0.1:4567"), "/tmp/x.jsonl"),
            (options.HostId, options.KinesisStream, options.KinesisRegion, options.KinesisEndpoint, options.JsonLinesPath));
        Assert.Equal([SinkKind.Kinesis, SinkKind.Console, SinkKind.Jsonl], options.Sinks);
        Assert.Equal(["/a", "/b*", "/c"], options.WatchFiles);
        Assert.Equal(["/d/"], options.WatchFolders);
        Assert.Equal(["/e", "/f"], options.WatchCommands);
        Assert.Equal(["198.51.100.0/24", "2001:db8::/32", "10.0.0.0/8"], options.ExcludedNetworks.Select(n => n.ToString()));
        Assert.Equal((5.0, 10.0, 0.0), (options.WatchRescan.TotalSeconds, options.FlushInterval.TotalMilliseconds, options.HighValueFlushInterval.TotalMilliseconds));
        Assert.Equal((900 * 1024, 4L << 30, 64u << 10, 256u << 20), (options.FrameBytes, options.SpoolBytes, options.HighRingBytes, options.BulkRingBytes));
        Assert.Equal(("/srv/spool", 1.0, 10L << 20), (options.SpoolPath, options.SpoolAge.TotalHours, options.KinesisBytesPerSecond));
        Assert.Equal(("/run/x.sock", 9464), (options.HealthSocket, options.MetricsPort));
        Assert.Equal((ForwardExec.Watched, true, MetadataMode.Off), (options.ForwardExec, options.ForwardLifecycle, options.Metadata));
    }

    [Fact]
    public void Lists_are_divided_by_commas_outside_JSON()
    {
        var options = Read(null, out var faults, environment: new() { ["EDGE_AGENT_WATCH_FILES"] = " /a , /b ,", ["EDGE_AGENT_NETWORK_EXCLUDE_FILES"] = "" });
        Assert.Empty(faults);
        Assert.Equal(["/a", "/b"], options.WatchFiles);
        Assert.Empty(options.ExcludedNetworks);
    }

    [Fact]
    public void Two_sinks_cannot_both_write_to_standard_output()
    {
        Read(Config("""{ "sinks": ["console", "jsonl"] }"""), out var faults);
        Assert.Equal(("jsonl.path", "console and jsonl would mix their lines on standard output: write the path of a file"),
            (Assert.Single(faults).Key, faults[0].Problem));
        Read(Config("""{ "sinks": ["console", "jsonl"], "jsonl": { "path": "/tmp/events.jsonl" } }"""), out faults);
        Assert.Empty(faults);
    }

    [Fact]
    public void Names_of_all_sources_are_made_of_the_key()
    {
        var option = OptionTable.Find("batch.highValueFlushMilliseconds")!;
        Assert.Equal(("EDGE_AGENT_BATCH_HIGH_VALUE_FLUSH_MILLISECONDS", "--batch-high-value-flush-milliseconds"), (option.EnvironmentName, option.CommandLineName));
        var unit = OptionTable.Find("rings.bulkKiB")!;
        Assert.Equal(("EDGE_AGENT_RINGS_BULK_KIB", "--rings-bulk-kib"), (unit.EnvironmentName, unit.CommandLineName));
        Assert.Equal(OptionTable.All.Count, OptionTable.All.Select(o => o.EnvironmentName).Distinct().Count());
    }

    [Theory]
    [InlineData("""{ "hostId": "" }""", "hostId", "write 1 to 128 characters")]
    [InlineData("""{ "spool": { "path": "spool" } }""", "spool.path", "'spool' is not an absolute path without . and ..; write for example /var/lib/edge-agent/spool")]
    [InlineData("""{ "spool": { "path": "/" } }""", "spool.path", "'/' is not an absolute path without . and ..; write for example /var/lib/edge-agent/spool")]
    [InlineData("""{ "spool": { "path": "/var/../etc" } }""", "spool.path", "'/var/../etc' is not an absolute path without . and ..; write for example /var/lib/edge-agent/spool")]
    [InlineData("""{ "spool": { "hours": 0 } }""", "spool.hours", "'0' is not a number from 1 to 8760")]
    [InlineData("""{ "kinesis": { "kibPerSecond": 1 } }""", "kinesis.kibPerSecond", "'1' is not a number from 16 to 10240")]
    [InlineData("""{ "kinesis": { "streamName": "a b" } }""", "kinesis.streamName", "'a b' is not the name of a stream: write letters, digits, '.', '_' and '-', for example edge-prod")]
    [InlineData("""{ "health": { "socket": "/run/../x" } }""", "health.socket", "'/run/../x' is neither off nor an absolute path of at most 255 characters without . and .., such as /run/edge-agent/health.sock")]
    [InlineData(
        """{ "health": { "socket": "/run/agent/ääääääääääääääääääääääääääääääääääääääääa" } }""", "health.socket",
        "the last part of '/run/agent/ääääääääääääääääääääääääääääääääääääääääa' is longer than 80 bytes, more than the address of a socket holds: write a shorter one, such as /run/edge-agent/health.sock")]
    [InlineData("""{ "metrics": { "port": 80 } }""", "metrics.port", "'80' is a port that needs rights which the agent gives up: write 0 for none, or 1024 to 65535")]
    [InlineData("""{ "metrics": { "port": "0.0.0.0:9464" } }""", "metrics.port", "'0.0.0.0:9464' is not a number from 0 to 65535")]
    [InlineData("""{ "hostId": ["a", "b"] }""", "hostId", "write exactly one value instead of 2")]
    [InlineData("""{ "hostid": "x" }""", "hostid", "no such option; did you mean hostId?")]
    [InlineData("""{ "kinesis": { "streamname": "x" } }""", "kinesis.streamname", "no such option; did you mean kinesis.streamName?")]
    [InlineData("""{ "watch": { "file": ["/x"] } }""", "watch.file", "no such option; did you mean watch.files?")]
    [InlineData("""{ "somethingElseEntirely": 1 }""", "somethingElseEntirely", "no such option; edge-agent --help lists them")]
    [InlineData("""{ "sinks": { "a": 1 } }""", "sinks", "write kinesis, console, jsonl, not an object")]
    [InlineData("""{ "sinks": [["console"]] }""", "sinks", "write kinesis, console, jsonl, not an object")]
    [InlineData("""{ "sinks": [] }""", "sinks", "write at least one of kinesis, console, jsonl")]
    [InlineData("""{ "sinks": ["sns", "console", "sqs"] }""", "sinks", "'sns' is not one of kinesis, console, jsonl; 'sqs' is not one of kinesis, console, jsonl")]
    [InlineData("""{ "sinks": ["1"] }""", "sinks", "'1' is not one of kinesis, console, jsonl")]
    [InlineData("""{ "sinks": ["+1"] }""", "sinks", "'+1' is not one of kinesis, console, jsonl")]
    [InlineData("""{ "forward": { "exec": "all,watched" } }""", "forward.exec", "'all,watched' is not one of all, watched")]
    [InlineData("""{ "forward": { "exec": "" } }""", "forward.exec", "'' is not one of all, watched")]
    [InlineData("""{ "forward": { "lifecycle": "yes" } }""", "forward.lifecycle", "'yes' is neither true nor false")]
    [InlineData("""{ "metadata": null }""", "metadata", "write exactly one value instead of 0")]
    [InlineData("""{ "batch": { "flushMilliseconds": 9 } }""", "batch.flushMilliseconds", "'9' is not a number from 10 to 60000")]
    [InlineData("""{ "batch": { "flushMilliseconds": 1e3 } }""", "batch.flushMilliseconds", "'1e3' is not a number from 10 to 60000")]
    [InlineData("""{ "watch": { "rescanSeconds": -1 } }""", "watch.rescanSeconds", "'-1' is not a number from 1 to 3600")]
    [InlineData("""{ "flood": { "alikePerSecond": 1000001 } }""", "flood.alikePerSecond", "'1000001' is not a number from 0 to 1000000")]
    [InlineData("""{ "rings": { "highKiB": 100 } }""", "rings.highKiB", "'100' is not a power of two; write for example 128")]
    [InlineData("""{ "rings": { "bulkKiB": 524288 } }""", "rings.bulkKiB", "'524288' is not a number from 64 to 262144")]
    [InlineData("""{ "kinesis": { "endpoint": "localhost:4567" } }""", "kinesis.endpoint", "'localhost:4567' is not a URL such as https://kinesis.eu-west-1.amazonaws.com")]
    [InlineData("""{ "watch": { "files": ["etc/x", "/a/../b", "/ok"] } }""", "watch.files", "'etc/x' is not an absolute path without . and ..; write for example /etc/shadow; '/a/../b' is not an absolute path without . and ..; write for example /etc/shadow")]
    [InlineData("""{ "network": { "exclude": ["10.1.0.0/8"] } }""", "network.exclude", "'10.1.0.0/8' is not a network in CIDR form; write for example 10.0.0.0/8")]
    [InlineData("""{ "network": { "exclude": ["2001:db8::1/33", "x"] } }""", "network.exclude", "'2001:db8::1/33' is not a network in CIDR form; write for example 2001:db8::/33; 'x' is not a network in CIDR form; write for example 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("""{ "network": { "exclude": ["10.0.0.0/33"] } }""", "network.exclude", "'10.0.0.0/33' is not a network in CIDR form; write for example 10.0.0.0/8 or 2001:db8::/32")]
    public void Fault_names_file_and_key_and_says_what_to_write(string json, string key, string problem)
    {
        var file = Config(json);
        Read(file, out var faults);
        Assert.Equal([new OptionFault(file, key, problem)], faults);
    }

    [Fact]
    public void Name_in_a_folder_that_is_longer_than_the_kernel_compares_is_a_fault()
    {
        var fits = new string('é', 31) + "x";
        Assert.Equal(63, System.Text.Encoding.UTF8.GetByteCount(fits));
        Read(Config($$"""{ "watch": { "files": ["/{{fits}}"] } }"""), out var none);
        Assert.Empty(none);
        Read(Config($$"""{ "watch": { "files": ["/{{fits}}x"] } }"""), out var faults);
        Assert.Equal($"'/{fits}x': the last part is longer than 63 bytes; watch its folder instead", Assert.Single(faults).Problem);
    }

    [Fact]
    public void Every_bad_line_of_a_network_file_is_named()
    {
        var networks = _folder.File("n.txt", "10.0.0.0/8\n10.0.0.1/8 # host bits\nnonsense\n");
        Read(Config("""{ "network": { "excludeFiles": ["n.txt", "missing.txt"] } }"""), out var faults);
        var fault = Assert.Single(faults);
        Assert.Equal(
            $"'{networks} line 2: 10.0.0.1/8' is not a network in CIDR form; write for example 10.0.0.0/8; "
            + $"'{networks} line 3: nonsense' is not a network in CIDR form; write for example 10.0.0.0/8 or 2001:db8::/32; "
            + $"cannot read {_folder["missing.txt"]}: Could not find file '{_folder["missing.txt"]}'.",
            fault.Problem);
    }

    [Fact]
    public void All_faults_of_all_sources_are_reported_at_once()
    {
        var file = Config("""{ "sinks": ["kinesis"], "hostId": "", "nope": 1 }""");
        Read(file, out var faults, new() { ["EDGE_AGENT_NOPE"] = "1", ["EDGE_AGENT_METADATA"] = "maybe", ["OTHER"] = "x" }, ("spool.mebibytes", ["0"]));
        Assert.Equal(
            [
                $"{file}: nope: no such option; edge-agent --help lists them",
                "environment: EDGE_AGENT_NOPE: no such option; edge-agent --help lists them",
                $"{file}: hostId: write 1 to 128 characters",
                "command line: --spool-mebibytes: '0' is not a number from 1 to 4096",
                "environment: EDGE_AGENT_METADATA: 'maybe' is not one of auto, on, off",
                $"{file}: kinesis.streamName: the kinesis sink needs it: write the name of the stream",
            ],
            faults.Select(f => f.ToString()));
    }

    [Theory]
    [InlineData("[]", "the file must hold one JSON object, for example { \"sinks\": [\"console\"] }")]
    [InlineData("{ \"hostId\": ", "not JSON: ")]
    [InlineData("", "not JSON: ")]
    [InlineData("{ \"hostId\": \"\\ud800\" }", "not JSON: a string is not valid UTF-8 text; save the file as UTF-8")]
    public void File_that_is_no_JSON_object_is_a_fault(string text, string problem)
    {
        var file = Config(text);
        Read(file, out var faults);
        Assert.StartsWith($"{file}: {problem}", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_in_another_encoding_is_a_fault()
    {
        File.WriteAllBytes(_folder["latin1.json"], [.. "{ \"hostId\": \"M"u8, 0xFC, .. "nchen\" }"u8]);
        Read(_folder["latin1.json"], out var faults);
        Assert.Contains("save the file as UTF-8", Assert.Single(faults).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_cannot_be_read_is_a_fault()
    {
        Read(_folder["none.json"], out var faults);
        Assert.StartsWith($"{_folder["none.json"]}: does not exist; write a JSON file", Assert.Single(faults).ToString(), StringComparison.Ordinal);
        Read(_folder.Path, out faults);
        Assert.StartsWith($"{_folder.Path}: is a folder, not a file; write a JSON file", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    private string Config(string json) => _folder.File("agent.json", json);

    private static AgentOptions Read(
        string? file, out IReadOnlyList<OptionFault> faults, Dictionary<string, string>? environment = null,
        params (string Key, string[] Items)[] commandLine) =>
        OptionsReader.Read(
            file, environment ?? [],
            commandLine.Select(c => (OptionTable.Find(c.Key)!, new OptionValue("command line", OptionTable.Find(c.Key)!.CommandLineName, c.Items, "/"))),
            out faults);
}
