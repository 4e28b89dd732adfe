namespace Kernel.Tests.Harness;

/// <summary>An agent with the shipped exclusions, and a network namespace with addresses inside and outside of them.</summary>
public sealed class AgentAndNetwork : RunningAgent
{
    private static readonly string[] Addresses =
    [
        "203.0.113.10/32", "198.51.100.9/32", "31.112.0.1/32", "172.32.0.1/32", "11.0.0.1/32", "2001:db8::10/128",
        "169.254.169.254/32", "10.1.2.3/32", "172.16.0.1/32", "192.168.1.1/32", "13.113.0.1/32", "52.192.0.1/32", "fd00:ec2::254/128",
    ];

    private NetworkNamespace? _network;

    /// <summary>Runs the trigger program in the network namespace.</summary>
    internal Task<Truth> TriggerAsync(params IEnumerable<string> arguments) => Trigger.RunInAsync(_network!.Enter, arguments);

    /// <summary>Runs a program in the network namespace.</summary>
    internal Task<Command> RunAsync(params IEnumerable<string> line)
    {
        string[] all = [.. _network!.Enter, .. line];
        return Command.RunAsync(all[0], all[1..]);
    }

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        if (KernelRequirements.MissingFor(["ip"]) is null)
        {
            _network = await NetworkNamespace.CreateAsync(Addresses);
        }

        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            await (_network?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
