using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>bpf/libbpf.h: objects, programs, links.</content>
internal static unsafe partial class LibBpf
{
    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint bpf_object__open_mem(void* obj_buf, nuint obj_buf_sz, OpenOptions* opts);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bpf_object__load(nint obj);

    [LibraryImport(Library)]
    internal static partial void bpf_object__close(nint obj);

    [LibraryImport(Library)]
    internal static partial nint bpf_object__next_program(nint obj, nint prog);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial nint bpf_object__find_map_by_name(nint obj, string name);

    [LibraryImport(Library)]
    internal static partial byte* bpf_program__name(nint prog);

    [LibraryImport(Library)]
    internal static partial byte* bpf_program__section_name(nint prog);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bpf_program__set_autoload(nint prog, [MarshalAs(UnmanagedType.U1)] bool autoload);

    /// <summary>Before the object is loaded.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int bpf_program__set_attach_target(nint prog, int attach_prog_fd, string attach_func_name);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint bpf_program__attach(nint prog);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint bpf_program__attach_cgroup(nint prog, int cgroup_fd);

    [LibraryImport(Library)]
    internal static partial int bpf_link__fd(nint link);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bpf_link__destroy(nint link);

    [LibraryImport(Library)]
    internal static partial delegate* unmanaged[Cdecl]<int, byte*, nint, int> libbpf_set_print(
        delegate* unmanaged[Cdecl]<int, byte*, nint, int> fn);

    /// <summary>struct bpf_object_open_opts, up to what we set.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 56)]
    internal struct OpenOptions
    {
        [FieldOffset(0)]
        public nuint Size;

        [FieldOffset(48)]
        public byte* BtfCustomPath;
    }
}
