using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>bpf/btf.h: the kernel's description of its own types and functions.</content>
internal static unsafe partial class LibBpf
{
    internal const uint BTF_KIND_STRUCT = 4;
    internal const uint BTF_KIND_FUNC = 12;

    /// <summary>Reads the kernel's own types; 0 = they cannot be had. To be given to <see cref="btf__free"/>.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint btf__load_vmlinux_btf();

    [LibraryImport(Library)]
    internal static partial void btf__free(nint btf);

    /// <summary>Below 0 = there is none.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int btf__find_by_name_kind(nint btf, string name, uint kind);

    /// <summary>One more than the last id; ids begin at 1.</summary>
    [LibraryImport(Library)]
    internal static partial uint btf__type_cnt(nint btf);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial TypeDescription* btf__type_by_id(nint btf, uint id);

    /// <summary>Ends with a 0.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial byte* btf__name_by_offset(nint btf, uint offset);

    /// <summary>struct btf_type.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TypeDescription
    {
        public uint NameOffset;
        public uint Info;

        /// <summary>Of a function, its arguments and result.</summary>
        public uint Type;

        public readonly uint Kind => (Info >> 24) & 0x1f;
    }
}
