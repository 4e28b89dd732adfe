using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>An opened BPF object. Order of use: sizes, <see cref="Load"/>, maps, programs. One thread at a time;
/// maps are the kernel's and may be used meanwhile.</summary>
internal sealed unsafe class BpfObject : IDisposable
{
    private readonly SafeBpfObject _object;

    private BpfObject(SafeBpfObject opened) => _object = opened;

    /// <summary>Opens an object held in memory, of which only these programs and the iterators are to be loaded.</summary>
    internal static BpfObject Open(byte[] bytes, IEnumerable<string> programs)
    {
        LibBpfLog.Capture();
        fixed (byte* start = bytes)
        {
            var opened = LibBpf.bpf_object__open_mem(start, (nuint)bytes.Length, null);
            if (opened == 0)
            {
                throw LibBpfException.FromLastError("bpf_object__open_mem", BpfArtifact.Name);
            }

            var result = new BpfObject(new SafeBpfObject(opened));
            foreach (var (program, name, section) in result.Programs())
            {
                _ = LibBpf.bpf_program__set_autoload(program, IsIterator(section) || programs.Contains(name, StringComparer.Ordinal));
            }

            return result;
        }
    }

    /// <summary>Sets a map's number of entries (a ring's bytes) before load.</summary>
    internal void SetMaxEntries(string map, uint entries)
    {
        if (LibBpf.bpf_map__set_max_entries(MapPointer(map), entries) != 0)
        {
            throw LibBpfException.FromLastError("bpf_map__set_max_entries", map);
        }
    }

    /// <summary>Sets what a map of constants holds, before load: to the kernel, what they exclude is dead code.</summary>
    internal void SetConstants<T>(string map, T value)
        where T : unmanaged
    {
        if (LibBpf.bpf_map__set_initial_value(MapPointer(map), &value, (nuint)sizeof(T)) != 0)
        {
            throw LibBpfException.FromLastError("bpf_map__set_initial_value", map);
        }
    }

    /// <summary>Has the kernel check and take all programs and maps.</summary>
    internal void Load()
    {
        if (LibBpf.bpf_object__load(_object.Pointer) != 0)
        {
            throw LibBpfException.FromLastError("bpf_object__load", BpfArtifact.Name);
        }
    }

    /// <summary>A map of the loaded object.</summary>
    internal BpfMap<TKey, TValue> Map<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged => new(name, LibBpf.bpf_map__fd(MapPointer(name)));

    /// <summary>Descriptor and number of entries of a map.</summary>
    internal (int Fd, uint MaxEntries) MapInfo(string name)
    {
        var map = MapPointer(name);
        return (LibBpf.bpf_map__fd(map), LibBpf.bpf_map__max_entries(map));
    }

    /// <summary>All programs: pointer and section, which says what to attach to.</summary>
    internal IEnumerable<(nint Program, string Name, string Section)> Programs()
    {
        for (var program = Next(0); program != 0; program = Next(program))
        {
            yield return (program, Text(program, section: false), Text(program, section: true));
        }
    }

    /// <summary>How often the kernel left a program out because a run of it was interrupted on the same CPU; 0 where it does not tell.</summary>
    internal static ulong LeftOut(nint program)
    {
        var info = default(LibBpf.ProgramInfo);
        var size = (uint)sizeof(LibBpf.ProgramInfo);
        return LibBpf.bpf_obj_get_info_by_fd(LibBpf.bpf_program__fd(program), &info, &size) == 0 ? info.RecursionMisses : 0;
    }

    /// <summary>Whether the section is that of a program that runs when it is asked.</summary>
    internal static bool IsIterator(string section) => section.StartsWith("iter/", StringComparison.Ordinal);

    /// <summary>Attaches a program to what its section names.</summary>
    internal static SafeBpfLink Attach(nint program, string name) =>
        Link(LibBpf.bpf_program__attach(program), "bpf_program__attach", name);

    /// <summary>Attaches a program to a cgroup, given by an open descriptor of its folder.</summary>
    internal static SafeBpfLink AttachCgroup(nint program, string name, int cgroup) =>
        Link(LibBpf.bpf_program__attach_cgroup(program, cgroup), "bpf_program__attach_cgroup", name);

    /// <summary>Runs an iterator program once and gives the values it wrote.</summary>
    /// <param name="name">The program.</param>
    /// <param name="pid">Process to which newer kernels (6.1) confine it; 0 = all.</param>
    internal IReadOnlyList<T> Iterate<T>(string name, uint pid)
        where T : unmanaged
    {
        var program = LibBpf.bpf_object__find_program_by_name(_object.Pointer, name);
        var info = new LibBpf.IterTaskInfo { Pid = pid };
        var options = new LibBpf.IterAttachOptions
        {
            Size = (nuint)sizeof(LibBpf.IterAttachOptions), LinkInfo = &info, LinkInfoLength = (uint)sizeof(LibBpf.IterTaskInfo),
        };
        var attached = pid == 0 ? 0 : LibBpf.bpf_program__attach_iter(program, &options);
        using var link = Link(
            attached != 0 ? attached : LibBpf.bpf_program__attach_iter(program, null), "bpf_program__attach_iter", name);
        var fd = LibBpf.bpf_iter_create(link.Fd);
        if (fd < 0)
        {
            throw LibBpfException.FromLastError("bpf_iter_create", name);
        }

        try
        {
            return ReadAll<T>(fd, name);
        }
        finally
        {
            _ = LibC.close(fd);
        }
    }

    public void Dispose() => _object.Dispose();

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

    private static SafeBpfLink Link(nint link, string call, string name) =>
        link != 0 ? new SafeBpfLink(link) : throw LibBpfException.FromLastError(call, name);

    private nint MapPointer(string name)
    {
        var map = LibBpf.bpf_object__find_map_by_name(_object.Pointer, name);
        return map != 0 ? map : throw LibBpfException.FromLastError("bpf_object__find_map_by_name", name);
    }

    private nint Next(nint program) => LibBpf.bpf_object__next_program(_object.Pointer, program);

    private static string Text(nint program, bool section) => Marshal.PtrToStringUTF8(
        (nint)(section ? LibBpf.bpf_program__section_name(program) : LibBpf.bpf_program__name(program)))!;
}
