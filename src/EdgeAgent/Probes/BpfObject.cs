using System.Runtime.InteropServices;
using System.Text;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>An opened BPF object. Order of use: sizes, <see cref="Load"/>, maps, programs. One thread at a time;
/// maps are the kernel's and may be used meanwhile.</summary>
internal sealed unsafe class BpfObject : IDisposable
{
    private const string UringSections = "raw_tp/io_uring_";
    private readonly SafeBpfObject _object;

    private BpfObject(SafeBpfObject opened) => _object = opened;

    /// <summary>Opens an object held in memory, of which only these programs and the iterators are to be loaded.</summary>
    /// <exception cref="ProbeException">It is not the one that this agent was built with.</exception>
    /// <exception cref="LibBpfException">It is not one at all.</exception>
    internal static BpfObject Open(byte[] bytes, IEnumerable<string> programs)
    {
        if (BpfArtifact.FaultOf(bytes) is { } fault)
        {
            throw new ProbeException(fault);
        }

        LibBpfLog.Capture();

        // Types that the kernel's own description lacks are looked for in those of its modules; who is not CAP_SYS_ADMIN may not list
        // them, and libbpf gives up. The probes need none of them: then the kernel's own is given as if it were a file from elsewhere.
        var isAdministrator = Capabilities.IsAdministrator(File.ReadLines("/proc/self/status"));
        fixed (byte* start = bytes, types = Encoding.UTF8.GetBytes(HostSupport.Btf + '\0'))
        {
            var options = new LibBpf.OpenOptions { Size = (nuint)sizeof(LibBpf.OpenOptions), BtfCustomPath = isAdministrator ? null : types };
            var opened = LibBpf.bpf_object__open_mem(start, (nuint)bytes.Length, &options);
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

    /// <summary>Has the programs use a map that is there already instead of a new one; before load.</summary>
    internal void Reuse(string map, int fd)
    {
        if (LibBpf.bpf_map__reuse_fd(MapPointer(map), fd) != 0)
        {
            throw LibBpfException.FromLastError("bpf_map__reuse_fd", map);
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

    /// <summary>Has a program made for another function of the kernel; before load.</summary>
    internal void SetTarget(string program, string function)
    {
        if (LibBpf.bpf_program__set_attach_target(Programs().First(one => one.Name == program).Program, 0, function) != 0)
        {
            throw LibBpfException.FromLastError("bpf_program__set_attach_target", function);
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

    /// <summary>Descriptors of the loaded object, which owns them.</summary>
    /// <param name="backends">The backends whose programs are loaded.</param>
    internal KernelHandles Handles(IEnumerable<Backend> backends) => new(
        [.. backends.Select(backend => backend.FullName)],
        Maps().Where(map => LibBpf.bpf_map__fd(map) >= 0).ToDictionary(
            map => Marshal.PtrToStringUTF8((nint)LibBpf.bpf_map__name(map))!, map => new MapHandle(LibBpf.bpf_map__fd(map), LibBpf.bpf_map__max_entries(map)),
            StringComparer.Ordinal),
        [.. Programs().Select(p => new ProgramHandle(p.Name, p.Section, LibBpf.bpf_program__fd(p.Program))).Where(p => p.Fd >= 0)], [], 0);

    /// <summary>All programs: pointer and section, which says what to attach to.</summary>
    internal IEnumerable<(nint Program, string Name, string Section)> Programs()
    {
        for (var program = Next(0); program != 0; program = Next(program))
        {
            yield return (program, Text(program, section: false), Text(program, section: true));
        }
    }

    /// <summary>Whether the section is that of a program that runs when it is asked.</summary>
    internal static bool IsIterator(string section) => section.StartsWith("iter/", StringComparison.Ordinal);

    /// <summary>Attaches a program to what its section names.</summary>
    internal static SafeBpfLink Attach(nint program, string name) =>
        Link(LibBpf.bpf_program__attach(program), "bpf_program__attach", name);

    /// <summary>Null when the kernel has no io_uring, so that there is nothing to see.</summary>
    internal static SafeBpfLink? TryAttach(nint program, string name, string section)
    {
        try
        {
            return Attach(program, name);
        }
        catch (LibBpfException e) when (e.Errno == LibC.ENOENT && section.StartsWith(UringSections, StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Attaches a program to a cgroup, given by an open descriptor of its folder.</summary>
    internal static SafeBpfLink AttachCgroup(nint program, string name, int cgroup) =>
        Link(LibBpf.bpf_program__attach_cgroup(program, cgroup), "bpf_program__attach_cgroup", name);

    public void Dispose() => _object.Dispose();

    private static SafeBpfLink Link(nint link, string call, string name) =>
        link != 0 ? new SafeBpfLink(link) : throw LibBpfException.FromLastError(call, name);

    private nint MapPointer(string name)
    {
        var map = LibBpf.bpf_object__find_map_by_name(_object.Pointer, name);
        return map != 0 ? map : throw LibBpfException.FromLastError("bpf_object__find_map_by_name", name);
    }

    private IEnumerable<nint> Maps()
    {
        for (var map = NextMap(0); map != 0; map = NextMap(map))
        {
            yield return map;
        }
    }

    private nint NextMap(nint map) => LibBpf.bpf_object__next_map(_object.Pointer, map);

    private nint Next(nint program) => LibBpf.bpf_object__next_program(_object.Pointer, program);

    private static string Text(nint program, bool section) => Marshal.PtrToStringUTF8(
        (nint)(section ? LibBpf.bpf_program__section_name(program) : LibBpf.bpf_program__name(program)))!;
}
