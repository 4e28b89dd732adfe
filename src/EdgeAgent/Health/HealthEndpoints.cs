using EdgeAgent.Options;

namespace EdgeAgent.Health;

/// <summary>Where others on this host ask how the agent is. One that cannot be opened is reported, and the agent goes on without: watching matters more.</summary>
internal sealed class HealthEndpoints : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _open = [];

    /// <summary>Opens what the options name.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="read">How the agent is; called by any thread.</param>
    /// <param name="report">Receives what a person must know; called by any thread.</param>
    internal static HealthEndpoints Open(AgentOptions options, Func<AgentHealth> read, Action<string> report)
    {
        var endpoints = new HealthEndpoints();
        if (options.HealthSocket is { } path)
        {
            endpoints.Try(() => HealthSocket.Open(path, read, report), fault =>
                report($"health.socket: {path} is not opened: {fault}; edge-agent status gets no answer from this agent. Give it another path, or off"));
        }

        if (options.MetricsPort > 0)
        {
            endpoints.Try(() => MetricsEndpoint.Open(options.MetricsPort, read, report), fault =>
                report($"metrics.port: {options.MetricsPort} is not opened: {fault}; give it another port, or 0"));
        }

        return endpoints;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var endpoint in _open)
        {
            await endpoint.DisposeAsync();
        }
    }

    private void Try(Func<IAsyncDisposable> open, Action<string> report)
    {
        try
        {
            _open.Add(open());
        }
        catch (IOException e)
        {
            report(e.Message);
        }
    }
}
