using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using EdgeAgent.Options;
using Wire.Text;

namespace EdgeAgent.Health;

/// <summary><c>status</c>: asks a running agent how it is. Exit code 0 healthy, 1 degraded, 2 it does not answer.</summary>
internal static class StatusCommand
{
    /// <summary>Nothing is wrong now.</summary>
    internal const int Healthy = 0;

    /// <summary>Something is, and is named.</summary>
    internal const int Degraded = 1;

    /// <summary>No agent answers, or not as one.</summary>
    internal const int NoAnswer = 2;

    private const int LargestDocument = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="report">Takes what is wrong.</param>
    internal static Command Create(Action<string> report)
    {
        var config = new Option<string?>("--config") { Description = "JSON file with options of the agent" };
        var socket = new Option<string?>("--health-socket") { Description = "its socket, if it was given on the agent's command line", HelpName = "path" };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var command = new Command("status", "say how the running agent is; exit code 0 healthy, 1 degraded, 2 no answer") { config, socket, json };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(config), parsed.GetValue(socket), parsed.GetValue(json), report));
        return command;
    }

    private static async Task<int> RunAsync(string? config, string? socket, bool asJson, Action<string> report)
    {
        var options = OptionsReader.Read(
            config, AgentCommand.EnvironmentVariables(),
            socket is null ? [] : [(OptionTable.Find("health.socket")!, new OptionValue("command line", "--health-socket", [socket], Environment.CurrentDirectory))],
            out var faults);
        if (faults.Count > 0)
        {
            faults.ToList().ForEach(fault => report(fault.ToString()));
            return AgentCommand.BadConfiguration;
        }

        if (options.HealthSocket is not { } path)
        {
            report("status: health.socket is off: the agent cannot be asked");
            return NoAnswer;
        }

        try
        {
            var health = HealthJson.Read(await AskAsync(path));
            using var output = Console.OpenStandardOutput();
            if (asJson)
            {
                // Not as it came: what came may be of anybody.
                output.Write(HealthJson.Write(health));
            }
            else
            {
                using var text = new StreamWriter(output);
                HealthText.Write(health, text);
            }

            return health.IsHealthy ? Healthy : Degraded;
        }
        catch (Exception e) when (e is IOException or SocketException or JsonException or OperationCanceledException)
        {
            report($"status: {SafeText.Escape(path)}: {SafeText.Escape(ReasonOf(e))}");
            return NoAnswer;
        }
    }

    private static string ReasonOf(Exception e) => e switch
    {
        OperationCanceledException => $"no answer within {Patience.TotalSeconds} s",
        JsonException => "what answers is not an agent",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "there is no such socket: no agent runs, or it has another one",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "no agent answers: it was killed",
        _ => e.Message,
    };

    private static async Task<ReadOnlyMemory<byte>> AskAsync(string path)
    {
        using var late = new CancellationTokenSource(Patience);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var folder = SocketFolder.Open(path, mayMake: false);
        await ConnectAsync(socket, folder.EndPoint, late.Token);
        var document = new byte[LargestDocument];
        var length = 0;
        while (await socket.ReceiveAsync(document.AsMemory(length), SocketFlags.None, late.Token) is var read and > 0)
        {
            length += read;
            if (length == document.Length)
            {
                throw new IOException("the answer does not end");
            }
        }

        return document.AsMemory(0, length);
    }

    private static async Task ConnectAsync(Socket socket, UnixDomainSocketEndPoint address, CancellationToken late)
    {
        while (true)
        {
            try
            {
                await socket.ConnectAsync(address, late);
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // Others wait already, as many as may.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, late);
            }
        }
    }
}
