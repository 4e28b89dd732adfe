using AlertLambda.State;
using static AlertLambda.Tests.Shards.FollowedFunction;

namespace AlertLambda.Tests.Shards;

/// <summary>What is said of a host's telemetry is said once, also when its frames are read again because the item of another host is behind.</summary>
public sealed class ReadAgainFindingsTests : IDisposable
{
    private readonly FollowedFunction _function = new() { Options = new StateOptions { CheckpointEvery = TimeSpan.FromHours(1) } };

    public void Dispose() => _function.Dispose();

    [Fact]
    public async Task Losses_that_were_told_and_are_over_are_not_told_again_by_who_takes_the_shard_over()
    {
        var first = _function.Start();
        await TakeAsync(first, _function.Put("a", "/etc/hosts"), _function.Put("b", "/etc/hosts"));
        await TakeAsync(first, _function.Put("a", "/etc/hosts"));
        _function.Clock.Advance(TimeSpan.FromSeconds(1));
        await TakeAsync(first, _function.PutLoss("b"));
        _function.Clock.Advance(TimeSpan.FromMinutes(11));
        await TakeAsync(first, _function.Put("b", "/etc/hosts"));
        Assert.Equal(2, _function.Findings.Count);

        var result = await TakeAsync(_function.Start(), _function.Put("b", "/etc/hosts"));

        Assert.Equal((null, 3), (result.StoppedAt, result.Counters.Replayed));
        Assert.Equal(2, _function.Findings.Count);
    }

    [Fact]
    public async Task Numbers_that_are_missing_after_what_an_item_holds_are_told_by_who_takes_the_shard_over()
    {
        await TakeAsync(_function.Start(), _function.Put("a", "/etc/hosts"));
        _function.Skip("a");
        await TakeAsync(_function.Start(), _function.Put("a", "/etc/hosts"));

        _function.Clock.Advance(TimeSpan.FromMinutes(11));
        await TakeAsync(_function.Start(), _function.Put("a", "/etc/hosts"));

        Assert.Single(_function.Findings);
    }
}
