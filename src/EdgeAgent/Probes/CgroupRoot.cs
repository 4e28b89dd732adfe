using System.Globalization;
using System.Text.RegularExpressions;

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

    /// <summary>The kernel writes space, tab, line feed and backslash as three octal digits.</summary>
    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex OctalEscape();

    private static string Unescape(Match escape)
    {
        var digits = escape.Groups[1].Value;
        return ((char)Convert.ToInt32(digits, 8)).ToString(CultureInfo.InvariantCulture);
    }
}
