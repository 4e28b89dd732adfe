using EdgeAgent.Interop;

namespace EdgeAgent.Probes.Pinning;

/// <summary>
/// What one start of an agent loaded, as files of a folder of a BPF file system: each map, program and link, and, written last, an account of
/// them. Without the account the start did not come to its end.
/// </summary>
/// <param name="Folder">The folder.</param>
/// <param name="Key">What the probes were made of, <see cref="PinKey"/>.</param>
/// <param name="Handles">Descriptors of all of it, owned by whoever opened it.</param>
internal sealed record PinnedProbes(string Folder, PinKey Key, KernelHandles Handles)
{
    private const string Account = "account";

    /// <summary>Opens what is pinned in a folder.</summary>
    /// <param name="folder">The folder of a start.</param>
    /// <param name="why">Why it cannot be used; empty when it can.</param>
    internal static PinnedProbes? Open(string folder, out string why)
    {
        why = "";
        var opened = new List<int>();
        try
        {
            using var account = new KernelText(Get(AccountOf(folder)));
            var (key, text) = PinKey.Split(account.Read());
            var named = KernelHandles.Read(text);
            return new PinnedProbes(folder, key, named with
            {
                Maps = named.Maps.ToDictionary(map => map.Key, map => map.Value with { Fd = Again(MapPath(folder, map.Key)) }, StringComparer.Ordinal),
                Programs = [.. named.Programs.Select(program => program with { Fd = Again(ProgramPath(folder, program.Name)) })],
                Links = [.. named.Links.Select((_, i) => Again(LinkPath(folder, i)))],
                Others = [],
            });
        }
        catch (Exception e) when (e is LibBpfException or ProbeException)
        {
            opened.ForEach(fd => _ = LibC.close(fd));
            why = e is LibBpfException { Errno: LibC.ENOENT } ? "it is not whole: its start did not come to an end" : e.Message;
            return null;
        }

        int Again(string path)
        {
            opened.Add(Get(path));
            return opened[^1];
        }
    }

    /// <summary>Process id of the agent that uses them or was the last to; null when that is not there.</summary>
    internal static int? AgentOf(string folder)
    {
        try
        {
            var fd = Get(MapPath(folder, ProbeSet.AgentMap));
            var found = new BpfMap<uint, uint>(ProbeSet.AgentMap, fd).TryGet(0, out var pid);
            _ = LibC.close(fd);
            return found ? (int)pid : null;
        }
        catch (LibBpfException e) when (e.Errno == LibC.ENOENT)
        {
            return null;
        }
    }

    /// <summary>Pins all of it; the account last.</summary>
    /// <exception cref="LibBpfException">Something cannot be pinned; what was, is removed.</exception>
    internal static void Save(string folder, PinKey key, KernelHandles handles)
    {
        try
        {
            foreach (var (name, map) in handles.Maps)
            {
                Pin(map.Fd, MapPath(folder, name));
            }

            foreach (var program in handles.Programs)
            {
                Pin(program.Fd, ProgramPath(folder, program.Name));
            }

            for (var i = 0; i < handles.Links.Count; i++)
            {
                Pin(handles.Links[i], LinkPath(folder, i));
            }

            using var account = KernelText.Create("agent_account", key.Join(handles.Write()));
            Pin(account.Fd, AccountOf(folder));
        }
        catch (LibBpfException)
        {
            Remove(folder);
            throw;
        }
    }

    /// <summary>Removes the folder of a start: what nobody else holds is detached and freed. The account goes first, so that a half is known as one.</summary>
    internal static void Remove(string folder)
    {
        File.Delete(AccountOf(folder));
        foreach (var file in Directory.EnumerateFileSystemEntries(folder).OrderBy(file => !Path.GetFileName(file).StartsWith("link_", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        Directory.Delete(folder);
    }

    private static string AccountOf(string folder) => Path.Combine(folder, Account);

    // The file system keeps names with a dot for itself.
    private static string MapPath(string folder, string name) => Path.Combine(folder, $"map_{name.Replace('.', '_')}");

    private static string ProgramPath(string folder, string name) => Path.Combine(folder, $"program_{name}");

    private static string LinkPath(string folder, int index) => Path.Combine(folder, $"link_{index}");

    private static void Pin(int fd, string path)
    {
        if (LibBpf.bpf_obj_pin(fd, path) != 0)
        {
            throw LibBpfException.FromLastError("bpf_obj_pin", path);
        }
    }

    private static int Get(string path)
    {
        var fd = LibBpf.bpf_obj_get(path);
        return fd >= 0 ? fd : throw LibBpfException.FromLastError("bpf_obj_get", path);
    }
}
