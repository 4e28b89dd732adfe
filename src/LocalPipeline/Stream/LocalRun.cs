using EdgeAgent;
using EdgeAgent.Delivery;
using EdgeAgent.Options;
using Wire.Model;

namespace LocalPipeline.Stream;

/// <summary>Agent, stream and function together in this process.</summary>
internal sealed class LocalRun(AgentOptions options, IReadOnlyList<IRecordSink> sinks, FunctionSide function, Action<string> report)
{
    /// <summary>Runs until stopped, then lets everything that is under way arrive.</summary>
    /// <param name="ready">Called once, when events flow.</param>
    /// <param name="stop">Asks for the end.</param>
    /// <exception cref="EdgeAgent.Probes.ProbeException">The probes cannot run here.</exception>
    internal async Task<AgentReport> RunAsync(Action<HostIdentity> ready, CancellationToken stop)
    {
        var functionRun = Task.Run(() => function.Stream.RunAsync(CancellationToken.None), CancellationToken.None);
        try
        {
            return await new AgentPipeline(options, [.. sinks, function.Stream], report).RunAsync(ready, stop);
        }
        finally
        {
            function.Stream.Close();
            await functionRun;
        }
    }
}
