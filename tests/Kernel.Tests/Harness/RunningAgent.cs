using System.Text.Json.Nodes;

namespace Kernel.Tests.Harness;

/// <summary>
/// One agent for all tests of a class. At the end it is stopped by SIGTERM and must leave with 0. Where kernel tests cannot run it does
/// nothing.
/// </summary>
public class RunningAgent : IAsyncLifetime
{
    private AgentProcess? _agent;
    private string _sentinel = "";

    public ScratchFolder Scratch { get; } = new();

    public AgentProcess Agent => _agent ?? throw new InvalidOperationException("the agent was not started");

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        if (KernelRequirements.Missing is not null)
        {
            return;
        }

        _sentinel = Scratch.Write("sentinel");
        var options = Options();
        var more = options["watch.moreFiles"]?.AsArray().DeepClone().AsArray() ?? [];
        more.Add(_sentinel);
        options["watch.moreFiles"] = more;
        _agent = await AgentProcess.StartAsync(Scratch, options, Wrapper());
    }

    /// <summary>
    /// Waits until everything that happened before the call is in both outputs: then what is not there was not reported. Lanes keep their
    /// order, so one later event of each lane tells.
    /// </summary>
    public async Task SettleAsync()
    {
        var last = await Command.RunAsync("true");
        await Agent.WaitForEventAsync("exec", last.Pid);
        var open = await Trigger.RunAsync("open_plain", _sentinel);
        await Agent.WaitForEventAsync("file_open", open.Pid);
        await Agent.WaitForLineAsync($"PID={open.Pid} ", "OP=open");
    }

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        if (_agent is not null)
        {
            try
            {
                var exitCode = await _agent.StopAsync();
                Assert.True(exitCode == 0, $"the agent ended with {exitCode}:\n{string.Join('\n', _agent.Messages.All)}");
            }
            finally
            {
                await _agent.DisposeAsync();
            }
        }

        Scratch.Dispose();
    }

    /// <summary>Options by key; asked once, before the start.</summary>
    protected virtual JsonObject Options() => [];

    /// <summary>A program with arguments that becomes the agent; empty = none.</summary>
    protected virtual IReadOnlyList<string> Wrapper() => [];
}
