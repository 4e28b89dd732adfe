using Support;
using Wire.Model;

namespace Detection.Tests.SigmaLinux;

/// <summary>Events of our sensor with given values. What is not asked for is ordinary: alice's shell, /usr/bin/true, no login as root.</summary>
internal static class EventRecipe
{
    private const string Ordinary = "/opt/tools/run";

    /// <summary>One event of each kind that could hold the values.</summary>
    public static IEnumerable<HostEvent> All(FieldTexts texts) => [Exec(texts), Open(texts), Connect(texts)];

    private static ExecEvent Exec(FieldTexts texts)
    {
        var arguments = texts.Arguments();
        if (texts.Of("CommandLine") is { } line)
        {
            arguments = [.. line.Split(' ')];
        }

        if (texts.Keywords is { } keywords)
        {
            arguments.AddRange(keywords.Split(' '));
        }

        var image = texts.Of("Image") ?? texts.Of("exe") ?? texts.Of("name") ?? Ordinary;
        return Some.Exec(Process(texts, image, arguments), credentials: Rights(texts), askedPath: image, interpreter: "");
    }

    private static FileOpenEvent Open(FieldTexts texts)
    {
        var path = texts.Of("TargetFilename") ?? texts.Of("name") ?? texts.Keywords ?? Ordinary;
        return Some.FileOpen(path, Process(texts, texts.Of("Image") ?? Ordinary, []), credentials: Rights(texts), openFlags: 0x41, flags: EventFlags.None);
    }

    private static NetworkEvent Connect(FieldTexts texts) => Some.Connect(
        texts.Of("DestinationIp") ?? "203.0.113.7", (ushort)texts.Number("DestinationPort", 443),
        Process(texts, texts.Of("Image") ?? Ordinary, []), credentials: Rights(texts));

    private static ProcessNode Process(FieldTexts texts, string image, List<string> arguments)
    {
        var parent = Some.Process(texts.Of("ParentImage") ?? "/usr/bin/bash", [.. (texts.Of("ParentCommandLine") ?? "-bash").Split(' ')], pid: 4000);
        return Some.Process(
            image, arguments.Count > 0 ? arguments : [image], parent, comm: texts.Of("comm"),
            currentDirectory: texts.Of("CurrentDirectory") ?? texts.Of("cwd") ?? "/home/alice");
    }

    private static Credentials Rights(FieldTexts texts)
    {
        var uid = texts.Of("User") is { } user ? (user == "root" ? 0u : 1001u) : texts.Number("uid", 1000);
        return Some.Credentials(uid, texts.Number("euid", uid), texts.Number("LogonId", texts.Number("auid", 1000)));
    }
}
