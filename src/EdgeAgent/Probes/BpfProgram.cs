using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Loaded programs, by their descriptors.</summary>
internal static unsafe class BpfProgram
{
    /// <summary>How often the kernel left a program out because a run of it was interrupted on the same CPU; 0 where it does not tell.</summary>
    internal static ulong LeftOut(ProgramHandle program)
    {
        var info = default(LibBpf.ProgramInfo);
        var size = (uint)sizeof(LibBpf.ProgramInfo);
        return LibBpf.bpf_obj_get_info_by_fd(program.Fd, &info, &size) == 0 ? info.RecursionMisses : 0;
    }

    /// <summary>Runs an iterator program once and gives the values it wrote.</summary>
    /// <param name="program">The program.</param>
    /// <param name="pid">Process to which newer kernels (6.1) confine it; 0 = all.</param>
    /// <exception cref="LibBpfException">The kernel does not run it.</exception>
    internal static IReadOnlyList<T> Iterate<T>(ProgramHandle program, uint pid)
        where T : unmanaged
    {
        var info = new LibBpf.IterTaskInfo { Pid = pid };
        var options = new LibBpf.LinkCreateOptions
        {
            Size = (nuint)sizeof(LibBpf.LinkCreateOptions), IterInfo = &info, IterInfoLength = (uint)sizeof(LibBpf.IterTaskInfo),
        };
        var confined = pid == 0 ? -1 : LibBpf.bpf_link_create(program.Fd, 0, LibBpf.BPF_TRACE_ITER, &options);
        var link = Checked(confined >= 0 ? confined : LibBpf.bpf_link_create(program.Fd, 0, LibBpf.BPF_TRACE_ITER, null), "bpf_link_create", program.Name);
        var fd = -1;
        try
        {
            fd = Checked(LibBpf.bpf_iter_create(link), "bpf_iter_create", program.Name);
            return ReadAll<T>(fd, program.Name);
        }
        finally
        {
            _ = LibC.close(link);
            _ = fd < 0 ? 0 : LibC.close(fd);
        }
    }

    private static int Checked(int fd, string call, string name) => fd >= 0 ? fd : throw LibBpfException.FromLastError(call, name);

    private static List<T> ReadAll<T>(int fd, string name)
        where T : unmanaged
    {
        var bytes = new List<byte>();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            nint read;
            fixed (byte* start = buffer)
            {
                read = LibC.read(fd, start, (nuint)buffer.Length);
            }

            // EAGAIN: a million objects were passed without output, as on a host with very many open files. The next read goes on.
            if (read < 0 && Marshal.GetLastPInvokeError() is not (LibC.EINTR or LibC.EAGAIN))
            {
                throw LibBpfException.FromLastError("read of iterator", name);
            }

            if (read == 0)
            {
                break;
            }

            bytes.AddRange(buffer.AsSpan(0, (int)Math.Max(0, read)));
        }

        var span = CollectionsMarshal.AsSpan(bytes);
        return [.. MemoryMarshal.Cast<byte, T>(span[..(span.Length / Unsafe.SizeOf<T>() * Unsafe.SizeOf<T>())])];
    }
}
