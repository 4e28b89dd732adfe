using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EdgeAgent.Probes;

/// <summary>The BPF object that is part of this executable.</summary>
internal static class BpfArtifact
{
    /// <summary>The object for this kernel.</summary>
    internal static string Name { get; } = NameFor(Environment.OSVersion.Version, RuntimeInformation.ProcessArchitecture);

    /// <summary>The object's bytes, or null when the agent was built without probes.</summary>
    internal static byte[]? Read() => Resource(Name);

    /// <summary>SHA-256 of the object for this kernel as it was when the agent was built, in hexadecimal; null = built without probes.</summary>
    internal static string? BuiltHash => typeof(BpfArtifact).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(m => m.Key == "sha256:" + Name)?.Value;

    /// <summary>Why these bytes must not go into the kernel: only what was built with this agent may. Null when they are that.</summary>
    internal static string? FaultOf(ReadOnlySpan<byte> bytes)
    {
        var hash = Convert.ToHexString(SHA256.HashData(bytes));
        return string.Equals(hash, BuiltHash, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"{Name} is not the object that this agent was built with (SHA-256 {hash.ToLowerInvariant()} instead of {BuiltHash?.ToLowerInvariant() ?? "none"}); it is not loaded: "
                + "somebody changed the agent's files, install it anew (who changed the probes runs `make bpf` and builds the agent again)";
    }

    /// <summary>
    /// Older kernels lack a cast, which libbpf would look for where only CAP_SYS_ADMIN may (bpf/lib/field.h); still older ones lack an atomic instruction,
    /// too, and refuse every program that holds it (bpf/lib/ring.h).
    /// </summary>
    internal static string NameFor(Version kernel, Architecture architecture) =>
        kernel < (architecture == Architecture.Arm64 ? new Version(5, 18) : new Version(5, 12)) ? "edge-claims.bpf.o"
        : kernel < new Version(6, 2) ? "edge-copies.bpf.o"
        : "edge.bpf.o";

    /// <summary>A part of this executable, or null when it was built without it.</summary>
    internal static byte[]? Resource(string name)
    {
        using var resource = typeof(BpfArtifact).Assembly.GetManifestResourceStream(name);
        if (resource is null)
        {
            return null;
        }

        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
