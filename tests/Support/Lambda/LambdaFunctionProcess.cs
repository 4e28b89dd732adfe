using System.Globalization;
using Support.Processes;
using Support.Servers;

namespace Support.Lambda;

/// <summary>The process of a function: started when needed, replaced when it ended.</summary>
internal sealed class LambdaFunctionProcess(LambdaFunctionOptions options, string runtimeApiAddress) : IAsyncDisposable
{
    /// <summary>The name every function under test goes by.</summary>
    public const string FunctionName = "function-under-test";

    private readonly Lock _gate = new();
    private ChildProcess? _process;
    private CancellationTokenSource _lifetime = new();

    public int Starts { get; private set; }

    public string Output => _process?.Output ?? "";

    /// <summary>
    /// Cancelled when the process that runs now ends, so that no invocation is handed to a connection nobody reads.
    /// </summary>
    public CancellationToken Lifetime
    {
        get
        {
            lock (_gate)
            {
                return _lifetime.Token;
            }
        }
    }

    /// <summary>Starts the process if none runs.</summary>
    /// <returns>Completes when that process ends.</returns>
    public Task EnsureRunning()
    {
        lock (_gate)
        {
            if (_process is not { HasExited: false })
            {
                _lifetime.Cancel();
                var lifetime = _lifetime = new CancellationTokenSource();
                _process = ChildProcess.Start(options.FileName, options.Arguments, Environment());
                _process.Exited.ContinueWith(_ => lifetime.Cancel(), TaskScheduler.Default);
                Starts++;
            }

            return _process.Exited;
        }
    }

    public async Task KillAsync()
    {
        var process = _process;
        if (process is not null)
        {
            await process.KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await _lifetime.CancelAsync();
    }

    private Dictionary<string, string?> Environment()
    {
        var environment = new Dictionary<string, string?>(DummyAws.ProcessEnvironment)
        {
            ["AWS_LAMBDA_RUNTIME_API"] = runtimeApiAddress,
            ["AWS_LAMBDA_FUNCTION_NAME"] = FunctionName,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = options.MemorySize.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{FunctionName}",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = "local",
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["LAMBDA_TASK_ROOT"] = AppContext.BaseDirectory,
            ["_HANDLER"] = "bootstrap",
            ["TZ"] = ":UTC",
        };
        foreach (var (name, value) in options.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }
}
