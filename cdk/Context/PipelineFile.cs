namespace Cdk.Context;

/// <summary>
/// The settings file beside the CDK context: <c>cdk/pipeline.json</c>, or the one that the context key <c>pipelineFile</c> names. What the context says
/// wins over the file, so that one file serves several deployments.
/// </summary>
internal static class PipelineFile
{
    /// <summary>Where it is looked for when nothing is said; there need not be one.</summary>
    internal const string Default = "cdk/pipeline.json";

    /// <summary>The context's settings over those of the file.</summary>
    /// <param name="context">Key and value as text.</param>
    /// <param name="root">The folder a relative path starts from.</param>
    /// <exception cref="InvalidContextException">The named file is missing, or no JSON object.</exception>
    internal static IReadOnlyDictionary<string, Setting> Under(IReadOnlyDictionary<string, string> context, string root)
    {
        var named = context.GetValueOrDefault(ContextKeys.PipelineFile) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
        var path = Path.GetFullPath(named ?? Default, root);
        var settings = new Dictionary<string, Setting>(StringComparer.Ordinal);
        if (File.Exists(path))
        {
            foreach (var (key, value) in SettingsJson.Parse(File.ReadAllText(path), named ?? Default))
            {
                settings[key] = new Setting(value, named ?? Default);
            }

            if (settings.ContainsKey(ContextKeys.PipelineFile))
            {
                throw new InvalidContextException(
                    [new ContextFault(named ?? Default, ContextKeys.PipelineFile, "A file names no other file.", "Name it by -c on the command line.")]);
            }
        }
        else if (named is not null)
        {
            throw new InvalidContextException(
                [new ContextFault(Setting.Context, ContextKeys.PipelineFile, $"There is no file {path}.", "Name a JSON file, or leave the key out.")]);
        }

        foreach (var (key, value) in context)
        {
            settings[key] = new Setting(value, Setting.Context);
        }

        return settings;
    }
}
