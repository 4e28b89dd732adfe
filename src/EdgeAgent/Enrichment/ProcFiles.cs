using System.Buffers.Text;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using Wire.Model;
using Wire.Text;

namespace EdgeAgent.Enrichment;

/// <summary>
/// Reads processes that started before the agent from /proc. Everything here may vanish at any moment: then it is empty. One thread only.
/// </summary>
/// <remarks>
/// A command line is read with patience: it alone is in the process's own memory, which need not answer. One that does not come in time is empty and cut.
/// </remarks>
/// <param name="root">/proc, or a copy of it in tests.</param>
internal sealed class ProcFiles(string root)
{
    /// <summary>/proc counts starts in these (USER_HZ is 100 on every Linux ABI we run on).</summary>
    internal const ulong NsPerTick = 10_000_000;

    /// <summary>Longest wait for a command line.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>After so many that did not come within a minute none is waited for: who can make one can make more, and the rings do not wait.</summary>
    internal const int MostLate = 5;

    private const int StartTimeField = 22;
    private const long Minute = 60_000;

    private readonly PatientReader _commandLines = new(Read, Patience);
    private long _lateSince;
    private int _late;

    private static ReadOnlySpan<byte> DeletedSuffix => " (deleted)"u8;

    /// <summary>Image, argv and working directory, if the pid still belongs to that very process.</summary>
    internal ProcDescription Describe(ProcessKey key)
    {
        var folder = Path.Combine(root, $"{key.Pid}");
        if (StartTick(folder) != key.StartNs / NsPerTick)
        {
            return ProcDescription.Empty;
        }

        var read = CommandLine(Path.Combine(folder, "cmdline"));
        ReadOnlySpan<byte> argv = read;
        var cut = read is null || argv.Length > KernelContract.ArgvMax;
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
        ReadOnlySpan<byte> stat = Read(Path.Combine(folder, "stat"));
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

    private byte[]? CommandLine(string file)
    {
        var now = Environment.TickCount64;
        if (now - _lateSince >= Minute)
        {
            (_lateSince, _late) = (now, 0);
        }

        if (_late == MostLate)
        {
            return null;
        }

        var found = _commandLines.Read(file);
        _late += found is null ? 1 : 0;
        return found;
    }

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
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
