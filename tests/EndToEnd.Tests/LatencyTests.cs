using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EndToEnd.Tests.Chaos;
using EndToEnd.Tests.Setup;
using Support.Processes;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>
/// How long it takes from a system call to SNS, on this machine, with the real agent, probes and function, at fifty events a second beside. Tells times, and
/// fails only when an alert does not come. LATENCY_SAMPLES says how many opens a poll interval.
/// </summary>
[Collection(EndToEndCollection.Name)]
public sealed partial class LatencyTests(Servers servers, ITestOutputHelper output)
{
    private const int EventsPerSecond = 50;
    private const int WarmUp = 3;

    private const string Rule =
        """
        title: Secret opened
        id: 6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: high
        logsource: { product: linux, category: file_access }
        detection:
          selection: { TargetFilename|contains: /e2e-secret- }
          condition: selection
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);
    private static readonly int Samples =
        int.TryParse(Environment.GetEnvironmentVariable("LATENCY_SAMPLES"), NumberStyles.None, CultureInfo.InvariantCulture, out var samples) ? samples : 3;

    [EndToEndTheory]
    [InlineData(1000)]
    [InlineData(200)]
    public async Task Alerts_of_single_opens_come_with_the_poll_after_them(int pollMilliseconds)
    {
        using var rules = new TemporaryFolder();
        using var watched = new TemporaryFolder();
        rules.Write("secret.yml", Rule);
        rules.Write("tuning.yaml", "rates:\n  perRule: 100000\n  inAll: 100000\n");
        await using var topics = new TimedTopics(servers.Sns.Endpoint);
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output, new CloudOptions
        {
            RulesPath = rules.Path, TuningPath = Path.Combine(rules.Path, "tuning.yaml"), SnsEndpoint = topics.Endpoint, PollInterval = TimeSpan.FromMilliseconds(pollMilliseconds),
        });
        cloud.StartPolling();
        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one", "--watch-folders", watched.Path);
        using var connects = NumberedConnects.Start(EventsPerSecond);
        for (var i = 0; i < WarmUp + Samples; i++)
        {
            if (i == WarmUp)
            {
                // The start of the function, which takes seconds, is not what is measured.
                await TimesAsync(topics, 0, WarmUp);
            }

            // Not in step with the poller.
            await Task.Delay(Random.Shared.Next(pollMilliseconds / 2, pollMilliseconds * 3 / 2));
            watched.Write($"e2e-secret-{i}", "");
            await using var cat = ChildProcess.Start("cat", [Path.Combine(watched.Path, $"e2e-secret-{i}")]);
            await cat.Exited;
        }

        var taken = await TimesAsync(topics, WarmUp, Samples);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"poller at {pollMilliseconds} ms, {taken.Count} opens, {EventsPerSecond} events/s: from the system call to SNS p50 {At(taken, 0.5):F0} ms, p99 {At(taken, 0.99):F0} ms, longest {taken[^1]:F0} ms"));
    }

    // Of so many files from one on, ascending. Chat messages only: they say when the event was, to the millisecond. Of a file the last: this process, which writes them
    // all, is told once, too, with the first.
    private static async Task<List<double>> TimesAsync(TimedTopics topics, int from, int count)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Moment))
        {
            var taken = topics.Messages.Where(one => one.Message.Message.StartsWith('{')).Select(one => (File: FileOf(one.Message.Message), one))
                .Where(told => told.File >= from && told.File < from + count).GroupBy(told => told.File)
                .Select(told => told.Last().one).Select(one => (one.At - EventTime(one.Message.Message)).TotalMilliseconds).Order().ToList();
            if (taken.Count >= count)
            {
                return taken;
            }

            Assert.True(clock.Elapsed < Longest, $"{taken.Count} of {count} alerts came within {Longest}");
        }
    }

    private static int FileOf(string message) => SecretFile().Match(message) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex("/e2e-secret-([0-9]+)")]
    private static partial Regex SecretFile();

    private static DateTimeOffset EventTime(string message) => DateTimeOffset.ParseExact(
        JsonElement.Parse(message).GetProperty("metadata").GetProperty("additionalContext").GetProperty("lastEvent").GetString()!,
        "yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static double At(List<double> ascending, double share) => ascending[Math.Min(ascending.Count - 1, (int)Math.Ceiling(share * ascending.Count) - 1)];
}
