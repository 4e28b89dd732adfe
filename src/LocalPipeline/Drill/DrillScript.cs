using System.Diagnostics;
using Wire.Text;

namespace LocalPipeline.Drill;

/// <summary>Runs drill.sh, which lies beside the program and beside every installed agent.</summary>
internal static class DrillScript
{
    /// <summary>Where it lies.</summary>
    internal static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "drill", "drill.sh");

    /// <summary>A marker that no drill had before.</summary>
    internal static string NewMarker() => $"drill-{Guid.NewGuid():N}"[..14];

    /// <summary>Does all, and cleans up.</summary>
    /// <param name="marker">Stands in every alert.</param>
    /// <param name="done">Called for each thing as it is begun.</param>
    /// <returns>What it complained of; empty when all was done.</returns>
    internal static async Task<string> RunAsync(string marker, Action<DrillDeed> done)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Path, marker]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();

        // Also when it is interrupted: it cleans up behind itself.
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            done(DrillDeed.Read(line));
        }

        await process.WaitForExitAsync();
        var complaints = (await errors).Trim();
        return process.ExitCode == 0 || complaints.Length > 0 ? SafeText.Escape(complaints) : $"drill.sh ended with {process.ExitCode}";
    }
}
