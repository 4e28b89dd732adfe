using EdgeAgent.Health;
using EdgeAgent.Probes;
using EdgeAgent.SelfTest;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.SelfTest;

/// <summary>A self-test that expects reports of what it is told to, and the reports.</summary>
public abstract class HookTestBench
{
    private protected const uint Self = 4_711;
    private protected static readonly ProcessNode Agent = Some.Process("/opt/edge-agent/edge-agent", pid: Self);
    private protected static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private protected ManualTime Time { get; } = new();

    private protected List<string> Messages { get; } = [];

    private protected Queue<ushort> Ports { get; } = [];

    private protected Hooks Expected { get; set; } = Hooks.FileOpen | Hooks.Connect4;

    private protected ulong Lost { get; set; }

    private protected bool IsDrained { get; set; } = true;

    private protected HookTest Test() => new(
        port =>
        {
            Ports.Enqueue(port);
            return Expected;
        },
        () => Lost, () => IsDrained, Self, Interval, Time, Messages.Add);

    private protected void Begin(HookTest test)
    {
        Time.Advance(Interval);
        test.Step();
        Assert.True(SpinWait.SpinUntil(() => Ports.Count > 0, TimeSpan.FromSeconds(30)));
    }

    private protected void End(HookTest test)
    {
        Assert.True(SpinWait.SpinUntil(() => test.IsSetOff, TimeSpan.FromSeconds(30)));
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                test.Step();
                Time.Advance(HookTest.Patience);
                return !test.IsRunning;
            },
            TimeSpan.FromSeconds(30)));
        Ports.Clear();
    }

    private protected static (HookTrust Trust, ulong TestedBootNs) Health(HookTest test, Signal signal)
    {
        var backend = Backend.OfAnyKernel.First(backend => backend.Signal == signal);
        var health = ProbeStatus.Of([backend], PinState.Off, test.Verdicts, isTestStuck: false).Signals.Single(s => s.Backend.Length > 0);
        return (health.Trust, health.TestedBootNs);
    }

    private protected static FileOpenEvent OwnOpen() => Some.FileOpen("/etc/shadow", Agent, askedPath: "/proc/self/root/etc/shadow");

    private protected NetworkEvent OwnConnect() => Some.Connect("192.0.2.1", Ports.Peek(), Agent);
}
