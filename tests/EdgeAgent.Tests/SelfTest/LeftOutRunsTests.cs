using EdgeAgent.SelfTest;
using Support;

namespace EdgeAgent.Tests.SelfTest;

public sealed class LeftOutRunsTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private readonly ManualTime _time = new();
    private readonly List<string> _reports = [];
    private ulong _count;

    [Fact]
    public void Runs_left_out_are_told_once_with_their_number()
    {
        var runs = new LeftOutRuns(() => _count, Interval, _time, _reports.Add);
        LookWith(runs, 0);
        Assert.Empty(_reports);

        LookWith(runs, 3);
        LookWith(runs, 3);
        LookWith(runs, 10);

        Assert.Equal(
            [
                "self-test: the kernel left out 3 runs of the probes, which it had interrupted on the same CPU; events may be missing",
                "self-test: the kernel left out 7 runs of the probes, which it had interrupted on the same CPU; events may be missing",
            ],
            _reports);
    }

    [Fact]
    public void Kernel_is_asked_only_when_it_is_time()
    {
        var asked = 0;
        var runs = new LeftOutRuns(() => (ulong)++asked, Interval, _time, _reports.Add);
        for (var i = 0; i < 10; i++)
        {
            runs.Step();
        }

        Assert.Equal(0, asked);
    }

    private void LookWith(LeftOutRuns runs, ulong count)
    {
        _count = count;
        _time.Advance(Interval);
        runs.Step();
    }
}
