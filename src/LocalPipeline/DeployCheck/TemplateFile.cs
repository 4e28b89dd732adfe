using Wire.Text;

namespace LocalPipeline.DeployCheck;

/// <summary>Which template is meant when none is named.</summary>
internal static class TemplateFile
{
    private const string Folder = "artifacts/cdk.out";

    /// <summary>The named one, or the only one of the last synthesis.</summary>
    /// <exception cref="TemplateException">There is none, or more than one.</exception>
    internal static string Find(string? named)
    {
        if (named is not null)
        {
            return named;
        }

        // ./pipeline may be started from anywhere; the program lies below the repository it was built in.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var output = Path.Combine(folder.FullName, Folder);
            if (Directory.Exists(output))
            {
                string[] templates = [.. Directory.EnumerateFiles(output, "*.template.json").Order(StringComparer.Ordinal)];
                return templates.Length == 1 ? templates[0] : throw Unclear(output, templates);
            }
        }

        throw new TemplateException(["no template is named, and there is no artifacts/cdk.out; 'make synth' writes one"]);
    }

    private static TemplateException Unclear(string folder, string[] templates) => new(
        templates.Length == 0
            ? [$"{SafeText.Escape(folder)} holds no template; 'make synth' writes one"]
            : [$"{SafeText.Escape(folder)} holds several templates; name one:", .. templates.Select(SafeText.Escape)]);
}
