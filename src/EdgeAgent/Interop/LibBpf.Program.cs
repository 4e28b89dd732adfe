using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>Programs that are no part of an object.</content>
internal static unsafe partial class LibBpf
{
    internal const int BPF_PROG_TYPE_TRACING = 26;
    internal const int BPF_PROG_TYPE_LSM = 29;
    internal const int BPF_TRACE_FENTRY = 24;
    internal const int BPF_TRACE_FEXIT = 25;
    internal const int BPF_LSM_MAC = 27;
    internal const uint BTF_KIND_FUNC = 12;

    /// <summary>Reads the kernel's own types; 0 = they cannot be had. To be given to <see cref="btf__free"/>.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint btf__load_vmlinux_btf();

    [LibraryImport(Library)]
    internal static partial void btf__free(nint btf);

    /// <summary>Below 0 = there is none.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int btf__find_by_name_kind(nint btf, string name, uint kind);

    /// <summary>Below 0 = the kernel does not take it.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int bpf_prog_load(int type, string name, string license, Instruction* instructions, nuint count, ProgramLoadOptions* options);

    /// <summary>struct bpf_insn; both registers in one byte.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Instruction
    {
        public byte Code;
        public byte Registers;
        public short Offset;
        public int Immediate;
    }

    /// <summary>struct bpf_prog_load_opts up to what is used of it; libbpf takes what is behind for 0.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ProgramLoadOptions
    {
        public nuint Size;
        public int Attempts;
        public int ExpectedAttachType;
        public uint ProgramBtf;
        public uint Flags;
        public uint Interface;
        public uint KernelVersion;
        public uint AttachBtfId;
        public uint AttachProgram;
    }
}
