using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Wire.Model;

namespace EndToEnd.Tests.Chaos;

/// <summary>
/// Connects of one datagram socket by this process, which put no packet on the wire: each to another address or port, so that the event tells
/// its number. They are bulk events, none like the one before.
/// </summary>
internal sealed partial class NumberedConnects : IDisposable
{
    private const int FirstPort = 1024;
    private const int Ports = 60_000;

    // 203.0.113.0/24 is for documentation (RFC 5737).
    private const uint Network = 0xCB007100;
    private const ushort Inet = 2;
    private const int NetworkUnreachable = 101;

    private readonly CancellationTokenSource _end = new();
    private readonly Task<long> _made;

    private NumberedConnects(int rate, long most) =>
        _made = Task.Factory.StartNew(() => Make(rate, most, _end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>As many different ones there are.</summary>
    private const long Most = 250L * Ports;

    /// <summary>Makes the connects 1, 2, 3 … in bursts of a millisecond, until it is ended.</summary>
    /// <param name="rate">A second.</param>
    public static NumberedConnects Start(int rate) => new(rate, Most);

    /// <summary>Makes the connects of so many seconds.</summary>
    /// <returns>The last number.</returns>
    public static async Task<long> MakeAsync(int rate, int seconds)
    {
        using var connects = new NumberedConnects(rate, (long)rate * seconds);
        return await connects._made;
    }

    /// <summary>Ends it.</summary>
    /// <returns>The last number.</returns>
    public Task<long> EndAsync()
    {
        _end.Cancel();
        return _made;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _made.Wait();
        _end.Dispose();
    }

    private static long Make(int rate, long most, CancellationToken end)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, Most);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var fd = (int)socket.Handle;
        var (clock, number) = (Stopwatch.StartNew(), 0L);
        for (; number < most && !end.IsCancellationRequested; Thread.Sleep(1))
        {
            for (var due = (long)(clock.Elapsed.TotalSeconds * rate); number < due && number < most;)
            {
                Connect(fd, ++number);
            }
        }

        return number;
    }

    /// <summary>The number of a connect; null = it is none of these.</summary>
    public static long? NumberOf(NetworkEvent e)
    {
        var address = BinaryPrimitives.ReadUInt32BigEndian(e.Address.MapToIPv4().GetAddressBytes());
        return (address & ~0xFFu) == Network && e.Port >= FirstPort ? ((address & 0xFF) * Ports) + (e.Port - FirstPort) + 1 : null;
    }

    private static unsafe void Connect(int fd, long number)
    {
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        BitConverter.TryWriteBytes(address, Inet);
        BinaryPrimitives.WriteUInt16BigEndian(address[2..], (ushort)(FirstPort + ((number - 1) % Ports)));
        BinaryPrimitives.WriteUInt32BigEndian(address[4..], Network + (uint)((number - 1) / Ports));
        fixed (byte* pointer = address)
        {
            // Where no way leads there, it was tried all the same, which is what is reported.
            if (connect(fd, pointer, address.Length) != 0 && Marshal.GetLastPInvokeError() is var error and not NetworkUnreachable)
            {
                throw new Win32Exception(error);
            }
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int connect(int fd, byte* address, int length);
}
