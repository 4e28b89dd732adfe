using EdgeAgent.Interop;
using Wire.Text;

namespace EdgeAgent.Enrichment;

/// <summary>
/// The links of /proc that lead to what a process has open, its root or its folder: the kernel follows them for nobody who looks a name up
/// in another's root, and <c>self</c> would be us. Thread-safe.
/// </summary>
/// <param name="proc">/proc, or a copy of it in tests.</param>
/// <param name="pid">The process that asked.</param>
internal sealed class ProcLinks(string proc, uint pid)
{
    private const int MaxBytes = 4096;

    /// <summary>As many as the kernel follows.</summary>
    private const int MostLinks = 40;

    /// <summary>The path without such links at its beginning; as it was from where one leads nowhere.</summary>
    internal string Follow(string path)
    {
        for (var i = 0; i < MostLinks && TargetOf(path) is { } target; i++)
        {
            path = target;
        }

        return path;
    }

    /// <summary>What a link says, or null.</summary>
    internal static unsafe string? Read(string link)
    {
        var bytes = stackalloc byte[MaxBytes];
        var length = LibC.readlink(link, bytes, MaxBytes);
        return length is > 0 and < MaxBytes ? KernelString.FromBytes(new ReadOnlySpan<byte>(bytes, (int)length)) : null;
    }

    private string? TargetOf(string path)
    {
        var isProc = path.AsSpan().TrimStart('/').StartsWith("proc/");
        if (!isProc && !path.AsSpan().TrimStart('/').StartsWith("dev/"))
        {
            return null;
        }

        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToArray();
        if (parts is ["dev", "fd", ..])
        {
            parts = ["proc", "self", .. parts[1..]];
        }
        else if (parts is ["proc", _, "task", _, ..])
        {
            parts = ["proc", .. parts[3..]];
        }

        var target = parts switch
        {
            ["proc", var who, "root" or "cwd" or "exe", .. var rest] => Join(LinkOf(who, parts[2]), rest),
            ["proc", var who, "fd", var fd, .. var rest] when fd.All(char.IsAsciiDigit) => Join(LinkOf(who, $"fd/{fd}"), rest),
            _ => null,
        };
        return target ?? (parts is ["proc", "self" or "thread-self", .. var below] ? Join($"/proc/{pid}", below) : null);
    }

    /// <summary>The root of a process that is gone was ours, for all that we know.</summary>
    private string? LinkOf(string who, string link) =>
        who is "self" or "thread-self" ? Read($"{proc}/{pid}/{link}") ?? (link == "root" ? "/" : null)
        : who.All(char.IsAsciiDigit) ? Read($"{proc}/{who}/{link}")
        : null;

    private static string? Join(string? target, string[] rest) =>
        target?.StartsWith('/') != true ? null : rest.Length == 0 ? target : $"{target.TrimEnd('/')}/{string.Join('/', rest)}";
}
