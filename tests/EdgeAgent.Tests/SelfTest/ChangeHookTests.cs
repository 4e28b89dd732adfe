using EdgeAgent.SelfTest;
using Support;

namespace EdgeAgent.Tests.SelfTest;

/// <summary>The agent's own changes of names and files are no events: the self-test knows by a count whether the probes were asked about them.</summary>
public sealed class ChangeHookTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTime _time = new();
    private readonly List<string> _messages = [];
    private readonly HookTest _test;
    private bool? _isAsked;

    public ChangeHookTests() =>
        _test = new HookTest(_ => Hooks.None, () => 0, () => true, self: 1, Interval, _time, _messages.Add, () => _isAsked);

    [Fact]
    public void Probes_that_are_not_asked_are_told_once_and_again_when_they_are()
    {
        Run(isAsked: false);
        Run(isAsked: false);
        Assert.Contains("changes of names and files does not fire", Assert.Single(_messages), StringComparison.Ordinal);
        Assert.Equal(Hooks.Change, _test.Silent);

        Run(isAsked: true);
        Assert.EndsWith("changes of names and files fires again", _messages[1], StringComparison.Ordinal);
        Assert.Equal((Hooks.Change, Hooks.None), (_test.Verdicts.Proven, _test.Silent));
    }

    [Fact]
    public void Where_there_is_no_place_for_a_file_nothing_is_told()
    {
        Run(isAsked: null);

        Assert.Empty(_messages);
        Assert.Equal((Hooks.None, Hooks.None), (_test.Verdicts.Proven, _test.Silent));
    }

    private void Run(bool? isAsked)
    {
        _isAsked = isAsked;
        _time.Advance(Interval);
        _test.Step();
        Assert.True(SpinWait.SpinUntil(() => _test.IsSetOff, Patience));
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                _test.Step();
                _time.Advance(HookTest.Patience);
                return !_test.IsRunning;
            },
            Patience));
    }
}
