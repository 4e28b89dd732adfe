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

    /// <summary>Below 0 = the kernel does not take it.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int bpf_prog_load(int type, string name, string license, Instruction* instructions, nuint count, ProgramLoadOptions* options);

    /// <summary>Attaches a program to what it was loaded for, or to a raw tracepoint of that name. Gives the link's descriptor.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int bpf_raw_tracepoint_open(string? name, int prog_fd);

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
