using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>
/// Whether this kernel takes the CPU from a task in the middle of kernel code. Where it does, it leaves a program out for whoever runs
/// while another task stands in the middle of it, and copies of that program are needed.
/// </summary>
internal static unsafe class KernelPreemption
{
    /// <summary>Whether it does; null = not known. Asked once: a change of the mode while the agent runs shows as runs that were left out.</summary>
    internal static bool? Known { get; } = KnownBy(File.ReadAllText("/proc/version"), Mode);

    /// <summary>False only where it is known that it does not.</summary>
    internal static bool IsOn => Known ?? true;

    /// <param name="version">/proc/version.</param>
    /// <param name="mode">The mode of a kernel that can change it, as debugfs writes it; null = not known.</param>
    internal static bool? KnownBy(string version, Func<string?> mode)
    {
        var words = version.Split(' ', '\n');
        if (!words.Contains("PREEMPT_DYNAMIC", StringComparer.Ordinal))
        {
            return words.Any(word => word.StartsWith("PREEMPT", StringComparison.Ordinal));
        }

        return mode() is { } modes && modes.Contains('(', StringComparison.Ordinal)
            ? !modes.Contains("(none)", StringComparison.Ordinal) && !modes.Contains("(voluntary)", StringComparison.Ordinal)
            : null;
    }

    // As the host mounts it, which is all that a confined agent can read; else by a mount of its own.
    private static string? Mode()
    {
        try
        {
            return File.ReadAllText("/sys/kernel/debug/sched/preempt");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ModeOfOwnMount();
        }
    }

    private static string? ModeOfOwnMount()
    {
        var mount = PrivateMount.Open("debugfs");
        if (mount < 0)
        {
            return null;
        }

        var how = new LibC.OpenHow { Flags = LibC.O_RDONLY | LibC.O_CLOEXEC };
        var file = (int)LibC.syscall(LibC.SYS_openat2, mount, "sched/preempt", &how, (nuint)sizeof(LibC.OpenHow));
        _ = LibC.close(mount);
        if (file < 0)
        {
            return null;
        }

        var text = stackalloc byte[256];
        var length = LibC.read(file, text, 256);
        _ = LibC.close(file);
        return length <= 0 ? null : System.Text.Encoding.ASCII.GetString(text, (int)length);
    }
}
