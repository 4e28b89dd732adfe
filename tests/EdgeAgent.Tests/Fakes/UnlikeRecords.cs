using System.Text;
using EdgeAgent.Intake;
using Wire.Model;

namespace EdgeAgent.Tests.Fakes;

/// <summary>Records of the shell of <see cref="PathWithoutKernel"/>, all unlike, with the same few names and addresses again and again.</summary>
internal static class UnlikeRecords
{
    internal static readonly EdgeTask Shell = KernelBytes.Task(PathWithoutKernel.Shell.Pid, PathWithoutKernel.Shell.StartNs, 1, 1_000_000);

    private const int Names = 100;

    internal static byte[][] Of(EventKind kind, int count) => [.. Enumerable.Range(0, count).Select(i => kind switch
    {
        EventKind.FileOpen => KernelBytes.FileOpen(Shell, Encoding.UTF8.GetBytes($"/srv/{i % Names}"), file: File(i % Names), openFlags: (uint)i),
        EventKind.Call => KernelBytes.Call(CallKind.Setuid, task: Shell, first: (ulong)i),
        _ => KernelBytes.Network(kind, $"203.0.113.{i % Names}", (ushort)(1024 + i), task: Shell),
    })];

    private static EdgeFile File(int number) => new() { Inode = 1000 + (ulong)number, Device = 1, LinkCount = 1, Watch = EdgeWatch.Open };
}
