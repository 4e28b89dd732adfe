using AlertLambda.Alerts;
using Support;
using Wire.Model;

namespace AlertLambda.Tests.Alerts;

/// <summary>System calls in the words of alerts.</summary>
public sealed class CallPhrasesTests
{
    private static readonly MailMarkup Markup = new();

    public static TheoryData<CallEvent, string> Deeds => new()
    {
        { Some.Call(CallKind.Rename, "/etc/shadow", "/etc/shadow+"), "renamed /etc/shadow+ to /etc/shadow" },
        { Some.Call(CallKind.Symlink, "/etc/cron.d/x", "/tmp/x"), "made /etc/cron.d/x a link to /tmp/x" },
        { Some.Call(CallKind.Unlink, "/var/log/auth.log"), "removed /var/log/auth.log" },
        { Some.Call(CallKind.Chmod, "/usr/bin/bash", arguments: new CallArguments(0x89ED, 0, 0, 0)), "set the permissions of /usr/bin/bash to 4755" },
        { Some.Call(CallKind.Ptrace, arguments: new CallArguments(16, 4321, 0, 0)), "attached to process 4321" },
        { Some.Call(CallKind.ModuleLoad, "/tmp/x.ko", error: 1), "tried to load a kernel module from /tmp/x.ko, and was refused (EPERM)" },
        { Some.Call(CallKind.Mount, "/mnt"), "mounted something without a name on /mnt" },
    };

    [Theory]
    [MemberData(nameof(Deeds))]
    public void Call_is_told_as_a_deed(CallEvent call, string expected) => Assert.Equal(expected, Phrases.Action(Markup, call));

    [Fact]
    public void Every_kind_has_words_of_its_own()
    {
        var kinds = Enum.GetValues<CallKind>().Where(kind => kind > CallKind.Open).ToArray();
        Assert.DoesNotContain(kinds, kind => Phrases.Action(Markup, Some.Call(kind)).Contains("the system call", StringComparison.Ordinal));
    }

    [Fact]
    public void Refused_open_is_an_attempt() => Assert.Equal(
        "tried to open /etc/shadow, and was refused (EACCES)", Phrases.Action(Markup, Some.FileOpen(error: 13)));

    [Fact]
    public void Name_that_an_attacker_chose_is_neutralised() =>
        Assert.DoesNotContain('\n', Phrases.Action(Markup, Some.Call(CallKind.Link, "/etc/a\nb", "x\u202Ey")));
}
