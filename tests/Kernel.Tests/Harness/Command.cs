using System.Diagnostics;
using System.Text;

namespace Kernel.Tests.Harness;

/// <summary>A process that ran to its end.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="ExitCode">128 + n when signal n ended it.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record Command(int Pid, int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program, without a shell and without input, whatever its exit code.</summary>
    public static async Task<Command> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var late = new CancellationTokenSource(Patience);
        try
        {
            // The outputs too: a child that outlives the process may hold them open.
            await Task.WhenAll(process.WaitForExitAsync(late.Token), output, error).WaitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took longer than {Patience}");
        }

        return new Command(process.Id, process.ExitCode, await output, await error);
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <exception cref="InvalidOperationException">Its exit code was not 0.</exception>
    public static async Task<Command> MustRunAsync(string program, params IEnumerable<string> arguments)
    {
        var ran = await RunAsync(program, arguments);
        return ran.ExitCode == 0
            ? ran
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {ran.ExitCode}: {ran.Error}{ran.Output}");
    }

    /// <summary>Runs a program in place of a shell: the same process, whose name before was <c>sh</c>.</summary>
    public static Task<Command> RunFromShellAsync(string program, params IEnumerable<string> arguments) =>
        RunAsync("sh", ["-c", "exec \"$0\" \"$@\"", program, .. arguments]);
}
