using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Support.Lambda;

/// <summary>
/// A local Lambda service for one function: the Runtime API on loopback, and the function's process. Invocations queue up and are
/// handed out one after the other, as one execution environment gets them. The process starts with the first invocation; one that
/// has ended is started anew with the next, as Lambda replaces an environment. Without options it serves a runtime loop in the
/// test's own process.
/// </summary>
/// <remarks>Safe for use by several threads.</remarks>
public sealed class LambdaRuntimeApi : IAsyncDisposable
{
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromMilliseconds(100);

    private readonly HttpListener _listener;
    private readonly LambdaFunctionProcess? _function;
    private readonly Channel<PendingInvocation> _queue = Channel.CreateUnbounded<PendingInvocation>();
    private readonly ConcurrentDictionary<string, PendingInvocation> _handedOut = new();
    private readonly Task _serving;

    /// <summary>Begins to listen on a free loopback port.</summary>
    /// <param name="function">
    /// The program to run; <c>null</c> if a runtime loop connects by itself, by <see cref="Address"/>.
    /// </param>
    public LambdaRuntimeApi(LambdaFunctionOptions? function = null)
    {
        (_listener, Address) = Listen();
        _function = function is null ? null : new LambdaFunctionProcess(function, Address);
        _serving = ServeAsync();
    }

    /// <summary>Host and port: the value of <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Address { get; }

    /// <summary>
    /// The time an invocation may take, the start of the process included. Then the process is killed, as Lambda does.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The error the function reported before its first invocation; <c>null</c> if none.</summary>
    public LambdaResult? InitializationError { get; private set; }

    /// <summary>Called after each kill, also of a process whose time was over. By any thread.</summary>
    public Action? FunctionKilled { get; init; }

    /// <summary>How many processes were started so far.</summary>
    public int FunctionStarts => _function?.Starts ?? 0;

    /// <summary>What the newest process wrote, for a failing test to show.</summary>
    public string FunctionOutput => _function?.Output ?? "";

    /// <summary>
    /// Hands the event to the function and waits for its answer. Failures of the function are results, not exceptions.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the function may have got the event.</exception>
    public async Task<LambdaResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        var invocation = new PendingInvocation(payload, DateTimeOffset.UtcNow + Timeout);
        var ended = _function?.EnsureRunning() ?? Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
        await _queue.Writer.WriteAsync(invocation, cancellationToken);
        var timeout = Task.Delay(Timeout, cancellationToken);
        await Task.WhenAny(invocation.Result, ended, timeout);
        cancellationToken.ThrowIfCancellationRequested();
        if (ended.IsCompleted)
        {
            // An answer that came just before the end may still be on its way to us.
            await Task.WhenAny(invocation.Result, Task.Delay(AnswerGrace, cancellationToken));
            invocation.Fail("Runtime.ExitError", $"The function's process ended. Its output:\n{FunctionOutput}");
        }
        else if (timeout.IsCompleted && invocation.Fail("Sandbox.Timedout", $"The function did not answer within {Timeout}."))
        {
            await KillFunctionAsync();
        }

        _handedOut.TryRemove(invocation.RequestId, out _);
        return await invocation.Result;
    }

    /// <summary>
    /// Kills the function's process, as a lost execution environment would be; the next invocation starts a new one.
    /// </summary>
    public async Task KillFunctionAsync()
    {
        await (_function?.KillAsync() ?? Task.CompletedTask);
        FunctionKilled?.Invoke();
    }

    /// <summary>Stops the function and the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_function is not null)
        {
            await _function.DisposeAsync();
        }

        _listener.Close();
        await _serving;
    }

    private static (HttpListener Listener, string Address) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            var listener = new HttpListener();
            var address = $"127.0.0.1:{FreePort()}";
            listener.Prefixes.Add($"http://{address}/");
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Somebody else took the port in between.
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        var endpoint = new RuntimeApiEndpoint(_queue.Reader, _handedOut, error => InitializationError = error);
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Closed while waiting.
                return;
            }

            _ = endpoint.AnswerAsync(call, _function?.Lifetime ?? CancellationToken.None);
        }
    }
}
