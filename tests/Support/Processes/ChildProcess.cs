using System.Diagnostics;

namespace Support.Processes;

/// <summary>
/// A process that a test starts and owns. Its output is kept. It is killed when disposed of or when the test host exits; a host that is
/// itself killed can only close its standard input. Safe for use by several threads.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly OutputLog _output = new();

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        AppDomain.CurrentDomain.ProcessExit += KillOnHostExit;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Exited = _process.WaitForExitAsync();
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code.</summary>
    /// <exception cref="InvalidOperationException">It still runs.</exception>
    public int ExitCode => _process.ExitCode;

    /// <summary>Completes when it has ended and all its output is here.</summary>
    public Task Exited { get; }

    /// <summary>The newest lines of standard output and standard error, in order of arrival.</summary>
    public string Output => _output.Text;

    /// <summary>
    /// Starts a program with arguments passed as they are, no shell between. Standard input stays open until it is stopped.
    /// </summary>
    /// <param name="fileName">A path or a name to be found on PATH.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="environment">Added to the environment of the test host; <c>null</c> values remove a variable.</param>
    public static ChildProcess Start(
        string fileName, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(start);
    }

    /// <summary>Waits for an output line that begins with the text, past lines included, and returns it.</summary>
    /// <exception cref="InvalidOperationException">
    /// The process ended, or the time is over, before it came. The message holds the output.
    /// </exception>
    public async Task<string> WaitForLineAsync(string beginning, TimeSpan timeout)
    {
        var line = _output.WaitForAsync(beginning);
        await Task.WhenAny(line, Exited, Task.Delay(timeout));
        return line.IsCompletedSuccessfully
            ? await line
            : throw new InvalidOperationException(
                $"{_process.StartInfo.FileName} {(HasExited ? $"exited with {ExitCode}" : $"took longer than {timeout}")} "
                + $"before it wrote \"{beginning}\". Its output:\n{Output}");
    }

    /// <summary>Kills the process and those it started, and waits for its end. Does nothing if it has ended.</summary>
    public async Task KillAsync()
    {
        Kill();
        await Exited;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        AppDomain.CurrentDomain.ProcessExit -= KillOnHostExit;
        _process.Dispose();
    }

    private void KillOnHostExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }
}
