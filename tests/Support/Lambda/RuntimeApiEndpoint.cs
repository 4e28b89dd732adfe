using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Support.Servers;

namespace Support.Lambda;

/// <summary>The calls of the Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApiEndpoint(
    ChannelReader<PendingInvocation> queue,
    ConcurrentDictionary<string, PendingInvocation> handedOut,
    Action<LambdaResult> initializationError)
{
    private const string Root = "/2018-06-01/runtime/";

    private const string FunctionArn =
        $"arn:aws:lambda:{DummyAws.Region}:{DummyAws.AccountId}:function:{LambdaFunctionProcess.FunctionName}";

    /// <summary>The service's limit of a response, 6 MB.</summary>
    private const int MaximumResponse = 6 * 1024 * 1024;

    /// <summary>Answers one call. Connections that break are the caller's business and end here.</summary>
    public async Task AnswerAsync(HttpListenerContext call, CancellationToken caller)
    {
        try
        {
            var path = call.Request.Url!.AbsolutePath;
            var parts = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].Split('/') : [];
            await ((call.Request.HttpMethod, parts) switch
            {
                ("GET", ["invocation", "next"]) => NextAsync(call, caller),
                ("POST", ["invocation", var id, "response"]) => ResponseAsync(call, id),
                ("POST", ["invocation", var id, "error"]) => ErrorAsync(call, id),
                ("POST", ["init", "error"]) => InitializationErrorAsync(call),
                _ => SendAsync(call, HttpStatusCode.NotFound, "NotFound"),
            });
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            call.Response.Abort();
        }
    }

    private async Task NextAsync(HttpListenerContext call, CancellationToken caller)
    {
        var invocation = await queue.ReadAsync(caller);
        while (invocation.Result.IsCompleted)
        {
            // It timed out in the queue.
            invocation = await queue.ReadAsync(caller);
        }

        handedOut[invocation.RequestId] = invocation;
        var headers = call.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = FunctionArn;
        headers["Lambda-Runtime-Trace-Id"] = "Root=1-00000000-000000000000000000000000;Sampled=0";
        await WriteAsync(call, HttpStatusCode.OK, invocation.Payload);
    }

    private async Task ResponseAsync(HttpListenerContext call, string id)
    {
        var body = await ReadAsync(call);
        if (!handedOut.TryGetValue(id, out var invocation))
        {
            await SendAsync(call, HttpStatusCode.BadRequest, "InvalidRequestID");
        }
        else if (body.Length > MaximumResponse)
        {
            invocation.Fail("Function.ResponseSizeTooLarge", $"The response of {body.Length} bytes is above {MaximumResponse}.");
            await SendAsync(call, HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLarge");
        }
        else
        {
            // Accepted first: who waits for the result may stop the function at once.
            await SendAsync(call, HttpStatusCode.Accepted, "OK");
            invocation.Complete(null, body);
        }
    }

    private async Task ErrorAsync(HttpListenerContext call, string id)
    {
        var body = await ReadAsync(call);
        if (!handedOut.TryGetValue(id, out var invocation))
        {
            await SendAsync(call, HttpStatusCode.BadRequest, "InvalidRequestID");
            return;
        }

        await SendAsync(call, HttpStatusCode.Accepted, "OK");
        invocation.Complete(ErrorType(call), body);
    }

    private async Task InitializationErrorAsync(HttpListenerContext call)
    {
        var body = await ReadAsync(call);
        initializationError(new LambdaResult("", ErrorType(call), body));
        await SendAsync(call, HttpStatusCode.Accepted, "OK");
    }

    private static string ErrorType(HttpListenerContext call) =>
        call.Request.Headers["Lambda-Runtime-Function-Error-Type"] ?? "Unhandled";

    private static async Task<byte[]> ReadAsync(HttpListenerContext call)
    {
        using var body = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(body);
        return body.ToArray();
    }

    // The official runtime client parses the body of every answer, so it is never empty.
    private static Task SendAsync(HttpListenerContext call, HttpStatusCode status, string text)
    {
        var member = (int)status < 300 ? "status" : "errorType";
        return WriteAsync(call, status, Encoding.UTF8.GetBytes($$"""{"{{member}}":"{{text}}"}"""));
    }

    private static async Task WriteAsync(HttpListenerContext call, HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        call.Response.StatusCode = (int)status;
        call.Response.ContentType = "application/json";
        call.Response.ContentLength64 = body.Length;
        await call.Response.OutputStream.WriteAsync(body);
        call.Response.Close();
    }
}
