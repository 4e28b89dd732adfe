using Detection.Taxonomy;
using Wire.Model;
using YamlDotNet.RepresentationModel;

namespace LocalPipeline.RuleTests;

/// <summary>Reads what only system calls, and opens that were refused, have.</summary>
internal static class StoryCallReader
{
    private const uint LastMode = 0xFFF;
    private const ulong Unchanged = ulong.MaxValue;
    private const ulong LoadProgram = 5;
    private const ulong Attach = 16;
    private const ulong NewUsers = 0x1000_0000;
    private const ulong PacketFamily = 17;
    private const ulong RawType = 3;

    /// <summary>The keys of an event with <c>call</c>, beside it.</summary>
    internal static readonly string[] Keys = ["by", "path", "from", "error", "mode", "uid", "target", "alias", "abi"];

    /// <summary>Fills in the call.</summary>
    /// <param name="common">What all kinds have.</param>
    /// <param name="name">The call.</param>
    /// <param name="entries">The entries of the event.</param>
    internal static StoryEvent Read(StoryEvent common, YamlNode name, IReadOnlyDictionary<string, YamlNode> entries)
    {
        var call = CallNames.Find(name.Text("call"));
        if (call == CallKind.None)
        {
            throw name.Fault($"call '{name.Text("call")}' is not one of those that docs/rules.md lists under Call");
        }

        foreach (var (key, value) in entries)
        {
            if (!Takes(call, key))
            {
                throw value.Fault($"{CallNames.Of(call)} has no {key}");
            }
        }

        if (call is >= CallKind.Rename and <= CallKind.Umount && !entries.ContainsKey("path"))
        {
            throw name.Fault($"{CallNames.Of(call)} needs path, what it is done to");
        }

        return common with
        {
            Kind = EventKind.Call,
            Call = call,
            Path = PathOf(call, entries.GetValueOrDefault("path")),
            OtherPath = entries.GetValueOrDefault("from")?.Text("from") ?? "",
            Error = ErrorOf(entries),
            Arguments = ArgumentsOf(call, entries),
            Target = entries.GetValueOrDefault("target"),
        };
    }

    /// <summary>The errno of <c>error</c>; 0 without.</summary>
    internal static ushort ErrorOf(IReadOnlyDictionary<string, YamlNode> entries)
    {
        if (!entries.TryGetValue("error", out var node))
        {
            return 0;
        }

        var error = ErrorNames.Find(node.Text("error"));
        return error > 0 ? error : throw node.Fault($"error '{node.Text("error")}' is not a name as EACCES or EPERM, or a number, as the field Error has it");
    }

    private static bool Takes(CallKind call, string key) => key switch
    {
        "path" => call is >= CallKind.Rename and <= CallKind.ModuleLoad or CallKind.MemfdCreate,
        "from" => call is CallKind.Rename or CallKind.Link or CallKind.Symlink or CallKind.Mount,
        "mode" => call == CallKind.Chmod,
        "uid" => call is CallKind.Chown or CallKind.Setuid or CallKind.Setreuid or CallKind.Setresuid,
        "target" => call is CallKind.Ptrace or CallKind.MemoryWrite,
        "alias" => call is >= CallKind.Rename and <= CallKind.Chown,
        _ => true,
    };

    private static string PathOf(CallKind call, YamlNode? node) =>
        node is null ? "" : call == CallKind.MemfdCreate ? node.Text("path") : node.FilePath("path");

    private static CallArguments ArgumentsOf(CallKind call, IReadOnlyDictionary<string, YamlNode> entries)
    {
        ulong uid = entries.TryGetValue("uid", out var node) ? node.Number("uid", uint.MaxValue - 1) : Unchanged;
        return call switch
        {
            CallKind.Chmod => new CallArguments(entries.TryGetValue("mode", out var mode) ? ModeOf(mode) : 0, 0, 0, 0),
            CallKind.Chown => new CallArguments(uid, Unchanged, 0, 0),
            CallKind.Setuid or CallKind.Setreuid or CallKind.Setresuid => new CallArguments(uid, uid, uid, 0),
            CallKind.BpfLoad => new CallArguments(LoadProgram, 0, 0, 0),
            CallKind.Ptrace => new CallArguments(Attach, 0, 0, 0),
            CallKind.Unshare => new CallArguments(NewUsers, 0, 0, 0),
            CallKind.RawSocket => new CallArguments(PacketFamily, RawType, 0, 0),
            _ => default,
        };
    }

    private static uint ModeOf(YamlNode node)
    {
        var (text, mode) = (node.Text("mode"), 0u);
        foreach (var digit in text)
        {
            mode = digit is >= '0' and <= '7' && mode <= LastMode ? (mode * 8) + digit - '0' : uint.MaxValue;
        }

        return mode <= LastMode ? mode : throw node.Fault($"mode '{text}' is not an octal number as 4755 or 0644");
    }
}
