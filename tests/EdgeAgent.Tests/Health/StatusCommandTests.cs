using System.Net.Sockets;
using System.Text;
using EdgeAgent.Health;
using Support;
using Support.Processes;

namespace EdgeAgent.Tests.Health;

/// <summary>The real executable asks, and its exit code tells.</summary>
public sealed class StatusCommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Agent = Path.Combine(AppContext.BaseDirectory, "edge-agent");
    private readonly TemporaryFolder _folder = new();

    private string Address => _folder["health.sock"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Healthy_is_0_and_degraded_is_1_with_the_reasons()
    {
        await using (HealthSocket.Open(Address, () => SomeHealth.Well, _ => { }))
        {
            var (code, output) = await RunAsync("--health-socket", Address);
            Assert.Equal(StatusCommand.Healthy, code);
            Assert.StartsWith("healthy\nagent         version 1.2.3, process 4711", output, StringComparison.Ordinal);
        }

        await using (HealthSocket.Open(Address, () => SomeHealth.Ill, _ => { }))
        {
            var (code, output) = await RunAsync("--config", _folder.File("c.json", $$"""{ "health.socket": "{{Address}}" }"""));
            Assert.Equal(StatusCommand.Degraded, code);
            Assert.Contains("\ntrouble       file-open: no probe fires\n", output, StringComparison.Ordinal);
            Assert.Equal((StatusCommand.Degraded, Encoding.ASCII.GetString(HealthJson.Write(SomeHealth.Ill)).TrimEnd()), await RunAsync("--health-socket", Address, "--json"));
        }
    }

    [Fact]
    public async Task No_agent_something_else_and_something_that_says_nothing_are_2()
    {
        await NoAnswerAsync("No such file", "--health-socket", _folder["no/such.sock"]);
        await NoAnswerAsync("there is no such socket", "--health-socket", Address);
        await NoAnswerAsync("is off", "--health-socket", "off");
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(Address));
        await NoAnswerAsync("no agent answers: it was killed", "--health-socket", Address);
        other.Listen();
        await NoAnswerAsync("no answer within 5 s", "--health-socket", Address);

        // Who asked before has gone, and is still the first in the queue.
        using (await other.AcceptAsync())
        {
        }

        var answering = Task.Run(async () =>
        {
            using var client = await other.AcceptAsync();
            await client.SendAsync(Encoding.ASCII.GetBytes("\u001b[31m{}"));
        });
        await NoAnswerAsync("what answers is not an agent", "--health-socket", Address);
        await answering;
    }

    [Fact]
    public async Task Reason_is_told_also_where_the_thread_pool_has_one_worker()
    {
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(Address));
        other.Listen();
        for (var i = 0; i < 5; i++)
        {
            await using var agent = ChildProcess.Start(
                Agent, ["status", "--health-socket", Address],
                new Dictionary<string, string?> { ["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "1", ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1" });
            using (var client = await other.AcceptAsync())
            {
                await Task.Delay(200);
                await client.SendAsync("{}"u8.ToArray());
            }

            await agent.Exited.WaitAsync(Patience);
            Assert.Contains("what answers is not an agent", agent.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Wrong_configuration_is_78()
    {
        var (code, output) = await RunAsync("--health-socket", "relative");
        Assert.Equal(AgentCommand.BadConfiguration, code);
        Assert.Contains("--health-socket: 'relative' is neither off nor an absolute path", output, StringComparison.Ordinal);
    }

    private static async Task NoAnswerAsync(string reason, params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);
        Assert.Equal(StatusCommand.NoAnswer, code);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.All(output.Replace("\n", "", StringComparison.Ordinal), c => Assert.InRange(c, ' ', '~'));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var agent = ChildProcess.Start(Agent, ["status", .. arguments]);
        await agent.Exited.WaitAsync(Patience);
        return (agent.ExitCode, agent.Output);
    }
}
