using System.Net;
using Wire.Model;
using YamlDotNet.RepresentationModel;

namespace LocalPipeline.RuleTests;

/// <summary>Reads an entry of <c>events</c>.</summary>
internal static class StoryEventReader
{
    private const byte Tcp = 6;
    private const byte Udp = 17;

    // As x86-64 has them; the kernel adds O_LARGEFILE to every open of a 64-bit process.
    private const uint LargeFile = 0x8000;
    private const uint WriteOnly = 0x1;
    private const uint Create = 0x40;
    private const uint Append = 0x400;

    private static readonly Dictionary<string, string[]> KeysOf = new()
    {
        ["exec"] = ["asked", "interpreter", "caller", "deleted", "alias", "abi"],
        ["open"] = ["by", "mode", "asked", "alias", "deleted", "abi", "error"],
        ["call"] = StoryCallReader.Keys,
        ["connect"] = ["by", "protocol"],
        ["send"] = ["by", "protocol"],
        ["exit"] = ["code"],
    };

    /// <summary>The event.</summary>
    internal static StoryEvent Read(YamlNode node)
    {
        string[] kinds = [.. node.Named("an event").Select(entry => entry.Key.Value!).Where(KeysOf.ContainsKey)];
        if (kinds.Length != 1)
        {
            throw node.Fault($"an event must have exactly one of {string.Join(", ", KeysOf.Keys)}");
        }

        var kind = kinds[0];
        var entries = node.Entries($"an event with {kind}", ["at", kind, .. KeysOf[kind]]);
        var common = new StoryEvent
        {
            Place = node,
            AtNs = entries.TryGetValue("at", out var at) ? at.Duration("at") : throw node.Fault("an event needs at, for example at: 30ms"),
            Kind = EventKind.None,
            Process = ActorOf(node, kind, entries),
            Asked = entries.GetValueOrDefault("asked")?.Text("asked"),
            IsDeleted = entries.GetValueOrDefault("deleted")?.Boolean("deleted") ?? false,
            IsAlias = entries.GetValueOrDefault("alias")?.Boolean("alias") ?? false,
            Origin = entries.GetValueOrDefault("abi")?.Word("abi", "native", "compat32", "io_uring") switch
            {
                "compat32" => OriginFlags.Compat32,
                "io_uring" => OriginFlags.IoUring,
                _ => OriginFlags.None,
            },
        };
        return kind switch
        {
            "exec" => common with
            {
                Kind = EventKind.Exec,
                Interpreter = entries.GetValueOrDefault("interpreter")?.Text("interpreter") ?? "",
                Caller = entries.GetValueOrDefault("caller")?.Text("caller"),
            },
            "open" => common with
            {
                Kind = EventKind.FileOpen,
                Path = entries[kind].FilePath("open"),
                OpenFlags = LargeFile | FlagsOf(entries.GetValueOrDefault("mode")?.Word("mode", "read", "write", "append", "create")),
                Error = StoryCallReader.ErrorOf(entries),
            },
            "call" => StoryCallReader.Read(common, entries[kind], entries),
            "exit" => common with
            {
                Kind = EventKind.Exit,
                ExitCode = (int)(entries.GetValueOrDefault("code")?.Number("code", byte.MaxValue) ?? 0) << 8,
            },
            _ => common with
            {
                Kind = kind == "send" ? EventKind.Send : EventKind.Connect,
                Remote = RemoteOf(entries[kind]),
                Protocol = (entries.GetValueOrDefault("protocol")?.Word("protocol", "tcp", "udp") ?? (kind == "send" ? "udp" : "tcp")) == "tcp" ? Tcp : Udp,
            },
        };
    }

    private static YamlNode ActorOf(YamlNode node, string kind, IReadOnlyDictionary<string, YamlNode> entries)
    {
        if (kind is "exec" or "exit")
        {
            return entries[kind];
        }

        return entries.TryGetValue("by", out var by) ? by : throw node.Fault($"an event with {kind} needs by, the name of a process");
    }

    private static uint FlagsOf(string? mode) => mode switch
    {
        "write" => WriteOnly,
        "append" => WriteOnly | Append,
        "create" => WriteOnly | Create,
        _ => 0,
    };

    private static IPEndPoint RemoteOf(YamlNode node)
    {
        var text = node.Text("the remote end");
        return IPEndPoint.TryParse(text, out var remote) && remote.Port > 0 && text.Contains(':', StringComparison.Ordinal)
            ? remote
            : throw node.Fault($"'{text}' is not an address with port; write \"203.0.113.7:443\" or \"[2001:db8::1]:443\"");
    }
}
