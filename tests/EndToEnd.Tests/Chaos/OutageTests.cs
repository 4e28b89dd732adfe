using System.Diagnostics;
using System.Globalization;
using EndToEnd.Tests.Setup;
using Support.Servers;
using Wire.Model;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Chaos;

/// <summary>
/// The stream is away while events come. What the spool has room for is there afterwards; of more, high-value events are all there, and of the
/// others every one is there or told as lost, and none both. OUTAGE_SECONDS is how long.
/// </summary>
[Collection(EndToEndCollection.Name)]
public sealed class OutageTests(ITestOutputHelper output)
{
    private const string Stream = "outage";
    private const int Slow = 200;
    private const int Fast = 20_000;
    private const int DefaultSpool = 64;

    /// <summary>From here on fast events are more than the default spool has room for: packed, they take six bytes each.</summary>
    private const int LongOutage = 600;

    private static readonly TimeSpan BetweenOpens = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Drain = TimeSpan.FromMinutes(6);
    private static readonly int Seconds = int.TryParse(
        Environment.GetEnvironmentVariable("OUTAGE_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 12;

    [EndToEndFact]
    public async Task Outage_that_the_spool_has_room_for_loses_nothing()
    {
        var (ledger, opens, connects) = await RunAsync(Slow, DefaultSpool, exitCode: 0);

        Assert.Empty(ledger.Check(opens.Pid, opens.Folder, opens.Last, kills: 0));
        Assert.Empty(ledger.CheckConnects(Environment.ProcessId, connects));
        Assert.Equal(0, ledger.Lost);
    }

    [EndToEndFact]
    public async Task Outage_that_is_too_long_for_the_spool_loses_no_event_of_high_value_and_tells_exactly_which_others()
    {
        var (ledger, opens, connects) = await RunAsync(Fast, Seconds < LongOutage ? 1 : DefaultSpool, exitCode: 1);

        Assert.Empty(ledger.Check(opens.Pid, opens.Folder, opens.Last, kills: 0));
        Assert.Empty(ledger.CheckConnects(Environment.ProcessId, connects));
        Assert.Equal(0, ledger.LostOf(Lane.High));
        Assert.NotEqual(0, ledger.LostOf(Lane.Bulk));
    }

    /// <param name="rate">Connects a second, beside 50 opens.</param>
    /// <param name="spoolMebibytes">Most room of the spool.</param>
    /// <param name="exitCode">With which the agent is to end: 1 says that something was dropped.</param>
    private async Task<(StreamLedger Ledger, (int Pid, string Folder, long Last) Opens, long Connects)> RunAsync(int rate, int spoolMebibytes, int exitCode)
    {
        using var store = new TemporaryFolder();
        await using var kinesis = KinesaliteServer.KeptIn(Path.Combine(store.Path, "stream"));
        await kinesis.StartAsync();
        await kinesis.CreateStreamAsync(Stream);
        await using var front = new FaultyKinesis(kinesis.Endpoint);
        await using var host = new ChaosHost(front.Endpoint, Stream, spoolMebibytes);
        host.Start();
        await host.ReadyAsync();
        await using var opens = NumberedOpens.Start(host.Watched, BetweenOpens);
        await Task.Delay(TimeSpan.FromSeconds(1));

        front.Target = null;
        var last = await NumberedConnects.MakeAsync(rate, Seconds);
        front.Target = kinesis.Endpoint;
        var back = Stopwatch.StartNew();
        var lastOpen = await opens.EndAsync();
        var ledger = await StreamLedger.ReadAsync(new StreamView(kinesis.Client, Stream), Drain, ledger =>
            ledger.Check(opens.Pid, host.Watched, lastOpen, 0).Count == 0 && ledger.CheckConnects(Environment.ProcessId, last).Count == 0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {Seconds} s away, {rate} connects a second, spool {spoolMebibytes} MiB: {last} connects and {lastOpen} opens; {ledger.Frames} frames of {ledger.Bytes >> 10} KiB,
            {ledger.LostOf(Lane.High)} high-value and {ledger.LostOf(Lane.Bulk)} bulk numbers told as lost ({ledger.Losses}; {ledger.Others}); all of it there {back.Elapsed.TotalSeconds:F1} s after the stream came back
            """));
        Assert.Equal(exitCode, await host.TerminateAsync());
        return (ledger, (opens.Pid, host.Watched, lastOpen), last);
    }
}
