using EdgeAgent.Probes;
using EdgeAgent.SelfTest;
using Wire.Model;

namespace EdgeAgent.Tests.SelfTest;

/// <summary>While it cannot be told whether a report is missing, no hook is found silent.</summary>
public sealed class HookTestDoubtTests : HookTestBench
{
    [Fact]
    public void While_records_are_lost_a_missing_one_tells_nothing()
    {
        var test = Test();
        Begin(test);
        Lost++;
        End(test);

        Assert.Empty(Messages);
        Assert.True(test.IsFirstOver);
        Assert.Equal((HookTrust.Unproven, 0ul), Health(test, Signal.FileOpen));

        Begin(test);
        test.Takes(OwnOpen());
        test.Takes(OwnConnect());
        End(test);
        var (file, network) = (Health(test, Signal.FileOpen), Health(test, Signal.Network));
        Assert.True(file.TestedBootNs > 0 && network.TestedBootNs > 0);

        // What is said of a hook is as old as its last report; another one's is new.
        Begin(test);
        test.Takes(OwnConnect());
        Lost++;
        End(test);
        Assert.Empty(Messages);
        Assert.Equal((HookTrust.Proven, file.TestedBootNs), Health(test, Signal.FileOpen));
        Assert.Equal(HookTrust.Proven, Health(test, Signal.Network).Trust);
        Assert.True(Health(test, Signal.Network).TestedBootNs > network.TestedBootNs);
    }

    [Fact]
    public void While_records_are_lost_one_that_came_tells_that_its_hook_fires_again()
    {
        var test = Test();
        Begin(test);
        End(test);
        Assert.Equal(2, Messages.Count);
        var network = Health(test, Signal.Network);

        Begin(test);
        test.Takes(OwnOpen());
        Lost++;
        End(test);

        Assert.EndsWith("file opens fires again", Messages[2], StringComparison.Ordinal);
        Assert.Equal(HookTrust.Proven, Health(test, Signal.FileOpen).Trust);
        Assert.Equal((HookTrust.Silent, network.TestedBootNs), Health(test, Signal.Network));
    }

    [Fact]
    public void While_records_wait_a_missing_one_tells_nothing_yet()
    {
        var test = Test();
        Begin(test);
        IsDrained = false;
        for (var i = 0; i < 10; i++)
        {
            Time.Advance(HookTest.Patience);
            test.Step();
        }

        Assert.True(test.IsRunning);
        Assert.True(test.Takes(OwnOpen()));
        Assert.True(test.Takes(OwnConnect()));
        End(test);
        Assert.Empty(Messages);
    }

    [Fact]
    public void Rings_that_are_never_read_empty_leave_no_verdict_and_that_is_said_once()
    {
        var test = Test();
        Begin(test);
        IsDrained = false;
        Assert.True(SpinWait.SpinUntil(() => test.IsSetOff, TimeSpan.FromSeconds(30)));
        test.Step();
        Time.Advance(HookTest.DrainPatience - TimeSpan.FromMilliseconds(1));
        test.Step();
        Assert.False(test.IsStuck);
        for (var i = 0; i < 3; i++)
        {
            Time.AdvanceMilliseconds(1);
            test.Step();
            Assert.True(test.IsStuck);
        }

        Assert.Contains("have not been read empty for 30 s", Assert.Single(Messages), StringComparison.Ordinal);
        Assert.Equal(Hooks.None, test.Silent);
        Assert.True(test.Takes(OwnOpen()));
        Assert.True(test.Takes(OwnConnect()));
        End(test);
        Assert.False(test.IsStuck);
    }

    [Fact]
    public void Setting_off_that_fails_tests_nothing_and_is_said_once()
    {
        var test = new HookTest(_ => throw new IOException("no way"), () => 0, () => true, Self, Interval, Time, Messages.Add);
        for (var i = 0; i < 3; i++)
        {
            Time.Advance(Interval);
            test.Step();
            End(test);
        }

        Assert.Contains("no way", Assert.Single(Messages), StringComparison.Ordinal);
        Assert.Equal(Hooks.None, test.Silent);
    }

    [Fact]
    public void Setting_off_that_does_not_end_is_said_once()
    {
        using var hangs = new ManualResetEventSlim();
        var test = new HookTest(
            _ =>
            {
                hangs.Wait();
                return Hooks.None;
            },
            () => 0, () => true, Self, Interval, Time, Messages.Add);
        Time.Advance(Interval);
        for (var i = 0; i < 5; i++)
        {
            test.Step();
            Time.Advance(HookTest.SetOffPatience);
        }

        Assert.Contains("does not end", Assert.Single(Messages), StringComparison.Ordinal);
        hangs.Set();
        End(test);
        Assert.Single(Messages);
    }
}
