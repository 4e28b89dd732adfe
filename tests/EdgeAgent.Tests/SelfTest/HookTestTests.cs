using EdgeAgent.Health;
using EdgeAgent.Probes;
using EdgeAgent.SelfTest;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.SelfTest;

/// <summary>A probe that does not report what the agent itself did is found out, and nothing else is.</summary>
public sealed class HookTestTests
{
    private const uint Self = 4_711;
    private static readonly ProcessNode Agent = Some.Process("/opt/edge-agent/edge-agent", pid: Self);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly ManualTime _time = new();
    private readonly List<string> _messages = [];
    private readonly Queue<ushort> _ports = [];
    private Hooks _expected = Hooks.FileOpen | Hooks.Connect4;
    private ulong _lost;
    private bool _isDrained = true;

    [Fact]
    public void When_every_hook_reports_nothing_is_said_and_nothing_is_sent()
    {
        var test = Test();
        Begin(test);

        Assert.True(test.Takes(OwnOpen()));
        Assert.True(test.Takes(OwnConnect()));
        End(test);

        Assert.Empty(_messages);
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
        Assert.Contains("file opens does not fire", Assert.Single(_messages), StringComparison.Ordinal);

        Begin(test);
        test.Takes(OwnConnect());
        test.Takes(OwnOpen());
        End(test);

        Assert.Equal(2, _messages.Count);
        Assert.EndsWith("file opens fires again", _messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_are_known_by_the_name_of_the_agents_own_file_in_memory()
    {
        _expected = Hooks.Call;
        var test = Test();
        Begin(test);

        Assert.False(test.Takes(Some.Call(CallKind.MemfdCreate, "another", process: Agent)));
        Assert.False(test.Takes(Some.Call(CallKind.MemfdCreate, HookTriggers.ArgumentOf(_ports.Peek()), process: Some.Process("/bin/sh", pid: Self + 1))));
        End(test);
        Assert.Contains("system calls does not fire", Assert.Single(_messages), StringComparison.Ordinal);

        Begin(test);
        Assert.True(test.Takes(Some.Call(CallKind.MemfdCreate, HookTriggers.ArgumentOf(_ports.Peek()), process: Agent)));
        End(test);
        Assert.EndsWith("system calls fires again", _messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void While_records_are_lost_a_missing_one_tells_nothing()
    {
        var test = Test();
        Begin(test);
        _lost++;
        End(test);

        Assert.Empty(_messages);
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
        _lost++;
        End(test);
        Assert.Empty(_messages);
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
        Assert.Equal(2, _messages.Count);
        var network = Health(test, Signal.Network);

        Begin(test);
        test.Takes(OwnOpen());
        _lost++;
        End(test);

        Assert.EndsWith("file opens fires again", _messages[2], StringComparison.Ordinal);
        Assert.Equal(HookTrust.Proven, Health(test, Signal.FileOpen).Trust);
        Assert.Equal((HookTrust.Silent, network.TestedBootNs), Health(test, Signal.Network));
    }

    [Fact]
    public void While_records_wait_a_missing_one_tells_nothing_yet()
    {
        var test = Test();
        Begin(test);
        _isDrained = false;
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(HookTest.Patience);
            test.Step();
        }

        Assert.True(test.IsRunning);
        Assert.True(test.Takes(OwnOpen()));
        Assert.True(test.Takes(OwnConnect()));
        End(test);
        Assert.Empty(_messages);
    }

    [Fact]
    public void Rings_that_are_never_read_empty_leave_no_verdict_and_that_is_said_once()
    {
        var test = Test();
        Begin(test);
        _isDrained = false;
        Assert.True(SpinWait.SpinUntil(() => test.IsSetOff, TimeSpan.FromSeconds(30)));
        test.Step();
        _time.Advance(HookTest.DrainPatience - TimeSpan.FromMilliseconds(1));
        test.Step();
        Assert.False(test.IsStuck);
        for (var i = 0; i < 3; i++)
        {
            _time.AdvanceMilliseconds(1);
            test.Step();
            Assert.True(test.IsStuck);
        }

        Assert.Contains("have not been read empty for 30 s", Assert.Single(_messages), StringComparison.Ordinal);
        Assert.Equal(Hooks.None, test.Silent);
        Assert.True(test.Takes(OwnOpen()));
        Assert.True(test.Takes(OwnConnect()));
        End(test);
        Assert.False(test.IsStuck);
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
    public void Setting_off_that_fails_tests_nothing_and_is_said_once()
    {
        var test = new HookTest(_ => throw new IOException("no way"), () => 0, () => true, Self, Interval, _time, _messages.Add);
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(Interval);
            test.Step();
            End(test);
        }

        Assert.Contains("no way", Assert.Single(_messages), StringComparison.Ordinal);
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
            () => 0, () => true, Self, Interval, _time, _messages.Add);
        _time.Advance(Interval);
        for (var i = 0; i < 5; i++)
        {
            test.Step();
            _time.Advance(HookTest.SetOffPatience);
        }

        Assert.Contains("does not end", Assert.Single(_messages), StringComparison.Ordinal);
        hangs.Set();
        End(test);
        Assert.Single(_messages);
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
        Assert.Equal(_expected, test.Silent);
    }

    [Fact]
    public void What_there_is_no_occasion_for_is_not_missed()
    {
        _expected = Hooks.None;
        var test = Test();
        Begin(test);
        End(test);

        Assert.Empty(_messages);
    }

    [Fact]
    public void A_child_of_the_agent_reports_for_three_hooks()
    {
        _expected = Hooks.Fork | Hooks.Exec | Hooks.Exit;
        var test = Test();
        Begin(test);
        var child = Some.Process("/usr/bin/true", ["/bin/true", HookTriggers.ArgumentOf(_ports.Peek())], Agent, 5_000);
        Assert.False(test.Takes(Some.Exec(Some.Process("/usr/bin/true", ["/bin/true"], Agent, 5_001))));

        Assert.True(test.Takes(Some.Fork(Agent, child: child.Key)));
        Assert.True(test.Takes(Some.Exec(child)));
        Assert.True(test.Takes(Some.Exit(child)));
        End(test);

        Assert.Empty(_messages);
    }

    private HookTest Test() => new(
        port =>
        {
            _ports.Enqueue(port);
            return _expected;
        },
        () => _lost, () => _isDrained, Self, Interval, _time, _messages.Add);

    private void Begin(HookTest test)
    {
        _time.Advance(Interval);
        test.Step();
        Assert.True(SpinWait.SpinUntil(() => _ports.Count > 0, TimeSpan.FromSeconds(30)));
    }

    private void End(HookTest test)
    {
        Assert.True(SpinWait.SpinUntil(() => test.IsSetOff, TimeSpan.FromSeconds(30)));
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                test.Step();
                _time.Advance(HookTest.Patience);
                return !test.IsRunning;
            },
            TimeSpan.FromSeconds(30)));
        _ports.Clear();
    }

    private static (HookTrust Trust, ulong TestedBootNs) Health(HookTest test, Signal signal)
    {
        var backend = Backend.OfAnyKernel.First(backend => backend.Signal == signal);
        var health = ProbeStatus.Of([backend], PinState.Off, test.Verdicts, isTestStuck: false).Signals.Single(s => s.Backend.Length > 0);
        return (health.Trust, health.TestedBootNs);
    }

    private static FileOpenEvent OwnOpen() => Some.FileOpen("/etc/shadow", Agent, askedPath: "/proc/self/root/etc/shadow");

    private NetworkEvent OwnConnect() => Some.Connect("192.0.2.1", _ports.Peek(), Agent);
}
