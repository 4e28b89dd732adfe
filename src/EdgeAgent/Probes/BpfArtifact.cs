using System.Runtime.InteropServices;

namespace EdgeAgent.Probes;

/// <summary>The BPF object that is part of this executable.</summary>
internal static class BpfArtifact
{
    /// <summary>The object for this kernel.</summary>
    internal static string Name { get; } = NameFor(Environment.OSVersion.Version, RuntimeInformation.ProcessArchitecture);

    /// <summary>The object's bytes, or null when the agent was built without probes.</summary>
    internal static byte[]? Read() => Resource(Name);

    /// <summary>Older kernels lack an atomic instruction and refuse every program that holds it: bpf/lib/ring.h.</summary>
    internal static string NameFor(Version kernel, Architecture architecture) =>
        kernel < (architecture == Architecture.Arm64 ? new Version(5, 18) : new Version(5, 12)) ? "edge-claims.bpf.o" : "edge.bpf.o";

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
