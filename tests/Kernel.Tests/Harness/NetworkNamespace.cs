namespace Kernel.Tests.Harness;

/// <summary>A network namespace with nothing but a loopback device that owns all addresses the tests talk to.</summary>
internal sealed class NetworkNamespace : IAsyncDisposable
{
    private NetworkNamespace(string name) => Name = name;

    internal string Name { get; }

    /// <summary>Put before a program it runs there, in the same process.</summary>
    internal IReadOnlyList<string> Enter => ["ip", "netns", "exec", Name];

    internal static async Task<NetworkNamespace> CreateAsync(params IEnumerable<string> addresses)
    {
        var made = new NetworkNamespace($"kt-{Guid.NewGuid().ToString("N")[..8]}");
        await Command.MustRunAsync("ip", "netns", "add", made.Name);
        try
        {
            await Command.MustRunAsync("ip", "-n", made.Name, "link", "set", "lo", "up");
            foreach (var address in addresses)
            {
                await Command.MustRunAsync("ip", "-n", made.Name, "address", "add", address, "dev", "lo");
            }
        }
        catch (InvalidOperationException)
        {
            await made.DisposeAsync();
            throw;
        }

        return made;
    }

    public async ValueTask DisposeAsync() => await Command.MustRunAsync("ip", "netns", "delete", Name);
}
