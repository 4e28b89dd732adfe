using EdgeAgent.Health;
using EdgeAgent.Probes;
using EdgeAgent.SelfTest;

namespace EdgeAgent.Tests.Probes;

public sealed class BackendChoiceTests
{
    private static readonly Backend Best = new(Signal.FileOpen, "best", ["a"]);
    private static readonly Backend Second = new(Signal.FileOpen, "second", ["b"]);
    private static readonly Backend Last = new(Signal.FileOpen, "last", ["c"]);
    private readonly List<Backend> _tried = [];

    [Fact]
    public void First_that_fires_is_used_and_no_later_one_is_tried()
    {
        var choice = Choose(TrialResult.Fires, TrialResult.Fires, TrialResult.Fires);

        Assert.Equal(Best, choice.Chosen);
        Assert.Equal([Best], _tried);
        Assert.Equal([TrialResult.Fires, TrialResult.NotNeeded, TrialResult.NotNeeded], choice.Trials.Select(trial => trial.Result));
        Assert.Empty(choice.Messages());
    }

    [Fact]
    public void One_that_loads_and_is_silent_is_replaced_by_the_next_and_reported()
    {
        var choice = Choose(TrialResult.Silent, TrialResult.Fires, TrialResult.Fires);

        Assert.Equal(Second, choice.Chosen);
        Assert.Equal(["file-open: the best probes load and do not fire (because); second takes its place"], choice.Messages());
    }

    [Fact]
    public void Refused_one_is_reported_with_the_verifiers_log_in_full()
    {
        var choice = Choose(trial => trial == Best
            ? new BackendTrial(trial, TrialResult.Refused, "because", "line 1\nline 2")
            : new BackendTrial(trial, TrialResult.Untested));

        Assert.Equal(Second, choice.Chosen);
        Assert.Equal([$"file-open: the best probes cannot be used (because); second takes its place{Environment.NewLine}line 1\nline 2"], choice.Messages());
    }

    [Fact]
    public void Silent_one_is_used_when_no_other_does_better()
    {
        var choice = Choose(TrialResult.Refused, TrialResult.Silent, TrialResult.Refused);

        Assert.Equal(Second, choice.Chosen);
        Assert.Equal(
            [
                "file-open: the best probes cannot be used (because); second takes its place",
                "file-open: the second probes load and do not fire (because); it is used all the same, as no other does better",
            ],
            choice.Messages());
    }

    [Fact]
    public void Signal_that_nothing_can_show_has_no_choice_and_a_reason_for_each()
    {
        var choice = Choose(TrialResult.Refused, TrialResult.Refused, TrialResult.Refused);

        Assert.Null(choice.Chosen);
        Assert.Equal(3, choice.Messages().Count());
        Assert.All(choice.Messages(), message => Assert.EndsWith("(because); no other is left; the agent runs without and does not see what they would tell of", message, StringComparison.Ordinal));
    }

    [Fact]
    public void Signal_that_nothing_can_show_does_not_keep_the_agent_from_showing_others()
    {
        var missing = Choose(TrialResult.Refused, TrialResult.Refused, TrialResult.Refused);
        var other = new Backend(Signal.Network, "cgroup", ["n"]);
        var messages = new List<string>();

        Assert.Equal([other], BackendProof.Chosen([missing, new BackendChoice(Signal.Network, other, [new BackendTrial(other, TrialResult.Fires)])], messages.Add));
        Assert.Equal(missing.Messages(), messages);
        var nothing = Assert.Throws<ProbeException>(() => BackendProof.Chosen([missing], messages.Add));
        Assert.Contains("file-open: the best probes cannot be used", nothing.Message, StringComparison.Ordinal);

        var status = ProbeStatus.Of([other], Wire.Model.PinState.Off, HookVerdicts.None, isTestStuck: false).Signals;
        Assert.Equal(["file-open", "process"], status.Where(signal => signal.Trust == Wire.Model.HookTrust.Silent).Select(signal => signal.Signal));
    }

    [Fact]
    public void System_calls_are_done_without_when_nothing_can_show_them()
    {
        var backend = new Backend(Signal.Calls, "only", ["a"]);
        var choice = Assert.Single(BackendChoice.ChooseAll([backend], (tried, _) => new BackendTrial(tried, TrialResult.Refused, "because")));

        Assert.True(choice.IsSpared);
        Assert.Equal(["calls: the only probes cannot be used (because); no other is left; the agent runs without"], choice.Messages());
    }

    [Fact]
    public void Backend_is_tried_together_with_the_used_one_whose_program_it_shares()
    {
        Backend shared = new(Signal.FileOpen, "shared", ["a", "b"]), other = new(Signal.Process, "other", ["c"]), sharing = new(Signal.Calls, "sharing", ["a"]);
        var beside = new List<IReadOnlyList<Backend>>();
        BackendChoice.ChooseAll([shared, other, sharing], (backend, used) =>
        {
            beside.Add(used);
            return new BackendTrial(backend, TrialResult.Fires);
        });

        Assert.Equal([[], [], [shared]], beside);
    }

    private BackendChoice Choose(params TrialResult[] results)
    {
        Backend[] all = [Best, Second, Last];
        return Choose(backend => new BackendTrial(backend, results[Array.IndexOf(all, backend)], "because"));
    }

    private BackendChoice Choose(Func<Backend, BackendTrial> tryOut) => Assert.Single(BackendChoice.ChooseAll([Best, Second, Last], (backend, _) =>
    {
        _tried.Add(backend);
        return tryOut(backend);
    }));
}
