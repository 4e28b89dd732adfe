namespace EdgeAgent.Probes;

/// <summary>Which backend shows a signal on this host, and how the others did.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Chosen">The backend in use; null when none can show it.</param>
/// <param name="Trials">All of the signal's backends in the order of trial.</param>
internal sealed record BackendChoice(Signal Signal, Backend? Chosen, IReadOnlyList<BackendTrial> Trials)
{
    /// <summary>Tries the backends of every signal in their order, up to the first that is seen to fire.</summary>
    /// <remarks>When none fires, the first that loads is taken: a host under load may only be late.</remarks>
    /// <param name="backends">All of them.</param>
    /// <param name="tryOut">Tries one, given those that are used already and share a program with it: it is to run together with them.</param>
    internal static IReadOnlyList<BackendChoice> ChooseAll(IEnumerable<Backend> backends, Func<Backend, IReadOnlyList<Backend>, BackendTrial> tryOut)
    {
        var choices = new List<BackendChoice>();
        foreach (var signal in backends.GroupBy(backend => backend.Signal))
        {
            choices.Add(Choose(signal.Key, signal, backend => tryOut(backend, [.. choices
                .Select(choice => choice.Chosen).OfType<Backend>().Where(used => used.Programs.Intersect(backend.Programs).Any())])));
        }

        return choices;
    }

    /// <summary>Whether a host is fit without: system calls add to the other signals. An agent runs without others, too, and says what it does not see.</summary>
    internal bool IsSpared => Chosen is null && Signal == Signal.Calls;

    /// <summary>One line for each backend that was to be preferred and is not used, and the verifier's log where it has objections.</summary>
    internal IEnumerable<string> Messages()
    {
        foreach (var trial in Trials.TakeWhile(trial => trial.Backend != Chosen || trial.Result == TrialResult.Silent))
        {
            var used = Chosen == trial.Backend ? "it is used all the same, as no other does better"
                : IsSpared ? "no other is left; the agent runs without"
                : Chosen is null ? "no other is left; the agent runs without and does not see what they would tell of"
                : $"{Chosen.Name} takes its place";
            yield return $"{Backend.TextOf(Signal)}: the {trial.Backend.Name} probes {(trial.Result == TrialResult.Silent ? "load and do not fire" : "cannot be used")}"
                + $" ({trial.Reason}); {used}" + (trial.Log.Length > 0 ? Environment.NewLine + trial.Log : "");
            if (trial.Backend == Chosen)
            {
                break;
            }
        }
    }

    private static BackendChoice Choose(Signal signal, IEnumerable<Backend> backends, Func<Backend, BackendTrial> tryOut)
    {
        var trials = new List<BackendTrial>();
        foreach (var backend in backends)
        {
            var isFound = trials.Any(trial => trial.IsGood);
            trials.Add(isFound ? new BackendTrial(backend, TrialResult.NotNeeded) : tryOut(backend));
        }

        var chosen = trials.FirstOrDefault(trial => trial.IsGood) ?? trials.FirstOrDefault(trial => trial.Result == TrialResult.Silent);
        return new BackendChoice(signal, chosen?.Backend, trials);
    }
}
