using System.Text;
using System.Text.Json;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Delivery;

public sealed class JsonLinesSinkTests
{
    [Fact]
    public async Task Every_event_is_one_flat_object_with_identity_time_and_fields()
    {
        var lines = await Lines(Some.Exec(sequence: 1, bootNs: 1_234_567_890_123, credentials: Some.Credentials(1000, euid: 0)), Some.FileOpen(sequence: 2));
        Assert.Equal(2, lines.Length);
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            Assert.All(json.RootElement.EnumerateObject(), p => Assert.True(p.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null), p.Name));
        }

        using var exec = JsonDocument.Parse(lines[0]);
        Assert.Equal("2026-01-01T00:20:34.567890123Z", Text(exec, "@timestamp"));
        Assert.Equal(("i-0123456789abcdef0", Some.BootId.ToString(), "high", "exec", "linux", "process_creation"),
            (Text(exec, "host"), Text(exec, "boot"), Text(exec, "lane"), Text(exec, "kind"), Text(exec, "product"), Text(exec, "category")));
        Assert.Equal((1, 4242, 0), (Number(exec, "seq"), Number(exec, "ProcessId"), Number(exec, "Euid")));
        Assert.Equal(("/usr/bin/bash", "bash", "systemd"), (Text(exec, "Image"), Text(exec, "CommandLine"), Text(exec, "ParentComm")));
        using var open = JsonDocument.Parse(lines[1]);
        Assert.Equal(("file_open", "/etc/shadow", "file_access"), (Text(open, "kind"), Text(open, "TargetFilename"), Text(open, "category")));
    }

    [Theory]
    [InlineData((1ul << 41) - 1, "000001ffffffffff")]
    [InlineData(1ul << 21, "0000000000200000")]
    public async Task Capabilities_are_the_mask_of_proc_and_not_600_bytes_of_names(ulong capabilities, string mask)
    {
        using var json = JsonDocument.Parse(Assert.Single(await Lines(Some.Exec(credentials: Some.Credentials(0) with { Capabilities = capabilities }))));
        Assert.Equal(mask, Text(json, "Capabilities"));
    }

    [Fact]
    public async Task Event_without_capabilities_has_no_mask()
    {
        using var json = JsonDocument.Parse(Assert.Single(await Lines(Some.Exec(credentials: Some.Credentials(1000) with { Capabilities = 0 }))));
        Assert.False(json.RootElement.TryGetProperty("Capabilities", out _));
    }

    [Fact]
    public async Task Events_without_a_category_keep_their_facts()
    {
        const uint PathOnly = 0x200000;
        var lines = await Lines(Some.FileOpen(sequence: 1, openFlags: PathOnly), Some.FileOpen(sequence: 2, openFlags: PathOnly | 0x40));
        using var open = JsonDocument.Parse(lines[0]);
        Assert.False(open.RootElement.TryGetProperty("category", out _));
        Assert.Equal(("/etc/shadow", 4242), (Text(open, "TargetFilename"), Number(open, "ProcessId")));

        using var fork = JsonDocument.Parse(Assert.Single(await Lines(Some.Fork(child: new ProcessKey(777, 1)))));
        Assert.Equal(("fork", 4242, 777), (Text(fork, "kind"), Number(fork, "ProcessId"), Number(fork, "ChildProcessId")));
        using var exit = JsonDocument.Parse(Assert.Single(await Lines(Some.Exit(exitCode: 9))));
        Assert.Equal(("exit", 9), (Text(exit, "kind"), Number(exit, "ExitCode")));
    }

    [Fact]
    public async Task Open_that_creates_has_both_categories_as_a_list()
    {
        using var json = JsonDocument.Parse(Assert.Single(await Lines(Some.FileOpen(openFlags: 0x41))));
        Assert.Equal(["file_access", "file_event"], json.RootElement.GetProperty("category").EnumerateArray().Select(c => c.GetString()));
    }

    [Fact]
    public async Task Traffic_has_destination_and_protocol()
    {
        using var json = JsonDocument.Parse(Assert.Single(await Lines(Some.Connect("2001:db8::5", 8443))));
        Assert.Equal(("2001:db8::5", 8443, "tcp"), (Text(json, "DestinationIp"), Number(json, "DestinationPort"), Text(json, "Protocol")));
    }

    [Fact]
    public async Task Name_that_is_not_UTF8_is_readable_and_beside_it_exact()
    {
        var line = Assert.Single(await Lines(Some.FileOpen("/tmp/\udcff\udcfex", askedPath: "/tmp/😀")));
        using var json = JsonDocument.Parse(line);
        Assert.Equal("/tmp/\ufffd\ufffdx", Text(json, "TargetFilename"));
        Assert.Equal([.. "/tmp/"u8, 0xFF, 0xFE, (byte)'x'], json.RootElement.GetProperty("TargetFilenameBytes").GetBytesFromBase64());
        Assert.Equal("/tmp/😀", Text(json, "AskedPath"));
        Assert.False(json.RootElement.TryGetProperty("AskedPathBytes", out _));
    }

    [Fact]
    public async Task Line_is_ASCII_without_control_characters_whatever_the_names_are()
    {
        var line = Assert.Single(await Lines(Some.FileOpen("/tmp/\n\u001b[2J\u202e\u2028é\u0085")));
        Assert.DoesNotContain(line, c => c is < ' ' or > '~');
    }

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000000000Z")]
    [InlineData(1_767_225_600_000_000_001, "2026-01-01T00:00:00.000000001Z")]
    [InlineData(1_767_225_600_999_999_999, "2026-01-01T00:00:00.999999999Z")]
    public void Time_has_nine_digits_and_is_not_rounded(long timeNs, string expected) => Assert.Equal(expected, EventJson.Rfc3339(timeNs));

    [Fact]
    public async Task Batch_that_a_full_disk_refused_in_the_middle_is_written_again_on_lines_of_its_own()
    {
        using var disk = new TearingStream();
        using var sink = new JsonLinesSink(disk);
        var batch = Batch(Some.Connect());
        Assert.Equal(ShipResult.Retry, (await sink.ShipAsync(batch, CancellationToken.None)).Result);
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(batch, CancellationToken.None));
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(batch, CancellationToken.None));
        var lines = Encoding.UTF8.GetString(disk.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(lines[0]));
        Assert.Equal(lines[1], lines[2]);
        JsonDocument.Parse(lines[1]).Dispose();
    }

    private static string? Text(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString();

    private static int Number(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetInt32();

    private static Batch Batch(params HostEvent[] events) => new FramePacker().Pack(Some.Frame(events)).Single();

    private static async Task<string[]> Lines(params HostEvent[] events)
    {
        using var output = new MemoryStream();
        using var sink = new JsonLinesSink(output);
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(events), CancellationToken.None));
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text[..^1].Split('\n');
    }

    /// <summary>Takes half of the first write.</summary>
    private sealed class TearingStream : MemoryStream
    {
        private bool _torn;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_torn)
            {
                return base.WriteAsync(buffer, cancellationToken);
            }

            _torn = true;
            Write(buffer.Span[..(buffer.Length / 2)]);
            throw new IOException("No space left on device");
        }
    }
}
