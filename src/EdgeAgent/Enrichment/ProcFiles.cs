using System.Buffers.Text;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using Wire.Model;
using Wire.Text;

namespace EdgeAgent.Enrichment;

/// <summary>Reads processes that started before the agent from /proc. Everything here may vanish at any moment: then it is empty.</summary>
/// <param name="root">/proc, or a copy of it in tests.</param>
internal sealed class ProcFiles(string root)
{
    /// <summary>/proc counts starts in these (USER_HZ is 100 on every Linux ABI we run on).</summary>
    internal const ulong NsPerTick = 10_000_000;

    private const int StartTimeField = 22;

    private static ReadOnlySpan<byte> DeletedSuffix => " (deleted)"u8;

    /// <summary>Image, argv and working directory, if the pid still belongs to that very process.</summary>
    internal ProcDescription Describe(ProcessKey key)
    {
        var folder = Path.Combine(root, $"{key.Pid}");
        if (StartTick(folder) != key.StartNs / NsPerTick)
        {
            return ProcDescription.Empty;
        }

        var argv = Bytes(Path.Combine(folder, "cmdline"));
        var cut = argv.Length > KernelContract.ArgvMax;
        var arguments = new List<string>();
        foreach (var range in argv[..Math.Min(argv.Length, KernelContract.ArgvMax)].TrimEnd((byte)0).Split((byte)0))
        {
            arguments.Add(KernelString.FromBytes(argv[range]));
        }

        return new ProcDescription(
            Link(Path.Combine(folder, "exe")), argv.IsEmpty ? [] : arguments, cut, Link(Path.Combine(folder, "cwd")));
    }

    /// <summary>When a process was started, in <see cref="NsPerTick"/>. proc(5), stat: the second field is the name in parentheses and may hold anything, so count from the last one.</summary>
    internal static ulong? StartTick(string folder)
    {
        var stat = Bytes(Path.Combine(folder, "stat"));
        var afterName = stat.LastIndexOf(") "u8);
        if (afterName < 0)
        {
            return null;
        }

        var field = 3;
        foreach (var range in stat[(afterName + 2)..].Split((byte)' '))
        {
            if (field++ == StartTimeField)
            {
                return Utf8Parser.TryParse(stat[(afterName + 2)..][range], out ulong tick, out _) ? tick : null;
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>Not through .NET's own link target, which replaces what is not UTF-8.</summary>
    private static unsafe string Link(string link)
    {
        var buffer = stackalloc byte[KernelContract.PathMax];
        var length = LibC.readlink(link, buffer, KernelContract.PathMax);
        var target = new ReadOnlySpan<byte>(buffer, (int)Math.Max(0, length));
        return KernelString.FromBytes(target.EndsWith(DeletedSuffix) ? target[..^DeletedSuffix.Length] : target);
    }
}
