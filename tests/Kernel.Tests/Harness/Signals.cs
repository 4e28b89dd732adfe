using System.Runtime.InteropServices;

namespace Kernel.Tests.Harness;

/// <summary>kill(2).</summary>
internal static partial class Signals
{
    internal const int HangUp = 1;
    internal const int Interrupt = 2;
    internal const int Kill = 9;
    internal const int Terminate = 15;

    internal static void Send(int pid, int signal) => Assert.Equal(0, kill(pid, signal));

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
