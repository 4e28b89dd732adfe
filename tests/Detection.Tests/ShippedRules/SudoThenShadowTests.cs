using Detection.Findings;
using Detection.Rules;
using Support;
using Wire.Model;

namespace Detection.Tests.ShippedRules;

/// <summary>The story that the rule is for, with the processes that a real login has.</summary>
public sealed class SudoThenShadowTests
{
    private const string File = "rules/privilege-escalation/sudo-then-shadow.yml";

    private static readonly ProcessNode Shell = Some.Process("/usr/bin/bash", ["-bash"], pid: 900);
    private static readonly ProcessNode Sudo = Some.Process("/usr/bin/sudo", ["sudo", "cat", "/etc/shadow"], Shell, pid: 901);
    private static readonly ProcessNode Cat = Some.Process("/usr/bin/cat", ["cat", "/etc/shadow"], Sudo, pid: 902, uid: 0);

    private readonly DetectionEngine _engine = new(RuleLoader.Load([new RuleSource(File, System.IO.File.ReadAllText(Repository.File(File)))]));

    [Fact]
    public void Sudo_then_shadow_is_one_high_alert_with_both_events()
    {
        var start = Some.Exec(Sudo, 1, Some.Seconds(100));
        var open = Some.FileOpen(process: Cat, sequence: 2, bootNs: Some.Seconds(101));

        var incident = Assert.Single(Run(start, open));

        Assert.Equal("sudo executed, then the password hashes opened", incident.Rule.Title);
        Assert.Equal(RuleLevel.High, incident.Rule.Level);
        Assert.Equal([start, open], incident.Witnesses.Select(witness => witness.Event));
        Assert.Equal([KeyValuePair.Create("lineage-or-session", "audit:3")], incident.Group);
    }

    [Theory]
    [InlineData("/etc/gshadow", PathFlags.None, 1)]
    [InlineData("/etc/shadow-", PathFlags.None, 1)]
    [InlineData("/etc/gshadow-", PathFlags.None, 1)]
    [InlineData("/var/log/auth.log.1", PathFlags.Alias, 0)]
    [InlineData("/etc/passwd", PathFlags.None, 0)]
    [InlineData("/tmp/etc/shadow", PathFlags.None, 0)]
    public void Only_files_that_hold_the_hashes_count(string path, PathFlags flags, int incidents) =>
        Assert.Equal(incidents, Run(Some.Exec(Sudo, 1), Some.FileOpen(path, Cat, 2, pathFlags: flags)).Count);

    [Fact]
    public void Reader_in_the_background_of_the_same_session_counts() =>
        Assert.Single(Run(Some.Exec(Sudo, 1), Some.FileOpen(process: Some.Process("/usr/bin/cat", parent: Shell, pid: 950), sequence: 2)));

    [Fact]
    public void Reader_of_another_session_and_lineage_does_not_count() =>
        Assert.Empty(Run(
            Some.Exec(Sudo, 1),
            Some.FileOpen(process: Some.Process("/usr/sbin/sshd", pid: 960), sequence: 2, credentials: Some.Credentials(0, auditSession: 4))));

    [Fact]
    public void Ten_seconds_count_and_a_nanosecond_more_does_not()
    {
        Assert.Empty(Run(Some.Exec(Sudo, 1, 0), Some.FileOpen(process: Cat, sequence: 2, bootNs: Some.Seconds(10) + 1)));
        Assert.Single(Run(Some.Exec(Sudo, 3, 1), Some.FileOpen(process: Cat, sequence: 4, bootNs: Some.Seconds(10) + 1)));
    }

    [Fact]
    public void Parts_do_not_alert_on_their_own()
    {
        Assert.Empty(Run(Some.FileOpen(process: Cat, sequence: 1), Some.Exec(Sudo, 2)));
        Assert.Equal(2, _engine.Counters.Matches);
    }

    private List<Incident> Run(params HostEvent[] events) => [.. events.SelectMany(_engine.Evaluate)];
}
