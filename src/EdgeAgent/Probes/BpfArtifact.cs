namespace EdgeAgent.Probes;

/// <summary>The BPF object that is part of this executable.</summary>
internal static class BpfArtifact
{
    private const string ResourceName = "edge.bpf.o";

    /// <summary>The object's bytes, or null when the agent was built without probes.</summary>
    internal static byte[]? Read()
    {
        using var resource = typeof(BpfArtifact).Assembly.GetManifestResourceStream(ResourceName);
        if (resource is null)
        {
            return null;
        }

        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
