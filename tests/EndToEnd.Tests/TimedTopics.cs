using System.Collections.Concurrent;
using System.Net;
using EndToEnd.Tests.ChaosFunction;
using Support.Servers;

namespace EndToEnd.Tests;

/// <summary>Stands before SNS and notes when it had each message.</summary>
/// <param name="target">SNS.</param>
internal sealed class TimedTopics(Uri target) : LoopbackProxy(target)
{
    /// <summary>The messages, with the time at which SNS had taken them.</summary>
    public ConcurrentQueue<(SnsNotification Message, DateTimeOffset At)> Messages { get; } = [];

    /// <inheritdoc/>
    protected override async Task AnswerAsync(HttpListenerContext context, byte[] body)
    {
        var answer = await ForwardAsync(context.Request, body);
        var at = DateTimeOffset.UtcNow;
        if (answer.IsSuccess && AwsCall.Read(OperationOf(context.Request, body), body).Message is { } message)
        {
            Messages.Enqueue((message, at));
        }

        await WriteAsync(context, answer);
    }
}
