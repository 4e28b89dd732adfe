using System.Text;
using EdgeAgent.Intake;
using Wire.Model;

namespace EdgeAgent.Tests.Fakes;

/// <summary>Records of the shell of <see cref="PathWithoutKernel"/>, all unlike, with the same few names and addresses again and again.</summary>
internal static class UnlikeRecords
{
    internal static readonly EdgeTask Shell = KernelBytes.Task(PathWithoutKernel.Shell.Pid, PathWithoutKernel.Shell.StartNs, 1, 1_000_000);

    private const int Names = 100;

    /// <summary>So many, by so many actors in turn.</summary>
    internal static byte[][] Of(EventKind kind, int count, int actors = 1) => [.. Enumerable.Range(0, count).Select(i => kind switch
    {
        EventKind.FileOpen => KernelBytes.FileOpen(Actor(i % actors), Encoding.UTF8.GetBytes($"/srv/{i % Names}"), file: File(i % Names), openFlags: (uint)i),
        EventKind.Call => KernelBytes.Call(CallKind.Setuid, task: Actor(i % actors), first: (ulong)i),
        _ => KernelBytes.Network(kind, $"203.0.113.{i % Names}", (ushort)(1024 + i), task: Actor(i % actors)),
    })];

    // Of one process, and so of one frame's table of them: as a program that goes from one user namespace and group to the next.
    private static EdgeTask Actor(int number) => Shell with { Egid = Shell.Egid + (uint)(number / 2), UserNamespace = (uint)(number % 2) };

    private static EdgeFile File(int number) => new() { Inode = 1000 + (ulong)number, Device = 1, LinkCount = 1, Watch = EdgeWatch.Open };
}
