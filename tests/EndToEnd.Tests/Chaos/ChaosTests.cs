using System.Diagnostics;
using System.Globalization;
using EndToEnd.Tests.Setup;
using Support.Servers;
using Wire.Model;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Chaos;

/// <summary>
/// A real workload of numbered opens and connects, while its agent is killed at random instants, its stream and disk fail in every way and its
/// clock is stepped by hours: after all that every one of them is in the stream, in order and once by its identity, or lies in a loss that the stream tells, and the frames are a chain.
/// Of these losses there are no more than the kernel itself counted: neither a kill nor a full disk, a stepped clock or a stream that fails excuses one.
/// CHAOS_KILLS is how many kills, CHAOS_SEED makes other choices than those of every run; what the kernel and the disk do in between cannot be repeated.
/// </summary>
[Collection(EndToEndCollection.Name)]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const string Stream = "chaos";

    /// <summary>Longest life of an agent: some die before they are ready, some with a long history.</summary>
    private const int LongestLife = 2500;

    /// <summary>Minutes; less than a frame may wait, for a clock that says that it is too old has it dropped, and told as lost.</summary>
    private const int LongestStep = 11 * 60;
    private const int ConnectsPerSecond = 100;
    private const int DefaultSeed = 20_261_126;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(90);
    private static readonly Fault[] Faults = Enum.GetValues<Fault>();

    private readonly int _kills = Number("CHAOS_KILLS") ?? 15;
    private readonly int _seed = Number("CHAOS_SEED") ?? DefaultSeed;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    [EndToEndFact]
    public async Task Every_numbered_open_is_in_the_stream_once_and_in_order_or_inside_a_told_loss_whatever_dies()
    {
        output.WriteLine($"CHAOS_SEED={_seed}, {_kills} kills");
        var random = new Random(_seed);
        using var store = new TemporaryFolder();
        await using var kinesis = KinesaliteServer.KeptIn(Path.Combine(store.Path, "stream"));
        await kinesis.StartAsync();
        await kinesis.CreateStreamAsync(Stream);
        await using var front = new FaultyKinesis(kinesis.Endpoint);
        await using var host = new ChaosHost(front.Endpoint, Stream);
        host.Start();
        await host.ReadyAsync();
        await using var opens = NumberedOpens.Start(host.Watched, Pause);
        using var connects = NumberedConnects.Start(ConnectsPerSecond);
        for (var kill = 0; kill < _kills; kill++)
        {
            await DisturbAsync(random, kinesis, front, host);
            await Task.Delay(random.Next(LongestLife));
            Tell($"SIGKILL {kill + 1}");
            await host.KillAsync();
            host.FreeDisk();
            await Task.Delay(random.Next(100));
            host.Start();
        }

        (front.Fault, front.Target) = (Fault.None, await AliveAsync(kinesis));
        await host.ReadyAsync();
        var lastConnect = await connects.EndAsync();
        var last = await opens.EndAsync();
        var ledger = await StreamLedger.ReadAsync(new StreamView(kinesis.Client, Stream), Drain, ledger => Wrong(ledger).Count == 0);
        var wrong = Wrong(ledger);
        output.WriteLine($"{last} opens, {lastConnect} connects, {ledger.Frames} frames, {ledger.Repeated} events sent more than once, {ledger.Lost} numbers told as lost");
        output.WriteLine($"the chain: {ledger.Chain}; {ledger.RepeatedAnew} events sent more than once in other frames");
        Assert.True(wrong.Count == 0, $"CHAOS_SEED={_seed}\n{string.Join('\n', wrong.Take(50))}\n{host.Output}");
        Assert.Equal(0, await host.TerminateAsync());

        // The counters of the kernel are pinned with the rings: they are those of all lives.
        var missing = (Opens: ledger.MissingOpens(opens.Pid, host.Watched, last), Connects: ledger.MissingConnects(Environment.ProcessId, lastConnect));
        var result = $"{missing} of the workload are not in the stream; the kernel had no space for {host.LostInKernel}: {ledger.Losses}";
        output.WriteLine(result);
        Assert.True(missing.Opens <= host.LostInKernel.High && missing.Connects <= host.LostInKernel.Bulk, $"CHAOS_SEED={_seed}: {result}\n{host.Output}");

        List<string> Wrong(StreamLedger ledger) =>
            [.. ledger.Check(opens.Pid, host.Watched, last, _kills), .. ledger.CheckConnects(Environment.ProcessId, lastConnect, wasKilled: true)];
    }

    private async Task DisturbAsync(Random random, KinesaliteServer kinesis, FaultyKinesis front, ChaosHost host)
    {
        front.Fault = random.Next(2) == 0 ? Fault.None : Faults[random.Next(Faults.Length)];
        switch (random.Next(7))
        {
            case 0:
                Tell("the stream is killed and started again");
                front.Target = null;
                await kinesis.KillAsync();
                await Task.Delay(random.Next(300));
                front.Target = await AliveAsync(kinesis);
                break;
            case 1:
                Tell("the disk is full");
                await host.ReadyAsync();
                host.FillDisk();
                await Task.Delay(random.Next(1500));
                host.FreeDisk();
                break;
            case 2:
                var step = TimeSpan.FromMinutes(random.Next(-LongestStep, LongestStep));
                Tell($"the clock is stepped to {step.TotalHours:F1} hours from the right time");
                host.StepClock(step);
                break;
            case 3:
                Tell("a second agent is started");
                await host.ReadyAsync();
                var (exitCode, said) = await host.StartSecondAsync();
                Assert.True(exitCode is 1 or 78, $"the second agent ended with {exitCode}:\n{said}");
                break;
        }

        Tell($"the stream: {front.Fault}");
    }

    private static async Task<Uri> AliveAsync(KinesaliteServer kinesis)
    {
        if (!kinesis.IsRunning)
        {
            await kinesis.StartAsync();
        }

        return kinesis.Endpoint;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Tell(string what) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,8:F3} s  {what}"));
}
