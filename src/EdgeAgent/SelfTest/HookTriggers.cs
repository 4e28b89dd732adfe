using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Interop;
using EdgeAgent.Options;

namespace EdgeAgent.SelfTest;

/// <summary>Does what sets the hooks off: harmless, without a packet on the wire, and known as the agent's own by who does it.</summary>
internal sealed class HookTriggers(AgentOptions options)
{
    /// <summary>Before the name of a file that is opened: it leads to the same file, and nobody else writes it so.</summary>
    internal const string OwnRoot = "/proc/self/root";

    // Networks for documentation (RFC 5737, RFC 3849): a connect of a datagram socket sends nothing.
    private static readonly IPAddress[] Addresses4 = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("198.51.100.1"), IPAddress.Parse("203.0.113.1")];
    private static readonly IPAddress[] Addresses6 = [IPAddress.Parse("2001:db8::1")];
    private const Hooks OfProcesses = Hooks.Fork | Hooks.Exec | Hooks.Exit;
    private static readonly string[] Programs = ["/bin/true", "/usr/bin/true"];

    /// <summary>Sets the hooks off, once.</summary>
    /// <param name="port">Port of the connects: tells this time from others.</param>
    /// <param name="hooks">Which; no others are set off by this.</param>
    /// <returns>Those that must have been met. Left out is what this host or its configuration has no occasion for.</returns>
    internal Hooks SetOff(ushort port, Hooks hooks) =>
        ((hooks & OfProcesses) != 0 ? Run(port) : Hooks.None)
        | (hooks.HasFlag(Hooks.FileOpen) ? Open() : Hooks.None)
        | (hooks.HasFlag(Hooks.Call) ? MakeMemoryFile(port) : Hooks.None)
        | (hooks.HasFlag(Hooks.Connect4) ? Connect(Addresses4, port, Hooks.Connect4) : Hooks.None)
        | (hooks.HasFlag(Hooks.Connect6) ? Connect(Addresses6, port, Hooks.Connect6) : Hooks.None);

    /// <summary>What the program is told that is run, and what the file in memory is called: it does not matter to them, and nobody else says so.</summary>
    internal static string ArgumentOf(ushort port) => string.Create(CultureInfo.InvariantCulture, $"--edge-agent-self-test={port}");

    private static Hooks Run(ushort port) =>
        Programs.FirstOrDefault(File.Exists) is { } program && LibC.Run(program, ArgumentOf(port)) ? Hooks.Fork | Hooks.Exec | Hooks.Exit : Hooks.None;

    private Hooks Open()
    {
        var file = options.WatchFiles.FirstOrDefault(path => !path.Contains('*', StringComparison.Ordinal) && File.Exists(path));
        var fd = file is null ? -1 : LibC.open(OwnRoot + file, LibC.O_RDONLY | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0);
        if (fd < 0)
        {
            return Hooks.None;
        }

        _ = LibC.close(fd);
        return Hooks.FileOpen;
    }

    /// <summary>The one call of the agent's own that the probe does not leave out. It needs no right.</summary>
    private static Hooks MakeMemoryFile(ushort port)
    {
        var fd = LibC.memfd_create(ArgumentOf(port), LibC.MFD_CLOEXEC);
        if (fd < 0)
        {
            return Hooks.None;
        }

        _ = LibC.close(fd);
        return Hooks.Call;
    }

    private Hooks Connect(IEnumerable<IPAddress> addresses, ushort port, Hooks hook)
    {
        var address = addresses.FirstOrDefault(address => !options.ExcludedNetworks.Any(network => network.Contains(address)));
        if (address is null)
        {
            return Hooks.None;
        }

        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Connect(address, port);
            }
            catch (SocketException)
            {
                // No route there: the hook comes before the route.
            }

            return hook;
        }
        catch (SocketException)
        {
            // The host does not have that protocol.
            return Hooks.None;
        }
    }
}
