using EdgeAgent.SelfTest;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.SelfTest;

/// <summary>A probe that does not report what the agent itself did is found out, and nothing else is.</summary>
public sealed class HookTestTests : HookTestBench
{
    [Fact]
    public void When_every_hook_reports_nothing_is_said_and_nothing_is_sent()
    {
        var test = Test();
        Begin(test);

        Assert.True(test.Takes(OwnOpen()));
        Assert.True(test.Takes(OwnConnect()));
        End(test);

        Assert.Empty(Messages);
        Assert.Equal(Hooks.None, test.Silent);
        Assert.Equal((Hooks.FileOpen | Hooks.Connect4, Hooks.None), (test.Verdicts.Proven, test.Verdicts.Silent));
        Assert.True(test.IsFirstOver);
    }

    [Fact]
    public void A_hook_that_does_not_report_is_named_once_and_again_when_it_fires()
    {
        var test = Test();
        for (var i = 0; i < 3; i++)
        {
            Begin(test);
            test.Takes(OwnConnect());
            End(test);
        }

        Assert.Equal(Hooks.FileOpen, test.Silent);
        Assert.Equal((Hooks.Connect4, Hooks.FileOpen), (test.Verdicts.Proven, test.Verdicts.Silent));
        Assert.Contains("file opens does not fire", Assert.Single(Messages), StringComparison.Ordinal);

        Begin(test);
        test.Takes(OwnConnect());
        test.Takes(OwnOpen());
        End(test);

        Assert.Equal(2, Messages.Count);
        Assert.EndsWith("file opens fires again", Messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_are_known_by_the_name_of_the_agents_own_file_in_memory()
    {
        Expected = Hooks.Call;
        var test = Test();
        Begin(test);

        Assert.False(test.Takes(Some.Call(CallKind.MemfdCreate, "another", process: Agent)));
        Assert.False(test.Takes(Some.Call(CallKind.MemfdCreate, HookTriggers.ArgumentOf(Ports.Peek()), process: Some.Process("/bin/sh", pid: Self + 1))));
        End(test);
        Assert.Contains("system calls does not fire", Assert.Single(Messages), StringComparison.Ordinal);

        Begin(test);
        Assert.True(test.Takes(Some.Call(CallKind.MemfdCreate, HookTriggers.ArgumentOf(Ports.Peek()), process: Agent)));
        End(test);
        Assert.EndsWith("system calls fires again", Messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Program_that_was_run_to_try_the_probes_before_the_agent_began_is_not_told_of()
    {
        var test = Test();
        var child = Some.Process("/usr/bin/true", ["/bin/true", HookTriggers.ArgumentOf(BackendProof.Port)], Agent, 5_000);
        Assert.True(test.Takes(Some.Exec(child)));
        Assert.True(test.Takes(Some.Exit(child)));
        Assert.False(test.Takes(Some.Exec(Some.Process("/usr/bin/true", ["/bin/true", HookTriggers.ArgumentOf(BackendProof.Port)], pid: 5_000))));
    }

    [Fact]
    public void What_others_do_and_what_the_agent_does_at_other_times_is_not_of_a_test()
    {
        var test = Test();
        var other = Some.Process("/usr/bin/cat", pid: Self + 1);
        Assert.False(test.Takes(OwnOpen()));

        Begin(test);
        Assert.False(test.Takes(Some.FileOpen("/etc/shadow", other, askedPath: "/proc/self/root/etc/shadow")));
        Assert.False(test.Takes(Some.FileOpen("/etc/shadow", Agent)));
        Assert.False(test.Takes(Some.Connect("192.0.2.1", 443, Agent)));
        Assert.False(test.Takes(Some.Exec(Some.Process("/usr/bin/true", parent: other, pid: 9))));
        End(test);

        Assert.False(test.Takes(OwnOpen()));
        Assert.Equal(Expected, test.Silent);
    }

    [Fact]
    public void What_there_is_no_occasion_for_is_not_missed()
    {
        Expected = Hooks.None;
        var test = Test();
        Begin(test);
        End(test);

        Assert.Empty(Messages);
    }

    [Fact]
    public void A_child_of_the_agent_reports_for_three_hooks()
    {
        Expected = Hooks.Fork | Hooks.Exec | Hooks.Exit;
        var test = Test();
        Begin(test);
        var child = Some.Process("/usr/bin/true", ["/bin/true", HookTriggers.ArgumentOf(Ports.Peek())], Agent, 5_000);
        Assert.False(test.Takes(Some.Exec(Some.Process("/usr/bin/true", ["/bin/true"], Agent, 5_001))));

        Assert.True(test.Takes(Some.Fork(Agent, child: child.Key)));
        Assert.True(test.Takes(Some.Exec(child)));
        Assert.True(test.Takes(Some.Exit(child)));
        End(test);

        Assert.Empty(Messages);
    }
}
