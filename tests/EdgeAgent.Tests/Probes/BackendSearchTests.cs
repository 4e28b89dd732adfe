using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class BackendSearchTests
{
    private static readonly Backend Open = new(Signal.FileOpen, "open", ["a"]);
    private static readonly Backend OtherOpen = new(Signal.FileOpen, "other-open", ["b"]);
    private static readonly Backend Exec = new(Signal.Process, "exec", ["c"]);
    private static readonly Backend OtherExec = new(Signal.Process, "other-exec", ["d"]);
    private static readonly Backend Calls = new(Signal.Calls, "calls", ["b"]);
    private static readonly Backend[] All = [Open, OtherOpen, Exec, OtherExec, Calls];
    private readonly List<string> _loads = [];

    [Fact]
    public void One_load_is_enough_where_the_best_of_all_fire()
    {
        Assert.Equal([Open, Exec, Calls], Chosen(refused: [], silent: []));
        Assert.Equal(["open exec calls"], _loads);
    }

    [Fact]
    public void What_is_refused_is_found_alone_and_the_next_takes_its_place()
    {
        Assert.Equal([OtherOpen, Exec, Calls], Chosen(refused: [Open], silent: []));
        Assert.Equal(["open exec calls", "open", "other-open exec calls"], _loads);
    }

    [Fact]
    public void Several_that_are_refused_are_found_one_after_the_other()
    {
        Assert.Equal([OtherOpen, OtherExec, null], Chosen(refused: [Open, Exec, Calls], silent: []));
        Assert.Equal(9, _loads.Count);
        Assert.Equal("other-open other-exec", _loads[^1]);
    }

    [Fact]
    public void Last_of_a_signal_is_not_tried_alone_before_what_others_can_do_without()
    {
        Assert.Equal([OtherOpen, OtherExec, Calls], Chosen(refused: [Open, Exec], silent: []));
        Assert.Equal(["open exec calls", "open", "other-open exec calls", "exec", "other-open other-exec calls"], _loads);
    }

    [Fact]
    public void Silent_one_makes_each_be_tried_by_itself_and_with_those_whose_program_it_shares()
    {
        Assert.Equal([OtherOpen, Exec, Calls], Chosen(refused: [], silent: [Open]));
        Assert.Equal(["open exec calls", "open", "other-open", "exec", "calls other-open"], _loads);
    }

    [Fact]
    public void Those_that_load_alone_and_not_together_are_taken_as_they_do_alone()
    {
        var search = new BackendSearch(backends =>
            [.. backends.Select(backend => new BackendTrial(backend, backends.Count > 2 ? TrialResult.Refused : TrialResult.Fires))]);

        Assert.Equal([Open, Exec, Calls], search.Find(All).Select(choice => choice.Chosen));
    }

    [Fact]
    public void What_is_known_to_be_refused_is_never_loaded()
    {
        var search = new BackendSearch(backends => Try(backends, [], []), [new BackendTrial(Open, TrialResult.Refused, "avoided")]);

        Assert.Equal([OtherOpen, Exec, Calls], search.Find(All).Select(choice => choice.Chosen));
        Assert.Equal(["other-open exec calls"], _loads);
    }

    [Fact]
    public void Every_trial_is_told_with_its_reason()
    {
        var choice = new BackendSearch(backends => Try(backends, [Open], [])).Find(All)[0];

        Assert.Equal([TrialResult.Refused, TrialResult.Fires], choice.Trials.Select(trial => trial.Result));
        Assert.Equal(["file-open: the open probes cannot be used (because); other-open takes its place"], choice.Messages());
    }

    private IEnumerable<Backend?> Chosen(Backend[] refused, Backend[] silent) =>
        [.. new BackendSearch(backends => Try(backends, refused, silent)).Find(All).Select(choice => choice.Chosen)];

    // As the kernel does: one that is refused keeps all from loading.
    private BackendTrial[] Try(IReadOnlyList<Backend> backends, Backend[] refused, Backend[] silent)
    {
        _loads.Add(string.Join(' ', backends.Select(backend => backend.Name)));
        return [.. backends.Select(backend => new BackendTrial(
            backend,
            backends.Any(refused.Contains) ? TrialResult.Refused : silent.Contains(backend) ? TrialResult.Silent : TrialResult.Fires,
            "because"))];
    }
}
