using AlertLambda.Logging;
using Amazon.Lambda.Core;

namespace AlertLambda.Sweeping;

/// <summary>The handler of the schedule: whatever event in, nothing out.</summary>
/// <param name="sweeper">Does the work.</param>
/// <param name="environment">Name of the deployment, for metrics; not empty.</param>
/// <param name="log">The function's log.</param>
/// <param name="clock">Stamps metrics.</param>
public sealed class SweepFunction(Sweeper sweeper, string environment, JsonLog log, TimeProvider clock)
{
    /// <summary>Sweeps once.</summary>
    /// <param name="scheduledEvent">Not looked at.</param>
    /// <param name="context">Says how much time there is.</param>
    public async Task<Stream> HandleAsync(Stream scheduledEvent, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var time = new TimeBudget(() => context.RemainingTime);
        var result = await sweeper.RunAsync(time);
        SweepLine.Write(log, environment, context.AwsRequestId, result, clock.GetUtcNow());
        return new MemoryStream("{}"u8.ToArray());
    }
}
