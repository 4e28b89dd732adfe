using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using EdgeAgent.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Probes;

/// <summary>Finds the root of the cgroup v2 hierarchy, where network probes see every process.</summary>
internal static partial class CgroupRoot
{
    private const int RootField = 3;
    private const int MountPointField = 4;

    /// <summary>
    /// The mount point of cgroup2, also on hosts that use v1 beside it; null when none is mounted. A mount of the whole hierarchy is
    /// preferred to one of a part, as containers have it.
    /// </summary>
    /// <param name="mountInfo">Lines of /proc/self/mountinfo, see proc(5).</param>
    internal static string? Find(IEnumerable<string> mountInfo) => mountInfo
        .Select(line => line.Split(" - "))
        .Where(halves => halves.Length == 2 && halves[1].StartsWith("cgroup2 ", StringComparison.Ordinal))
        .Select(halves => halves[0].Split(' '))
        .Where(fields => fields.Length > MountPointField)
        .OrderByDescending(fields => fields[RootField] == "/")
        .Select(fields => OctalEscape().Replace(fields[MountPointField], Unescape))
        .FirstOrDefault();

    /// <summary>Opens the root of the hierarchy. Where the host has not mounted it, it is mounted for this descriptor alone, without a place among the files.</summary>
    /// <exception cref="ProbeException">It can be neither opened nor mounted.</exception>
    internal static SafeFileHandle Open()
    {
        var root = Find(File.ReadLines("/proc/self/mountinfo"));
        var fd = root is null ? PrivateMount.Open("cgroup2") : LibC.open(root, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        return fd >= 0
            ? new SafeFileHandle(fd, ownsHandle: true)
            : throw new ProbeException(root is null
                ? $"no cgroup v2 is mounted, and none can be ({Marshal.GetLastPInvokeErrorMessage()}): the network probes need a kernel with CONFIG_CGROUPS and CONFIG_CGROUP_BPF, and CAP_SYS_ADMIN"
                : $"the cgroup root {root} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>The kernel writes space, tab, line feed and backslash as three octal digits.</summary>
    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex OctalEscape();

    private static string Unescape(Match escape)
    {
        var digits = escape.Groups[1].Value;
        return ((char)Convert.ToInt32(digits, 8)).ToString(CultureInfo.InvariantCulture);
    }
}
