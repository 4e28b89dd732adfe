using System.Diagnostics;

namespace Cdk.Tests.Support;

/// <summary>Runs a program to its end.</summary>
internal static class CommandLine
{
    public static bool IsPresent(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, tool)));

    /// <summary>Feeds <paramref name="input"/> to the program and returns exit code and everything it wrote.</summary>
    public static (int ExitCode, string Output) Run(
        string program, string[] arguments, string input = "", string? firstInPath = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (firstInPath is not null)
        {
            start.Environment["PATH"] = firstInPath + Path.PathSeparator + start.Environment["PATH"];
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
