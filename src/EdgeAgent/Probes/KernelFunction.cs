using System.Runtime.InteropServices;
using System.Text;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>A function of the kernel of a system call that matters.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FailedOnly">Whether only calls that fail are of interest.</param>
/// <param name="Descriptions">As the kernel describes it, by ids of its types: of one that it may be built without, sometimes twice. The one that libbpf finds comes first.</param>
internal sealed record KernelFunction(string Name, bool FailedOnly, IReadOnlyList<(uint Id, uint Prototype)> Descriptions)
{
    /// <summary>The table of them among the parts of the agent: bpf/call-functions.txt.</summary>
    internal const string Table = "call-functions.txt";

    private const string Symbols = "/proc/kallsyms";
    private const string Failed = "failed";

    // What the kernel keeps an in-flight call's way back in, so that it is not freed below one that sleeps; from 5.12 on, and in 5.10 from its early updates on.
    private const string WayBack = "bpf_tramp_image";
    private static readonly byte[] Prefix = "__"u8.ToArray();

    /// <summary>Those that this kernel has.</summary>
    /// <exception cref="ProbeException">It does not describe its types, or may crash when programs are detached from functions that sleep.</exception>
    internal static unsafe IReadOnlyList<KernelFunction> All()
    {
        var wanted = Names(RuntimeInformation.ProcessArchitecture).ToDictionary(
            one => one.Name, one => (one.FailedOnly, Descriptions: new List<(uint, uint)>()), StringComparer.Ordinal);
        var types = LibBpf.btf__load_vmlinux_btf();
        if (types == 0)
        {
            throw new ProbeException(LibBpfException.FromLastError("btf__load_vmlinux_btf", HostSupport.Btf).Message);
        }

        try
        {
            if (LibBpf.btf__find_by_name_kind(types, WayBack, LibBpf.BTF_KIND_STRUCT) < 0)
            {
                throw new ProbeException("this kernel frees what calls in progress return through when programs at their functions are detached; an update of it does not");
            }

            var end = LibBpf.btf__type_cnt(types);
            for (var id = 1u; id < end; id++)
            {
                var type = LibBpf.btf__type_by_id(types, id);
                if (type->Kind != LibBpf.BTF_KIND_FUNC)
                {
                    continue;
                }

                var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(LibBpf.btf__name_by_offset(types, type->NameOffset));
                if (name.StartsWith(Prefix) && wanted.TryGetValue(Encoding.UTF8.GetString(name), out var found))
                {
                    found.Descriptions.Add((id, type->Type));
                }
            }
        }
        finally
        {
            LibBpf.btf__free(types);
        }

        return [.. wanted.Where(one => one.Value.Descriptions.Count > 0).Select(one => new KernelFunction(one.Key, one.Value.FailedOnly, one.Value.Descriptions))];
    }

    /// <summary>Those of the table for a machine, whether a kernel has them or not.</summary>
    internal static IEnumerable<(string Name, bool FailedOnly)> Names(Architecture architecture) => Encoding.UTF8.GetString(BpfArtifact.Resource(Table)!)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words[0] == (architecture == Architecture.Arm64 ? "arm64" : "x86_64"))
        .SelectMany(words => words[3..].Select(name => (words[2] + name, words[1] == Failed)));

    /// <summary>Those of the table that this kernel has and does not describe: nothing can hang there.</summary>
    /// <param name="described">Those that it describes.</param>
    internal static IReadOnlyList<string> NotAmong(IEnumerable<KernelFunction> described)
    {
        var wanted = Names(RuntimeInformation.ProcessArchitecture).Select(one => one.Name).Except(described.Select(one => one.Name)).ToHashSet(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var line in File.ReadLines(Symbols))
        {
            // Address, kind, name, and the module's name for those of modules.
            var name = line.AsSpan(line.AsSpan().LastIndexOf(' ') + 1);
            if (name.StartsWith("__", StringComparison.Ordinal) && wanted.Contains(name.ToString()))
            {
                missing.Add(name.ToString());
            }
        }

        return missing;
    }

    /// <summary>Its id with these arguments; null = it has others.</summary>
    internal uint? IdWith(uint prototype) => Descriptions.FirstOrDefault(one => one.Prototype == prototype) is { Id: > 0 } found ? found.Id : null;
}
