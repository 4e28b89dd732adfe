using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>Names of system calls for rules: of those that do the same, the plainest. Thread-safe.</summary>
public static class CallNames
{
    /// <summary>The name; empty for a kind that this version does not know.</summary>
    public static string Of(CallKind call) => call switch
    {
        CallKind.Open => "open",
        CallKind.Rename => "rename",
        CallKind.Link => "link",
        CallKind.Symlink => "symlink",
        CallKind.Unlink => "unlink",
        CallKind.Truncate => "truncate",
        CallKind.Chmod => "chmod",
        CallKind.Chown => "chown",
        CallKind.Mount => "mount",
        CallKind.Umount => "umount2",
        CallKind.PivotRoot => "pivot_root",
        CallKind.ModuleLoad => "init_module",
        CallKind.BpfLoad => "bpf",
        CallKind.Ptrace => "ptrace",
        CallKind.MemoryWrite => "process_vm_writev",
        CallKind.MemfdCreate => "memfd_create",
        CallKind.Setuid => "setuid",
        CallKind.Setreuid => "setreuid",
        CallKind.Setresuid => "setresuid",
        CallKind.Setns => "setns",
        CallKind.Unshare => "unshare",
        CallKind.RawSocket => "socket",
        _ => "",
    };

    /// <summary>The kind of a name; <see cref="CallKind.None"/> when there is none.</summary>
    public static CallKind Find(string name)
    {
        for (var call = CallKind.Rename; call <= CallKind.RawSocket; call++)
        {
            if (Of(call) == name)
            {
                return call;
            }
        }

        return CallKind.None;
    }
}
