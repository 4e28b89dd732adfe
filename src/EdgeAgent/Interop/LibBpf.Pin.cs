using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>bpf/bpf.h and bpf/libbpf.h: what outlives a process, and maps that were not described in an object.</content>
internal static unsafe partial class LibBpf
{
    internal const int BPF_MAP_TYPE_ARRAY = 2;
    internal const uint BPF_F_MMAPABLE = 1 << 10;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int bpf_obj_pin(int fd, string pathname);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int bpf_obj_get(string pathname);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int bpf_map_create(int map_type, string map_name, uint key_size, uint value_size, uint max_entries, MapCreateOptions* opts);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bpf_map__reuse_fd(nint map, int fd);

    /// <summary>struct bpf_map_create_opts, up to what we set.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    internal struct MapCreateOptions
    {
        [FieldOffset(0)]
        public nuint Size;

        [FieldOffset(28)]
        public uint Flags;
    }
}
