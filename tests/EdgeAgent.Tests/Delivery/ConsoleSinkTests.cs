using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Delivery;

public sealed class ConsoleSinkTests
{
    private static readonly ProcessNode Cat = Some.Process("/usr/bin/cat", pid: 321);

    [Fact]
    public void Refused_open_and_changed_names_say_so()
    {
        Assert.Equal(
            "🚨 SENSITIVE: PID=321 UID=1000 USER=alice COMM=cat OP=open ERROR=EACCES FILE=/etc/shadow", ConsoleSink.LineOf(Some.FileOpen(process: Cat, error: 13)));
        Assert.Equal(
            "🚨 SENSITIVE: PID=321 UID=1000 USER=alice COMM=cat OP=rename FILE=/etc/shadow SOURCE=/tmp/a\\x0ab",
            ConsoleSink.LineOf(Some.Call(CallKind.Rename, "/etc/shadow", "/tmp/a\nb", Cat)));
        Assert.Equal(
            "🔧 CALL: PID=321 UID=1000 USER=alice COMM=cat OP=ptrace ERROR=EPERM",
            ConsoleSink.LineOf(Some.Call(CallKind.Ptrace, process: Cat, error: 1, flags: EventFlags.None)));
    }

    [Fact]
    public void Flood_is_one_line_that_says_how_many_more() => Assert.EndsWith(
        " DST=203.0.113.7:443 (1234 more like this)", ConsoleSink.LineOf(Some.Connect(process: Cat, repeated: 1234)), StringComparison.Ordinal);

    [Fact]
    public void Open_of_a_watched_file_has_the_words_of_the_tool_it_replaces() => Assert.Equal(
        "🚨 SENSITIVE: PID=321 UID=1000 USER=alice COMM=cat OP=open FILE=/etc/shadow", ConsoleSink.LineOf(Some.FileOpen(process: Cat)));

    [Fact]
    public void Exec_of_a_watched_command_shows_who_called_it() => Assert.Equal(
        "🚨 SENSITIVE: PID=321 UID=0 USER=root COMM=bash OP=exec FILE=/usr/sbin/useradd",
        ConsoleSink.LineOf(Some.Exec(Some.Process("/usr/sbin/useradd", pid: 321, uid: 0), flags: EventFlags.Sensitive)));

    [Fact]
    public void Exec_by_an_unknown_caller_shows_the_new_name() => Assert.Equal(
        "🚨 SENSITIVE: PID=321 UID=1000 USER=alice COMM=cat OP=exec FILE=/usr/bin/cat",
        ConsoleSink.LineOf(Some.Exec(Cat, callerComm: "", flags: EventFlags.Sensitive)));

    [Fact]
    public void Changed_privilege_shows_both_users() => Assert.Equal(
        "🚨 SENSITIVE: PID=321 UID=1000(alice)→0(root) COMM=bash OP=exec FILE=/usr/bin/sudo",
        ConsoleSink.LineOf(Some.Exec(
            Some.Process("/usr/bin/sudo", pid: 321), credentials: Some.Credentials(1000, euid: 0), flags: EventFlags.Sensitive)));

    [Theory]
    [InlineData("203.0.113.7", 443, "DST=203.0.113.7:443")]
    [InlineData("2001:db8::5", 8443, "DST=[2001:db8::5]:8443")]
    [InlineData("203.0.113.7", 0, "DST=203.0.113.7:0")]
    public void Connect_shows_address_and_port(string address, int port, string destination) => Assert.Equal(
        $"🌐 EXTERNAL: PID=321 UID=1000 USER=alice COMM=cat OP=conn {destination}",
        ConsoleSink.LineOf(Some.Connect(address, (ushort)port, Cat)));

    [Fact]
    public void Datagram_is_a_send() => Assert.Equal(
        "🌐 EXTERNAL: PID=321 UID=1000 USER=alice COMM=cat OP=send DST=203.0.113.53:53", ConsoleSink.LineOf(Some.Send(process: Cat)));

    [Fact]
    public void Events_that_are_not_sensitive_have_no_line()
    {
        Assert.Null(ConsoleSink.LineOf(Some.Exec()));
        Assert.Null(ConsoleSink.LineOf(Some.Fork()));
        Assert.Null(ConsoleSink.LineOf(Some.Exit()));
        Assert.Null(ConsoleSink.LineOf(Some.FileOpen(flags: EventFlags.None)));
    }

    [Fact]
    public void Hostile_names_can_forge_neither_a_line_nor_a_field()
    {
        var hostile = Some.Process("/tmp/x", pid: 9, comm: "a b\nOP=open\u001b[31m", userName: "m allory");
        Assert.Equal(
            @"🚨 SENSITIVE: PID=9 UID=1000 USER=alice COMM=a\x20b\x0aOP=open\x1b[31m OP=open FILE=/tmp/a b\x0a🚨\u{202e}\xff\\x",
            ConsoleSink.LineOf(Some.FileOpen("/tmp/a b\n🚨\u202e\udcff\\x", hostile)));
    }

    [Fact]
    public async Task Batch_becomes_its_lines_and_nothing_else()
    {
        using var output = new StringWriter();
        var outcome = await new ConsoleSink(output).ShipAsync(
            Batch(Some.Exec(sequence: 1, lane: Lane.Bulk), Some.Connect(sequence: 2), Some.Send(sequence: 3)), CancellationToken.None);
        Assert.Equal(ShipOutcome.Delivered, outcome);
        Assert.Equal(
            "🌐 EXTERNAL: PID=4242 UID=1000 USER=alice COMM=bash OP=conn DST=203.0.113.7:443\n"
            + "🌐 EXTERNAL: PID=4242 UID=1000 USER=alice COMM=bash OP=send DST=203.0.113.53:53\n",
            output.ToString());
    }

    [Fact]
    public async Task Output_that_takes_nothing_is_tried_again()
    {
        await using var full = new StreamWriter(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)) { AutoFlush = true };
        var outcome = await new ConsoleSink(full).ShipAsync(Batch(Some.Connect()), CancellationToken.None);
        Assert.Equal(ShipResult.Retry, outcome.Result);
        Assert.Contains("No space left on device", outcome.Reason, StringComparison.Ordinal);
    }

    private static Batch Batch(params HostEvent[] events) => new FramePacker().Pack(Some.Frame(events)).Single();
}
