using AlertLambda.Logging;
using Detection.Rules;
using Detection.Tuning;
using Wire.Text;

namespace AlertLambda.Options;

/// <summary>The file that tunes the rules of one deployment.</summary>
public static class TuningFile
{
    /// <summary>Reads the file; what is wrong inside it, <see cref="RuleFolder.Load"/> says, together with what only the rules can tell.</summary>
    /// <param name="file">The file; null = there is none.</param>
    /// <param name="environment">Name of the deployment.</param>
    /// <param name="log">Told of every exception that does not hold any more.</param>
    /// <param name="now">The time.</param>
    /// <param name="setting">What names the file.</param>
    /// <exception cref="InvalidOptionsException">It cannot be read.</exception>
    public static TuningPlan Read(string? file, string environment, JsonLog log, DateTimeOffset now, string setting = "TUNING_PATH")
    {
        ArgumentNullException.ThrowIfNull(log);
        if (file is null)
        {
            return TuningPlan.None;
        }

        TuningPlan plan;
        try
        {
            plan = TuningReader.Read(RuleSource.Of(Path.GetFileName(file), File.ReadAllBytes(file)), environment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOptionsException([$"{setting}: '{SafeText.Escape(file)}' {FileFault.Reading(file, e)}; give the function read access or take the file out"]);
        }

        foreach (var lapsed in plan.Lapsed((now - DateTimeOffset.UnixEpoch).Ticks * 100))
        {
            log.Write(LogLevel.Warning, "exception-lapsed", json =>
            {
                json.WriteString("place", SafeText.Escape(lapsed.Place));
                json.WriteString("reason", SafeText.Escape(lapsed.Reason));
                json.WriteString("rules", SafeText.Escape(string.Join(", ", lapsed.Named)));
            });
        }

        return plan;
    }
}
