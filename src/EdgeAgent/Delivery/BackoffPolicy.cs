namespace EdgeAgent.Delivery;

/// <summary>Full-jitter back-off: a random wait below a bound that doubles with every failure, so that hosts do not return in step.</summary>
/// <remarks>Source: AWS Architecture Blog, "Exponential Backoff And Jitter". One thread only.</remarks>
internal sealed class BackoffPolicy(Func<double> random)
{
    /// <summary>Bound of the first wait.</summary>
    internal static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    /// <summary>Bound of all later waits.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private int _failures;

    /// <summary>The next wait.</summary>
    internal TimeSpan Next()
    {
        var bound = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, _failures));
        _failures = Math.Min(_failures + 1, 16);
        return TimeSpan.FromMilliseconds(bound * random());
    }

    /// <summary>An attempt succeeded.</summary>
    internal void Reset() => _failures = 0;
}
