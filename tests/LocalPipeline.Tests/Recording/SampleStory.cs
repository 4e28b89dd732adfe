using Support;
using Wire.Codec;
using Wire.Model;

namespace LocalPipeline.Tests.Recording;

/// <summary>The story of the recording that comes with the pipeline: alice runs sudo and reads /etc/shadow, amid ordinary work. Invented.</summary>
internal static class SampleStory
{
    internal const string File = "src/LocalPipeline/Samples/sudo-then-shadow.rec";

    private static readonly ProcessNode Sshd = Some.Process("/usr/sbin/sshd", ["sshd: alice [priv]"], pid: 800, uid: 0);
    private static readonly ProcessNode Shell = Some.Process(arguments: ["-bash"], parent: Sshd, pid: 4000);

    /// <summary>The frames, in the order in which an agent would have sent them.</summary>
    internal static IEnumerable<byte[]> Frames()
    {
        var encoder = new FrameEncoder();
        return new[] { Work(), Deed(), Traffic() }.Select(encoder.Encode);
    }

    private static Frame Work() => Some.Frame(
    [
        Some.Exec(Some.Process("/usr/bin/ls", ["ls", "-l"], Shell, 4100), 1, Some.Seconds(90), Lane.Bulk),
        Some.Exec(Some.Process("/usr/bin/git", ["git", "status"], Shell, 4101), 4, Some.Seconds(95), Lane.Bulk),
    ], new SequenceRange(1, 6));

    private static Frame Deed()
    {
        var sudo = Some.Process("/usr/bin/sudo", ["sudo", "cat", "/etc/shadow"], Shell, 4711);
        var cat = Some.Process("/usr/bin/cat", ["cat", "/etc/shadow"], sudo, 4712, uid: 0);
        return Some.Frame(
        [
            Some.Exec(sudo, 1, Some.Seconds(100), credentials: Some.Credentials(1000, 0), flags: EventFlags.Sensitive),
            Some.FileOpen("/etc/sudoers", sudo, 2, Some.Seconds(100.004), credentials: Some.Credentials(1000, 0)),
            Some.FileOpen("/etc/shadow", cat, 3, Some.Seconds(102.123), credentials: Some.Credentials(0)),
        ]);
    }

    private static Frame Traffic() => Some.Frame(
    [
        Some.Connect("203.0.113.7", 443, Some.Process("/usr/bin/curl", ["curl", "https://example.org/"], Shell, 4713), 7, Some.Seconds(110)),
    ], new SequenceRange(7, 9));
}
