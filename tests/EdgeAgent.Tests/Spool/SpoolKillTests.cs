using System.Globalization;
using EdgeAgent.Tests.Fakes;
using Support;
using Support.Processes;
using Wire.Chain;
using Wire.Codec;
using Wire.Model;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Spool;

public sealed class SpoolKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Lives = 20;
    private const ulong LifeStep = 1_000_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_process_loses_nothing_that_it_called_durable_and_sends_at_most_one_batch_again()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (ulong life = 1; life <= Lives; life++)
        {
            await using var child = ChildProcess.Start(
                "dotnet", ["exec", typeof(SpoolKillTests).Assembly.Location, "write-spool", _folder.Path, $"{(life * LifeStep) + 1}"]);
            await child.WaitForLineAsync("begun", TimeSpan.FromSeconds(60));
            await Task.Delay(random.Next(150));
            await child.KillAsync();
        }

        List<(Lane Lane, ulong First, ulong Last)> told = [.. Lines("delivered").Select(w => (Enum.Parse<Lane>(w[0]), Number(w[1]), Number(w[2])))];
        List<byte[]> frames = [.. Lines("delivered").Select(w => Convert.FromHexString(w[3]))];
        var before = told.Count;
        using (var rest = new SpooledQueue(_folder["spool"], maxBytes: 64 << 20))
        {
            while (rest.Take() is { } batch)
            {
                told.Add((batch.Lane, batch.Range.First, batch.Range.Last));
                frames.Add(batch.Bytes.ToArray());
            }

            Assert.Equal((0L, 0L), (rest.Queue.DroppedEvents, rest.Spool.Damaged));
        }

        output.WriteLine($"{before} batches were delivered by processes that were killed, {told.Count - before} were left");
        foreach (var lane in told.GroupBy(t => t.Lane, t => t.First / LifeStep))
        {
            Assert.Equal(lane.Order(), lane);
        }

        var again = 0;
        foreach (var group in told.GroupBy(t => (t.Lane, Life: t.First / LifeStep)))
        {
            var reached = group.Key.Life * LifeStep;
            foreach (var (_, first, last) in group)
            {
                again += first <= reached ? 1 : 0;
                Assert.True(first == reached + 1 || (first <= reached && last == reached), $"{group.Key}: {first} to {last} comes after {reached}");
                reached = last;
            }

            var durable = Lines("durable").Where(w => w[0] == $"{group.Key.Lane}" && Number(w[1]) / LifeStep == group.Key.Life).Select(w => Number(w[1]));
            Assert.True(reached >= durable.DefaultIfEmpty().Max(), $"{group.Key}: {reached} is less than what was durable");
        }

        Assert.InRange(again, 0, Lives);
        CheckChain(frames);

        // The number before a life's first says that nothing is durable yet.
        var called = Lines("durable").Where(w => Number(w[1]) % LifeStep > 0).Select(w => $"{w[0]} of life {Number(w[1]) / LifeStep}").ToHashSet();
        Assert.Empty(called.Except(told.Select(t => $"{t.Lane} of life {t.First / LifeStep}")));
        Assert.True(told.Count > 0, "nothing was left, and nothing was delivered");
    }

    /// <summary>A frame that was under way comes again as it was, or, where the disk did not have it yet, another takes its place.</summary>
    private void CheckChain(IEnumerable<byte[]> frames)
    {
        var check = new ChainCheck();
        var places = frames.CountBy(bytes =>
        {
            Assert.True(FrameDecoder.TryDecode(bytes, out var frame, out var error), error.ToString());
            return check.Add(bytes, frame);
        }).ToDictionary();
        output.WriteLine(string.Join(", ", places.Select(place => $"{place.Value} {place.Key}")));
        Assert.Equal(0, places.GetValueOrDefault(ChainPlace.Gap) + places.GetValueOrDefault(ChainPlace.Late));
        Assert.InRange(places.Where(place => place.Key != ChainPlace.Next).Sum(place => place.Value), 1, 1 + Lives);
    }

    private IEnumerable<string[]> Lines(string name) => File.ReadLines(_folder[name]).Select(line => line.Split(' '));

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
