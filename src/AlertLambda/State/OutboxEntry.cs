using AlertLambda.Alerts;

namespace AlertLambda.State;

/// <summary>A message that is not known to be sent. Immutable.</summary>
/// <remarks>
/// For <see cref="OwnedFor"/> it belongs to the process that committed it, from <see cref="StaleAfter"/> on to the sweep. What lies between is longer than
/// one publication with all its retries: so two never publish the same at once.
/// </remarks>
/// <param name="Message">Ready to publish.</param>
/// <param name="AddedAt">When it was put in, ms since 1970 UTC.</param>
/// <param name="Owner">The process that put it in: a random text.</param>
public sealed record OutboxEntry(AlertMessage Message, long AddedAt, string Owner)
{
    /// <summary>How long its process may publish it.</summary>
    public static readonly TimeSpan OwnedFor = TimeSpan.FromSeconds(40);

    /// <summary>From this age on the sweep may.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(60);
}
