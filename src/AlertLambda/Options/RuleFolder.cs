using AlertLambda.Logging;
using Detection.Rules;
using Detection.Tuning;
using Wire.Text;

namespace AlertLambda.Options;

/// <summary>The folder of the rule pack.</summary>
public static class RuleFolder
{
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(5);

    /// <summary>Loads every rule file (<see cref="RuleFiles"/>) in and below the folder, in ordinal order of their paths. Logs every fault of each refused rule.</summary>
    /// <exception cref="InvalidOptionsException">A file cannot be read, or nothing that was loaded can ever alert.</exception>
    /// <param name="folder">The folder.</param>
    /// <param name="log">The function's log.</param>
    /// <param name="tuning">What is changed about the rules; null = nothing.</param>
    public static RulePack Load(string folder, JsonLog log, TuningPlan? tuning = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        var pack = RuleLoader.Load(Sources(folder), tuning);
        if (pack.TuningFaults.Count > 0)
        {
            throw new InvalidOptionsException([.. pack.TuningFaults.Select(fault => "TUNING_PATH: " + fault)]);
        }

        foreach (var refused in pack.Refused.SelectMany(rule => rule.All))
        {
            log.Write(LogLevel.Error, "rule-refused", json =>
            {
                json.WriteString("file", SafeText.Escape(refused.File));
                json.WriteNumber("line", refused.Line);
                json.WriteNumber("column", refused.Column);
                json.WriteString("title", SafeText.Escape(refused.Title));
                json.WriteString("reason", SafeText.Escape(refused.Reason));
                json.WriteString("instead", SafeText.Escape(refused.WayOut));
            });
        }

        // Parts of refused correlations are loaded, too, and stay silent.
        var alerting = pack.Correlations.Count + pack.Rules.Count(rule => rule.AlertsAlone);
        log.Write(pack.Refused.Count == 0 ? LogLevel.Info : LogLevel.Warning, "rules-loaded", json =>
        {
            json.WriteString("folder", SafeText.Escape(folder));
            json.WriteNumber("rules", pack.Rules.Count);
            json.WriteNumber("correlations", pack.Correlations.Count);
            json.WriteNumber("refused", pack.Refused.Count);
        });
        return alerting > 0
            ? pack
            : throw new InvalidOptionsException([$"RULES_PATH: no rule that can alert could be loaded from '{SafeText.Escape(folder)}' ({pack.Refused.Count} refused); write the folder of the rule pack"]);
    }

    // A named pipe that nobody writes to would be waited for until Lambda gives the start up, without a word.
    private static IReadOnlyList<RuleSource> Sources(string folder)
    {
        var faults = new List<string>();
        var current = folder;
        var reading = Task.Run(() => RuleFiles.Read(RuleFiles.Find(folder, RuleFiles.IsRuleFile).Select(Noted), file => Path.GetRelativePath(folder, file), Unreadable));
        if (Task.WaitAny([reading], LongestReading) < 0)
        {
            throw new InvalidOptionsException(
                [$"RULES_PATH: '{SafeText.Escape(current)}' gave nothing in {LongestReading.TotalSeconds} s; take out what is no regular file"]);
        }

        var sources = reading.GetAwaiter().GetResult();
        return faults.Count == 0 ? sources : throw new InvalidOptionsException(faults);

        string Noted(string file) => current = file;

        void Unreadable(string file, Exception e) =>
            faults.Add($"RULES_PATH: '{SafeText.Escape(file)}' {FileFault.Reading(file, e)}; give the function read access or take the file out");
    }
}
