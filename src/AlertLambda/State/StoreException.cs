namespace AlertLambda.State;

/// <summary>The store did not answer, or refused. A lost race is no exception but a result.</summary>
public sealed class StoreException : Exception
{
    /// <summary>With what the store said.</summary>
    /// <param name="isTransient">Whether it will pass by itself: throttled, unreachable, out of time.</param>
    /// <param name="message">For the log; may hold text from outside.</param>
    /// <param name="inner">The store's own.</param>
    public StoreException(bool isTransient, string message, Exception? inner = null)
        : base(message, inner) => IsTransient = isTransient;

    /// <summary>False when a person must repair it: no table, no permission, an item that is refused.</summary>
    public bool IsTransient { get; }
}
