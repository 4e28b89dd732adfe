using EndToEnd.Tests.Setup;

namespace EndToEnd.Tests.Chaos;

/// <summary>The wall clock of processes that are started with <see cref="Environment"/>: it can be stepped while they run.</summary>
internal sealed class SteppedClock : IDisposable
{
    private static readonly string Library = Path.Combine(Path.GetDirectoryName(Support.KernelRequirements.TriggerExecutable)!, "clock-step.so");

    private readonly TemporaryFolder _folder = new();

    public SteppedClock() => Step(TimeSpan.Zero);

    private string File => Path.Combine(_folder.Path, "step");

    /// <summary>Variables for the processes.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Environment => [new("LD_PRELOAD", Library), new("CLOCK_STEP_FILE", File)];

    /// <summary>Sets the clock to so much after the machine's own.</summary>
    public void Step(TimeSpan by)
    {
        using var file = System.IO.File.OpenHandle(File, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, BitConverter.GetBytes((long)by.TotalSeconds), 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
