using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Kernel.Tests.Harness;

/// <summary>
/// The agent as another release: a copy that has another BPF object in it, with its own hash. The programs are the same (a byte that ELF leaves free is
/// another one), so to the agent that comes after it, it is one whose records can be read and whose probes are not its own.
/// </summary>
internal static class OtherRelease
{
    /// <summary>A byte of an ELF header that is only there to fill it up.</summary>
    private const int FreeByte = 15;

    /// <summary>Makes one.</summary>
    /// <returns>Its executable.</returns>
    public static string Make(ScratchFolder scratch)
    {
        var folder = Path.GetDirectoryName(KernelRequirements.AgentExecutable)!;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = scratch.Under(Path.Combine("other-release", Path.GetRelativePath(folder, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var program = scratch.Under("other-release/edge-agent.dll");
        var bytes = File.ReadAllBytes(program);
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x86_64";
        foreach (var name in (string[])["edge.bpf.o", "edge-claims.bpf.o"])
        {
            var built = File.ReadAllBytes(Repository.File($"artifacts/bpf/{architecture}/{name}"));
            var other = (byte[])built.Clone();
            other[FreeByte] ^= 1;
            Replace(bytes, built, other);
            Replace(bytes, Hash(built), Hash(other));
        }

        File.WriteAllBytes(program, bytes);
        return scratch.Under("other-release/edge-agent");
    }

    private static byte[] Hash(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToHexString(SHA256.HashData(bytes)));

    private static void Replace(Span<byte> bytes, byte[] what, byte[] with)
    {
        var at = bytes.IndexOf(what);
        if (at < 0)
        {
            throw new InvalidOperationException("the agent was built with other probes than those that lie there: build it anew");
        }

        with.CopyTo(bytes[at..]);
    }
}
