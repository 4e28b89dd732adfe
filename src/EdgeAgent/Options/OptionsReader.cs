namespace EdgeAgent.Options;

/// <summary>
/// Reads all sources and checks them together. Later sources win: shipped defaults, configuration file, environment, command line.
/// </summary>
internal static class OptionsReader
{
    /// <summary>Defaults beside the executable: the watch lists and excluded networks that are shipped.</summary>
    internal static string DefaultsFile => Path.Combine(AppContext.BaseDirectory, "config", "defaults.json");

    /// <summary>The options, or all that is wrong with them.</summary>
    /// <param name="configFile">File named on the command line; null = none.</param>
    /// <param name="environment">All environment variables.</param>
    /// <param name="commandLine">Options given on the command line.</param>
    /// <param name="faults">Every fault; the options must not be used unless it is empty.</param>
    internal static AgentOptions Read(
        string? configFile, IReadOnlyDictionary<string, string> environment,
        IEnumerable<(OptionDefinition Option, OptionValue Value)> commandLine, out IReadOnlyList<OptionFault> faults)
    {
        var found = new List<OptionFault>();
        var values = new List<(OptionDefinition Option, OptionValue Value)>();
        values.AddRange(JsonOptionSource.Read(DefaultsFile, found));
        if (configFile is not null)
        {
            values.AddRange(JsonOptionSource.Read(configFile, found));
        }

        values.AddRange(FromEnvironment(environment, found));
        values.AddRange(commandLine);

        var options = Apply(values, found);
        options = options with { Sources = [DefaultsFile, .. configFile is null ? [] : (string[])[Path.GetFullPath(configFile)], .. options.Sources] };
        if (options.Sinks.Contains(SinkKind.Kinesis) && options.KinesisStream is null)
        {
            found.Add(new OptionFault(
                configFile ?? "options", "kinesis.streamName", "the kinesis sink needs it: write the name of the stream"));
        }

        if (options.Sinks.Contains(SinkKind.Console) && options.Sinks.Contains(SinkKind.Jsonl) && options.JsonLinesPath == "-")
        {
            found.Add(new OptionFault(
                configFile ?? "options", "jsonl.path", "console and jsonl would mix their lines on standard output: write the path of a file"));
        }

        faults = found;
        return options;
    }

    internal static string UnknownKey(string key) => OptionTable.Nearest(key) is { } near
        ? $"no such option; did you mean {near}?"
        : "no such option; edge-agent --help lists them";

    private static AgentOptions Apply(IEnumerable<(OptionDefinition Option, OptionValue Value)> values, List<OptionFault> faults)
    {
        var options = new AgentOptions();

        // In the order of the table, so that watch.moreFiles adds to whatever watch.files is in the end; within one option the last
        // source wins.
        var latest = values.GroupBy(v => v.Option).ToDictionary(g => g.Key, g => g.Last().Value);
        foreach (var option in OptionTable.All)
        {
            if (!latest.TryGetValue(option, out var value))
            {
                continue;
            }

            try
            {
                options = option.Apply(options, value);
            }
            catch (FormatException e)
            {
                faults.Add(new OptionFault(value.Source, value.Key, e.Message));
            }
        }

        return options;
    }

    private static IEnumerable<(OptionDefinition Option, OptionValue Value)> FromEnvironment(
        IReadOnlyDictionary<string, string> environment, List<OptionFault> faults)
    {
        var options = OptionTable.All.ToDictionary(d => d.EnvironmentName);
        foreach (var (name, text) in environment.Where(v => v.Key.StartsWith(OptionDefinition.EnvironmentPrefix, StringComparison.Ordinal)))
        {
            if (options.TryGetValue(name, out var option))
            {
                yield return (option, new OptionValue("environment", name, SplitList(text), Environment.CurrentDirectory));
            }
            else
            {
                faults.Add(new OptionFault("environment", name, "no such option; edge-agent --help lists them"));
            }
        }
    }

    /// <summary>Lists are divided by commas outside JSON.</summary>
    internal static string[] SplitList(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
