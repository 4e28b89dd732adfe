using System.Diagnostics;

namespace LocalPipeline.Tests.Commands;

/// <summary>Runs the real executable to its end.</summary>
internal static class PipelineProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Path of the executable.</summary>
    internal static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "pipeline");

    /// <summary>Exit code, standard output and standard error.</summary>
    internal static Task<(int ExitCode, string Output, string Messages)> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>The same, with a text as standard input.</summary>
    internal static async Task<(int ExitCode, string Output, string Messages)> RunWithInputAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var messages = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await messages);
    }
}
