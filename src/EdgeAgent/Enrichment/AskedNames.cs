using EdgeAgent.Interop;
using Wire.Text;

namespace EdgeAgent.Enrichment;

/// <summary>
/// Where a name leads that a process asked with, as well as that can be told after the call: through the process's own root, and only by
/// what the kernel has in its cache of names, so that no file system can keep the agent waiting. Thread-safe.
/// </summary>
/// <param name="proc">/proc, or a copy of it in tests.</param>
internal sealed class AskedNames(string proc)
{
    private const int MaxBytes = 4096;

    /// <summary>The path; where the name is not found any more, what it says itself, without <c>.</c>, <c>..</c> and empty parts.</summary>
    /// <param name="pid">Process, in the initial pid namespace.</param>
    /// <param name="folder">Path that a name without a leading '/' is relative to; empty when that is not known.</param>
    /// <param name="name">The name.</param>
    /// <param name="follow">The last part is followed if it is a link; else only its folder is looked up.</param>
    internal string PathOf(uint pid, string folder, string name, bool follow)
    {
        if (name.Length == 0)
        {
            return folder;
        }

        var whole = Plain(name[0] == '/' ? name : $"{folder}/{name}");
        if (follow && Find(pid, whole) is { } real)
        {
            return real;
        }

        var last = whole.LastIndexOf('/') + 1;
        return last > 1 && Find(pid, whole[..(last - 1)]) is { } above ? $"{(above == "/" ? "" : above)}/{whole[last..]}" : whole;
    }

    private static string Plain(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }

    // Null when there is no such file now, or it cannot be told without asking a file system.
    private unsafe string? Find(uint pid, string path)
    {
        if (path.Length > MaxBytes || LibC.open($"{proc}/{pid}/root", LibC.O_PATH | LibC.O_CLOEXEC, 0) is not (>= 0 and var root))
        {
            return null;
        }

        var bytes = stackalloc byte[(3 * MaxBytes) + 1];
        bytes[KernelString.GetBytes(path, new Span<byte>(bytes, 3 * MaxBytes))] = 0;
        var how = new LibC.OpenHow { Flags = (ulong)(LibC.O_PATH | LibC.O_CLOEXEC), Resolve = LibC.RESOLVE_IN_ROOT | LibC.RESOLVE_CACHED };
        var file = (int)LibC.syscall(LibC.SYS_openat2, root, bytes, &how, (nuint)sizeof(LibC.OpenHow));
        _ = LibC.close(root);
        if (file < 0)
        {
            return null;
        }

        var length = LibC.readlink($"/proc/self/fd/{file}", bytes, MaxBytes);
        _ = LibC.close(file);
        return length is > 0 and < MaxBytes && bytes[0] == '/' ? KernelString.FromBytes(new ReadOnlySpan<byte>(bytes, (int)length)) : null;
    }
}
