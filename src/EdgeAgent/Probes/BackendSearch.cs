namespace EdgeAgent.Probes;

/// <summary>
/// Finds the best backend of every signal with few loads, for they are what a start takes: the best of all together, and one by one only what
/// keeps them from it.
/// </summary>
/// <param name="tryTogether">Loads these, sets them off and tells how each did; where one is refused, all are.</param>
/// <param name="known">What is known without a trial.</param>
internal sealed class BackendSearch(Func<IReadOnlyList<Backend>, IReadOnlyList<BackendTrial>> tryTogether, IEnumerable<BackendTrial>? known = null)
{
    private readonly Dictionary<Backend, BackendTrial> _alone = (known ?? []).ToDictionary(trial => trial.Backend);

    /// <summary>As <see cref="BackendChoice.ChooseAll"/>.</summary>
    internal IReadOnlyList<BackendChoice> Find(IReadOnlyList<Backend> backends)
    {
        while (true)
        {
            var best = backends
                .GroupBy(backend => backend.Signal)
                .Select(signal => signal.FirstOrDefault(backend => !IsKnownRefused(backend)))
                .OfType<Backend>().ToList();
            var trials = best.Count == 0 ? [] : tryTogether(best);
            if (trials.All(trial => trial.IsGood))
            {
                return BackendChoice.ChooseAll(backends, (backend, _) => trials.FirstOrDefault(trial => trial.Backend == backend) ?? _alone[backend]);
            }

            // One that is refused is quickly found, and the others are not tried for it. All else takes one after the other.
            // What has others behind it comes first: kernels refuse the best ways of a signal, rarely the last.
            if (trials.All(trial => trial.Result != TrialResult.Refused)
                || best.OrderByDescending(BehindIt).ThenByDescending(backend => backend.Programs.Count).All(backend => Alone(backend).Result != TrialResult.Refused))
            {
                return BackendChoice.ChooseAll(backends, (backend, beside) => beside.Count == 0 ? Alone(backend) : tryTogether([backend, .. beside])[0]);
            }
        }

        int BehindIt(Backend one) => backends.Where(backend => backend.Signal == one.Signal).SkipWhile(backend => backend != one).Count();
    }

    private bool IsKnownRefused(Backend backend) => _alone.TryGetValue(backend, out var trial) && trial.Result == TrialResult.Refused;

    private BackendTrial Alone(Backend backend)
    {
        if (!_alone.TryGetValue(backend, out var trial))
        {
            _alone[backend] = trial = tryTogether([backend])[0];
        }

        return trial;
    }
}
