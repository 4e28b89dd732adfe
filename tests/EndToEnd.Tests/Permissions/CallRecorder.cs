using System.Collections.Concurrent;
using System.Net;
using Support.Servers;

namespace EndToEnd.Tests.Permissions;

/// <summary>
/// Stands between a program and an AWS emulator, passes everything on, and takes down each call as the IAM action that it needs, such as
/// <c>dynamodb:PutItem</c>.
/// </summary>
/// <param name="target">The emulator; null = there is none, and every call is an error.</param>
/// <param name="calls">Receives the actions, with how often. May be shared.</param>
internal sealed class CallRecorder(Uri? target, ConcurrentDictionary<string, int> calls) : LoopbackProxy(target)
{
    /// <inheritdoc/>
    protected override async Task AnswerAsync(HttpListenerContext context, byte[] body)
    {
        calls.AddOrUpdate(ActionOf(context.Request, body), 1, (_, count) => count + 1);
        await WriteAsync(context, await ForwardAsync(context.Request, body));
    }

    // JSON services name the service in a header, too; the one query service is SNS; S3's calls are methods on paths.
    private static string ActionOf(HttpListenerRequest request, byte[] body)
    {
        if (OperationOf(request, body) is { Length: > 0 } operation)
        {
            return $"{(request.Headers["X-Amz-Target"] is { } target ? target.Split('_', '.')[0].ToLowerInvariant() : "sns")}:{operation}";
        }

        var hasKey = request.Url!.AbsolutePath.Trim('/').Contains('/', StringComparison.Ordinal);
        return $"s3:{request.HttpMethod[..1]}{request.HttpMethod[1..].ToLowerInvariant()}{(hasKey ? "Object" : "Bucket")}";
    }
}
