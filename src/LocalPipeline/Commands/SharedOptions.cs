using System.Collections;
using System.CommandLine;
using AlertLambda.Logging;
using AlertLambda.Options;
using Detection.Tuning;
using EdgeAgent.Options;
using LocalPipeline.Stream;

namespace LocalPipeline.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    /// <summary>Rules that come with the pipeline.</summary>
    internal static string DefaultRules => Path.Combine(AppContext.BaseDirectory, "rules");

    /// <summary>The recording that comes with the pipeline.</summary>
    internal static string SampleRecording => Path.Combine(AppContext.BaseDirectory, "samples", "sudo-then-shadow.rec");

    internal static Option<string[]> Rules() => new("--rules")
    {
        Description = "files and folders of Sigma rules",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [DefaultRules],
    };

    internal static Option<string?> Config() => new("--config")
    {
        Description = "JSON file with options of the agent (edge-agent --help lists them)",
    };

    /// <summary>The tuning file; null = none was named.</summary>
    /// <exception cref="InvalidOptionsException">It cannot be read.</exception>
    internal static TuningPlan? ReadTuning(string? file) => file is null
        ? null
        : TuningFile.Read(file, FunctionSide.EnvironmentName, new JsonLog(TextWriter.Null, TimeProvider.System), TimeProvider.System.GetUtcNow(), "--tuning");

    /// <summary>The agent's options from file and environment; sinks named there are ours here.</summary>
    /// <exception cref="InvalidOptionsException">They are wrong.</exception>
    internal static AgentOptions ReadAgentOptions(string? config) => ReadAgentOptions(config, []);

    /// <summary>The same, with the files that rules name on the watch lists.</summary>
    /// <exception cref="InvalidOptionsException">They are wrong.</exception>
    internal static AgentOptions ReadAgentOptions(string? config, IReadOnlyList<string> rules)
    {
        var environment = Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");
        var options = OptionsReader.Read(config, environment, [], out var faults);
        return faults.Count > 0 ? throw new InvalidOptionsException([.. faults.Select(f => f.ToString())])
            : rules.Count > 0 ? OptionRules.Apply(options, rules)
            : options;
    }
}
