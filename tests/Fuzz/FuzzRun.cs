using System.Diagnostics;
using System.Security.Cryptography;

namespace Fuzz;

/// <summary>Runs cases of targets and reports the first fault of each. Not thread-safe.</summary>
internal sealed class FuzzRun : IDisposable
{
    private const int NumberEvery = 1_000;
    private readonly FuzzLimits _limits;
    private readonly TextWriter _output;
    private readonly string? _folder;
    private readonly Watchdog _watchdog;
    private (FuzzTarget Target, byte[] Input, string Seed)? _current;

    /// <param name="limits">What a case may cost.</param>
    /// <param name="output">Where findings are told.</param>
    /// <param name="folder">Where inputs go that show a fault, and the one that runs, for when the process dies of it; null = nowhere.</param>
    /// <param name="onHang">What ends the process when a case does not end by itself.</param>
    public FuzzRun(FuzzLimits limits, TextWriter output, string? folder, Action onHang)
    {
        (_limits, _output, _folder) = (limits, output, folder);
        _watchdog = new Watchdog(limits, fault =>
        {
            Report(fault);
            onHang();
        });
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>Findings so far.</summary>
    public int Findings { get; private set; }

    /// <summary>The most that a case cost so far, and the case that took longest.</summary>
    public (TimeSpan Time, long Bytes, string Case) Most { get; private set; }

    /// <summary>Runs the case of a number.</summary>
    public void RunCase(FuzzTarget target, int seed, int number)
    {
        // Writing a file takes longer than millions of short cases together; of those the number has to do.
        if (_folder is not null && target.LeastCases > 0 && number % NumberEvery == 0)
        {
            File.WriteAllText(Running(target), $"FUZZ_SEED={seed}, case {number} or one of the next {NumberEvery}");
        }

        Run(target, target.Make(new Random(Mix(seed, number))), $"FUZZ_SEED={seed} case {number}");
    }

    /// <summary>Runs one input.</summary>
    public void Run(FuzzTarget target, byte[] input, string seed)
    {
        _current = (target, input, seed);
        if (_folder is not null && target.LeastCases == 0)
        {
            File.WriteAllBytes(Running(target), input);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        _watchdog.Begin();
        try
        {
            target.Run(input);
        }
#pragma warning disable CA1031 // Whatever comes out is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _watchdog.End();
            Report(e.ToString());
        }

        _watchdog.End();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > Math.Min(_limits.Bytes, target.MostBytes))
        {
            Report($"{allocated >> 20} MiB allocated");
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        var isDearest = elapsed > Most.Time;
        Most = (isDearest ? elapsed : Most.Time, Math.Max(allocated, Most.Bytes), isDearest ? seed : Most.Case);
    }

    public void Dispose()
    {
        _watchdog.Dispose();
        if (_folder is not null && _current is { } last)
        {
            File.Delete(Running(last.Target));
        }
    }

    private string Running(FuzzTarget target) => Path.Combine(_folder!, target.Name + "-running");

    private void Report(string fault)
    {
        Findings++;
        var (target, input, seed) = _current!.Value;
        _output.WriteLine($"{target.Name}: {seed}: {fault}");
        if (_folder is not null)
        {
            var file = Path.Combine(_folder, $"{target.Name}-{Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 6))}");
            File.WriteAllBytes(file, input);
            _output.WriteLine($"  again: dotnet run -c Release --project tests/Fuzz -- --target {target.Name} --input {file}");
        }
    }

    // Any case can be made without those before it.
    private static int Mix(int seed, int number) => unchecked((int)((((ulong)(uint)seed << 32) | (uint)number) * 0x9E37_79B9_7F4A_7C15ul >> 32));
}
