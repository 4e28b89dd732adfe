using System.Net;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A client of the Lambda Runtime API, version 2018-06-01. One caller at a time.</summary>
internal sealed class RuntimeApi : IDisposable
{
    private const string AddressVariable = "AWS_LAMBDA_RUNTIME_API";

    private readonly HttpClient _http;

    private RuntimeApi(string hostAndPort) => _http = new HttpClient(new SocketsHttpHandler
    {
        // The environment may be frozen for hours while "next" waits; a proxy has no business on this path.
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        UseProxy = false,
    })
    {
        BaseAddress = new Uri($"http://{hostAndPort}/2018-06-01/runtime/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="InvalidOperationException">This process was not started by Lambda.</exception>
    public static RuntimeApi FromEnvironment() => new(Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address
        ? address
        : throw new InvalidOperationException(
            $"{AddressVariable} is not set: this is a Lambda function; it runs under Lambda or a local Runtime API (host:port)."));

    /// <summary>Waits for the next invocation, for hours if need be.</summary>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync("invocation/next", cancellationToken);
        response.EnsureSuccessStatusCode();
        var input = new MemoryStream(await response.Content.ReadAsByteArrayAsync(cancellationToken), writable: false);
        var context = new LambdaContext(response.Headers);
        // The AWS SDK and X-Ray look for the trace here.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId);
        return new Invocation(input, context);
    }

    public Task RespondAsync(string requestId, Stream body) =>
        PostAsync($"invocation/{requestId}/response", new StreamContent(body), errorType: null);

    public Task ReportErrorAsync(string requestId, Exception error) =>
        PostAsync($"invocation/{requestId}/error", ErrorDocument.Write(error), error.GetType().Name);

    public Task ReportInitializationErrorAsync(Exception error) =>
        PostAsync("init/error", ErrorDocument.Write(error), error.GetType().Name);

    public void Dispose() => _http.Dispose();

    // No token: an answer that was worked out is sent, even while the process is told to stop.
    private async Task PostAsync(string path, HttpContent content, string? errorType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        content.Headers.ContentType = new("application/json");
        if (errorType is not null)
        {
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        }

        using var response = await _http.SendAsync(request);
        // Too large: the service has failed the invocation already, and the loop goes on.
        if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
        {
            await Console.Error.WriteLineAsync($"The Runtime API refused {path}: larger than it accepts.");
            return;
        }

        response.EnsureSuccessStatusCode();
    }
}
