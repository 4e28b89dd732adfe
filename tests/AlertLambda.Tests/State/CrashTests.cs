using Xunit.Abstractions;

namespace AlertLambda.Tests.State;

/// <summary>Whatever happens at whatever moment: each alert goes out, and twice only what was published and could not be marked.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Rounds = 150;

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.02, false)]
    [InlineData(0.1, false)]
    [InlineData(0.25, false)]
    [InlineData(0, true)]
    [InlineData(0.02, true)]
    [InlineData(0.1, true)]
    [InlineData(0.25, true)]
    public async Task Every_incident_is_told_and_twice_only_what_was_not_marked(double faults, bool follows)
    {
        var (kills, replayed, overtaken) = (0, 0, 0);
        var twice = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            using var world = new CrashWorld(seed, faults, records: follows ? 60 : 40, follows);
            await world.RunAsync();

            var told = world.Published.Distinct().Order().ToList();
            Assert.True(world.Expected.SequenceEqual(told),
                $"seed {seed}: missing {string.Join(", ", world.Expected.Except(told))}; too many {string.Join(", ", told.Except(world.Expected))}");
            Assert.True(world.Unexplained.Count == 0, $"seed {seed}: twice for no reason: {string.Join(", ", world.Unexplained)}");
            kills += world.Kills;
            replayed += world.Replayed;
            overtaken += world.Overtaken;
            twice += world.Published.Count - told.Count;
        }

        output.WriteLine($"odds {faults}: {Rounds} streams, {kills} kills, {twice} messages twice, {replayed} records read again, {overtaken} batches while another worker waited");
        Assert.True(faults > 0 || (kills, twice) == (0, 0));
        Assert.Equal(follows, replayed > 0);
    }
}
