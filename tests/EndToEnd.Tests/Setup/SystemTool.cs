using System.Diagnostics;

namespace EndToEnd.Tests.Setup;

/// <summary>A system program that is run to its end.</summary>
internal static class SystemTool
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Runs it, and throws unless it ends with 0. Synchronous, to clean up while the test host exits.</summary>
    /// <param name="isTransient">Says by the exit code that it may succeed a moment later; <c>null</c> to try only once.</param>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string Run(Func<int, bool>? isTransient, string program, params IReadOnlyList<string> arguments)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
            {
                return output;
            }

            if (isTransient?.Invoke(process.ExitCode) != true || clock.Elapsed > Longest)
            {
                throw new InvalidOperationException(
                    $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Result}");
            }

            Thread.Sleep(TimeSpan.FromMilliseconds(200));
        }
    }
}
