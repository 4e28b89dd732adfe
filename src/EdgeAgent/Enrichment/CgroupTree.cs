using System.Runtime.InteropServices;
using EdgeAgent.Interop;
using EdgeAgent.Intake;
using Wire.Text;

namespace EdgeAgent.Enrichment;

/// <summary>Paths of cgroups (v2) by their ids. One thread only.</summary>
/// <remarks>
/// The id is the number of the cgroup's folder and its file handle, so the kernel is asked for exactly this folder: no search, and no
/// process has to be alive. Ids are not used again while the host runs, and cgroups of v2 cannot be renamed.
/// </remarks>
internal sealed unsafe class CgroupTree : IDisposable
{
    private static readonly byte[] DeletedSuffix = " (deleted)"u8.ToArray();
    private readonly int _mount;
    private readonly string _root;

    private CgroupTree(string root, int mount)
    {
        _root = root;
        _mount = mount;
    }

    /// <summary>Opens the tree. Where the kernel does not let us ask, that is reported and no path is known.</summary>
    /// <param name="root">Mount point of cgroup2; null where there is none.</param>
    /// <param name="report">Takes the trouble.</param>
    internal static CgroupTree Open(string? root, Action<string> report)
    {
        var mount = root is null ? -1 : LibC.open(root, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        var tree = new CgroupTree(root ?? "", mount);
        var fault = root is null ? "no cgroup v2 is mounted"
            : mount < 0 ? Marshal.GetLastPInvokeErrorMessage()
            : tree.FaultOfRoot();
        if (fault is not null)
        {
            report($"container ids stay empty, cgroups cannot be looked up: {fault}");
        }

        return tree;
    }

    /// <summary>The path below the mount point, with a leading slash ("/" for the root); empty when there is no such cgroup any more.</summary>
    /// <param name="id">Id as in the kernel's records.</param>
    internal string PathOf(ulong id)
    {
        var fd = _mount < 0 ? -1 : OpenById(id);
        if (fd < 0)
        {
            return "";
        }

        var path = LinkOf(fd);
        _ = LibC.close(fd);
        return path.StartsWith(_root, StringComparison.Ordinal) ? "/" + path[_root.Length..].TrimStart('/') : "";
    }

    public void Dispose()
    {
        if (_mount >= 0)
        {
            _ = LibC.close(_mount);
        }
    }

    /// <summary>Asks for the folder that is open already: what fails here would fail for every cgroup.</summary>
    private string? FaultOfRoot()
    {
        LibC.Statx stat;
        if (LibC.statx(_mount, "", LibC.AT_EMPTY_PATH, LibC.STATX_BASIC_AND_BTIME, &stat) != 0)
        {
            return Marshal.GetLastPInvokeErrorMessage();
        }

        var fd = OpenById(stat.Inode);
        if (fd < 0)
        {
            return $"open_by_handle_at: {Marshal.GetLastPInvokeErrorMessage()} (needs CAP_DAC_READ_SEARCH)";
        }

        _ = LibC.close(fd);
        return null;
    }

    private int OpenById(ulong id)
    {
        var handle = new LibC.KernfsHandle { Bytes = sizeof(ulong), Type = LibC.FILEID_KERNFS, Id = id };
        return LibC.open_by_handle_at(_mount, &handle, LibC.O_PATH | LibC.O_CLOEXEC);
    }

    private static string LinkOf(int fd)
    {
        var buffer = stackalloc byte[KernelContract.PathMax];
        var length = LibC.readlink($"/proc/self/fd/{fd}", buffer, KernelContract.PathMax);
        var path = new ReadOnlySpan<byte>(buffer, (int)Math.Max(0, length));
        return KernelString.FromBytes(path.EndsWith(DeletedSuffix) ? path[..^DeletedSuffix.Length] : path);
    }
}
