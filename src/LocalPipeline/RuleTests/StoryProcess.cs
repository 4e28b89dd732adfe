using Wire.Text;
using YamlDotNet.RepresentationModel;

namespace LocalPipeline.RuleTests;

/// <summary>A process of a story as it is written; null = the default. Immutable.</summary>
internal sealed record StoryProcess
{
    /// <summary>Where it stands.</summary>
    internal required YamlNode Place { get; init; }

    internal required string Name { get; init; }

    internal required string Image { get; init; }

    internal required IReadOnlyList<string> Arguments { get; init; }

    internal YamlNode? Parent { get; init; }

    internal string? User { get; init; }

    internal string? Effective { get; init; }

    internal string? Login { get; init; }

    internal uint? Session { get; init; }

    internal string CurrentDirectory { get; init; } = "/";

    /// <summary>Null = as its effective user has them.</summary>
    internal ulong? Capabilities { get; init; }

    internal YamlNode? Host { get; init; }

    internal string? Container { get; init; }

    internal required string Comm { get; init; }

    /// <summary>Reads the value of an entry of <c>processes</c>.</summary>
    internal static StoryProcess Read(YamlScalarNode name, YamlNode node)
    {
        var what = $"process '{name.Value}'";
        var entries = node.Entries(
            what, "image", "argv", "command", "parent", "user", "effective", "login", "session", "capabilities", "cwd", "host", "container", "comm");
        var image = entries.TryGetValue("image", out var given) ? given.FilePath("image") : throw node.Fault($"{what} needs an image");
        var file = image[(image.LastIndexOfAny(['/', ':']) + 1)..];
        return new StoryProcess
        {
            Place = name,
            Name = name.Text("the name of a process"),
            Image = image,
            Arguments = ArgumentsOf(entries, file),
            Parent = entries.GetValueOrDefault("parent"),
            User = entries.GetValueOrDefault("user")?.Text("user"),
            Effective = entries.GetValueOrDefault("effective")?.Text("effective"),
            Login = entries.GetValueOrDefault("login")?.Text("login"),
            Session = entries.GetValueOrDefault("session")?.Number("session", uint.MaxValue - 1),
            CurrentDirectory = entries.GetValueOrDefault("cwd")?.FilePath("cwd") ?? "/",
            Capabilities = entries.TryGetValue("capabilities", out var capabilities) ? CapabilitiesOf(capabilities) : null,
            Host = entries.GetValueOrDefault("host"),
            Container = entries.GetValueOrDefault("container")?.Text("container"),
            Comm = entries.GetValueOrDefault("comm")?.Text("comm") ?? file[..Math.Min(file.Length, 15)],
        };
    }

    private static ulong CapabilitiesOf(YamlNode names) => names.Items("capabilities").Aggregate(0ul, (all, name) =>
        all | (CapabilityNames.Find(name.Text("a capability")) ?? throw name.Fault($"no capability is called '{name.Text("a capability")}'; write cap_net_raw, cap_sys_admin …")));

    private static string[] ArgumentsOf(IReadOnlyDictionary<string, YamlNode> entries, string file)
    {
        if (!entries.TryGetValue("command", out var command))
        {
            return entries.TryGetValue("argv", out var argv)
                ? [.. argv.Items("argv").Select(item => item is YamlScalarNode { Value: { } text } ? text : throw item.Fault("an argument must be text"))]
                : [file];
        }

        return entries.ContainsKey("argv")
            ? throw command.Fault("argv and command say the same; write one of them")
            : command.Text("command").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
