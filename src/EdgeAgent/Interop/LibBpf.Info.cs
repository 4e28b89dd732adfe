using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>bpf/bpf.h: what the kernel knows about a program.</content>
internal static unsafe partial class LibBpf
{
    [LibraryImport(Library)]
    internal static partial int bpf_program__fd(nint prog);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bpf_obj_get_info_by_fd(int bpf_fd, ProgramInfo* info, uint* info_len);

    /// <summary>struct bpf_prog_info, the field we read. Kernels before 5.12 do not write it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 224)]
    internal struct ProgramInfo
    {
        [FieldOffset(208)]
        public ulong RecursionMisses;
    }
}
