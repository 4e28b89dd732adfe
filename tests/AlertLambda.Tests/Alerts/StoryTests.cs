using AlertLambda.Alerts;
using Detection.Findings;
using Support;
using Wire.Model;

namespace AlertLambda.Tests.Alerts;

public sealed class StoryTests
{
    [Fact]
    public void Sudo_then_shadow_is_one_sentence_with_names_and_elapsed_time()
    {
        Assert.Equal(
            "alice (uid 1000) on web-3 ran sudo; 2.1 s later alice (as root) opened /etc/shadow with cat.",
            Mail(Incidents.SudoThenShadow()));
    }

    [Fact]
    public void Same_sentence_in_Slack_has_the_names_in_code_spans()
    {
        Assert.Equal(
            "`alice` (uid 1000) on `web-3` ran `sudo`; 2.1 s later `alice` (as `root`) opened `/etc/shadow` with `cat`.",
            Story.Tell(Incidents.SudoThenShadow(), new SlackMarkup()));
    }

    [Fact]
    public void Process_without_a_login_is_told_by_its_real_user_and_host_id()
    {
        Assert.Equal("root (uid 0) on d41d8cd98f00b204e9800998ecf8427e ran useradd.", Mail(Incidents.UserAddedByService()));
    }

    [Fact]
    public void Of_many_events_the_first_two_and_the_last_are_told()
    {
        Assert.Equal(
            "nc.openbsd, run by user33 (uid 33) on web-3, connected to [2001:db8::7]:20; "
            + "250 ms later nc.openbsd connected to [2001:db8::7]:21; 22 more events followed; "
            + "6.0 s after the first nc.openbsd connected to [2001:db8::7]:44.",
            Mail(Incidents.ManyConnects()));
    }

    [Fact]
    public void Change_of_host_is_told()
    {
        Assert.EndsWith("later alice on db-1 ran psql.", Mail(Incidents.TwoHosts()), StringComparison.Ordinal);
    }

    [Fact]
    public void Change_of_user_is_told()
    {
        var incident = Incidents.Of(
            Incidents.SudoThenShadow().Rule,
            new Witness("a", Some.Exec()),
            new Witness("b", Some.FileOpen(sequence: 2, bootNs: Some.Exec().BootNs, credentials: Some.Credentials(1001, loginUid: 1001))));

        Assert.Equal("alice (uid 1000) on web-1 ran bash; at the same time user1001 (uid 1001) opened /etc/shadow with bash.", Mail(incident));
    }

    [Theory]
    [InlineData(0x8001u, "opened /etc/shadow for writing")]
    [InlineData(0x8002u, "opened /etc/shadow for reading and writing")]
    public void Open_for_writing_is_told(uint flags, string told)
    {
        Assert.Contains(told, Mail(Incidents.Of(Some.FileOpen(openFlags: flags))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256, "ended with exit code 1")]
    [InlineData(9, "was killed by signal 9")]
    public void End_of_a_process_is_told_by_its_cause(int status, string told)
    {
        Assert.Contains(told, Mail(Incidents.Of(Some.Exit(exitCode: status))), StringComparison.Ordinal);
    }

    [Fact]
    public void Fork_and_datagram_are_told()
    {
        Assert.Contains("made a child process (pid 77)", Mail(Incidents.Of(Some.Fork(child: new ProcessKey(77, 1)))), StringComparison.Ordinal);
        Assert.Contains("sent a datagram to 203.0.113.53:53", Mail(Incidents.Of(Some.Send())), StringComparison.Ordinal);
    }

    [Fact]
    public void Process_of_which_nothing_is_known_is_an_unknown_program()
    {
        var unknown = new ProcessNode { Key = new ProcessKey(5, 0), Uid = 1000 };

        Assert.Equal("alice (uid 1000) on web-1 opened /etc/shadow with an unknown program.", Mail(Incidents.Of(Some.FileOpen(process: unknown))));
    }

    [Fact]
    public void Who_logged_in_is_named_before_the_rights_in_use()
    {
        Assert.Equal(
            "alice (uid 1000, as root) on web-1 opened /etc/shadow with bash.",
            Mail(Incidents.Of(Some.FileOpen(credentials: Some.Credentials(0)))));
        Assert.Equal("alice (uid 1000, as root) on web-1 ran bash.", Mail(Incidents.Of(Some.Exec(credentials: Some.Credentials(0)))));
    }

    private static string Mail(Incident incident) => Story.Tell(incident, new MailMarkup());
}
