using AlertLambda.Logging;
using Amazon.Lambda.Core;
using Wire.Text;

namespace AlertLambda.Sweeping;

/// <summary>The handler of the schedule, and of changes of instances' states: an event in, nothing out.</summary>
/// <param name="sweeper">Does the work.</param>
/// <param name="environment">Name of the deployment, for metrics; not empty.</param>
/// <param name="log">The function's log.</param>
/// <param name="clock">Stamps metrics.</param>
public sealed class SweepFunction(Sweeper sweeper, string environment, JsonLog log, TimeProvider clock)
{
    /// <summary>Sweeps once, or takes note that an instance is stopped.</summary>
    /// <param name="scheduledEvent">An event of EventBridge.</param>
    /// <param name="context">Says how much time there is.</param>
    public async Task<Stream> HandleAsync(Stream scheduledEvent, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var time = new TimeBudget(() => context.RemainingTime);
        if (await InstanceStateEvent.ReadAsync(scheduledEvent, time.Token) is { } change)
        {
            return await NoteAsync(change, time);
        }

        var result = await sweeper.RunAsync(time);
        SweepLine.Write(log, environment, context.AwsRequestId, result, clock.GetUtcNow());
        return Nothing();
    }

    private static MemoryStream Nothing() => new("{}"u8.ToArray());

    private async Task<Stream> NoteAsync(InstanceStateEvent change, TimeBudget time)
    {
        var noted = !change.IsStopping || await sweeper.NoteStoppedAsync(change.InstanceId, time);
        log.Write(noted ? LogLevel.Info : LogLevel.Error, "instance-state", json =>
        {
            json.WriteString("environment", environment);
            json.WriteString("instance", SafeText.Escape(change.InstanceId));
            json.WriteString("state", SafeText.Escape(change.State));
            json.WriteBoolean("noted", noted);
        });

        // An error has the event delivered again.
        return noted ? Nothing() : throw new InvalidOperationException("other processes write the item of the instance again and again");
    }
}
