using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>
/// Whether the kernel takes programs at its own functions at all, found with one that does nothing. Where it refuses that one, it refuses all of its kind,
/// and there is no need to have each of them made ready for it, which takes a tenth of a second every time.
/// </summary>
internal static unsafe class HookKinds
{
    private const byte SetToImmediate = 0xb7;
    private const byte Exit = 0x95;
    private const int EPERM = 1;
    private const int EACCES = 13;

    /// <summary>How the names of backends begin, and the function at which the kind is tried: one that every kernel has.</summary>
    private static readonly (string Name, int Type, int Attach, string Function)[] Kinds =
    [
        ("lsm", LibBpf.BPF_PROG_TYPE_LSM, LibBpf.BPF_LSM_MAC, "bpf_lsm_file_open"),
        ("fexit", LibBpf.BPF_PROG_TYPE_TRACING, LibBpf.BPF_TRACE_FEXIT, "security_file_open"),
        ("fentry", LibBpf.BPF_PROG_TYPE_TRACING, LibBpf.BPF_TRACE_FENTRY, "security_file_open"),
    ];

    /// <summary>Those of the backends whose kind of program is not permitted, as trials.</summary>
    internal static IReadOnlyList<BackendTrial> Refused(IReadOnlyList<Backend> backends)
    {
        var types = LibBpf.btf__load_vmlinux_btf();
        if (types == 0)
        {
            return [];
        }

        try
        {
            return [.. Kinds
                .Where(kind => backends.Any(backend => IsOf(backend, kind.Name)))
                .Select(kind => (kind.Name, Refusal: Try(types, kind.Type, kind.Attach, kind.Function)))
                .Where(kind => kind.Refusal is not null)
                .SelectMany(kind => backends.Where(backend => IsOf(backend, kind.Name))
                    .Select(backend => new BackendTrial(backend, TrialResult.Refused, HostSupport.Explain(kind.Refusal!))))];
        }
        finally
        {
            LibBpf.btf__free(types);
        }
    }

    private static bool IsOf(Backend backend, string kind) => backend.Name.Split('-')[0] == kind;

    /// <summary>Null = it is taken, or there is another reason why not, which may be of that program alone.</summary>
    private static LibBpfException? Try(nint types, int type, int attach, string function)
    {
        var id = LibBpf.btf__find_by_name_kind(types, function, LibBpf.BTF_KIND_FUNC);
        if (id < 0)
        {
            return null;
        }

        var nothing = stackalloc LibBpf.Instruction[] { new() { Code = SetToImmediate }, new() { Code = Exit } };
        var options = new LibBpf.ProgramLoadOptions { Size = (nuint)sizeof(LibBpf.ProgramLoadOptions), ExpectedAttachType = attach, AttachBtfId = (uint)id };
        var fd = LibBpf.bpf_prog_load(type, "nothing", "GPL", nothing, 2, &options);
        if (fd >= 0)
        {
            _ = LibC.close(fd);
            return null;
        }

        return LibBpfException.FromLastError("bpf_prog_load", function) is { Errno: EPERM or EACCES } refusal ? refusal : null;
    }
}
