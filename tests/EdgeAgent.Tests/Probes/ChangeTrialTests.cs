using EdgeAgent.Probes;
using EdgeAgent.SelfTest;
using Wire.Model;

namespace EdgeAgent.Tests.Probes;

/// <summary>The agent changes a file of its own in every way; a program that is not asked about its kind is silent, whatever the others count meanwhile.</summary>
public sealed class ChangeTrialTests : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory().FullName;
    private readonly ulong[] _counts = new ulong[Enum.GetValues<OwnChange>().Length];

    public static TheoryData<int> All => [.. Enum.GetValues<OwnChange>().Select(change => (int)change)];

    [Fact]
    public void Programs_that_count_every_kind_fire()
    {
        Assert.Equal(TrialResult.Fires, ChangeTrial.Run(Counted, owners: true, [_place]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_place));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_that_is_not_asked_is_silent_though_all_others_count(int silent) =>
        Assert.Equal(TrialResult.Silent, ChangeTrial.Run(change => change == (OwnChange)silent ? 7 : Counted(change), owners: true, [_place]));

    [Fact]
    public void Owners_are_not_asked_about_where_no_program_is() =>
        Assert.Equal(TrialResult.Fires, ChangeTrial.Run(change => change == OwnChange.ChangeOwner ? 7 : Counted(change), owners: false, [_place]));

    [Fact]
    public void Without_a_place_it_is_untested_and_with_one_behind_it_that_is_taken()
    {
        Assert.Equal(TrialResult.Untested, ChangeTrial.Run(Counted, owners: true, ["/proc/self"]));
        Assert.Equal(TrialResult.Fires, ChangeTrial.Run(Counted, owners: true, ["/proc/self", _place]));
    }

    [Theory]
    [InlineData("Fires", "Untested", "Untested")]
    [InlineData("Fires", "Silent", "Silent")]
    [InlineData("Fires", "Fires", "Fires")]
    [InlineData("Silent", "Untested", "Silent")]
    public void Backend_that_notes_changes_is_proven_by_them_only(string callsName, string changesName, string expectedName)
    {
        var (calls, changes, expected) = (Enum.Parse<TrialResult>(callsName), Enum.Parse<TrialResult>(changesName), Enum.Parse<TrialResult>(expectedName));
        var noting = new Backend(Signal.Calls, "fentry", ["on_return", "on_change_rename"]);
        var found = BackendTrials.WithChanges(new BackendTrial(noting, calls), changes);

        Assert.Equal(expected, found.Result);
        Assert.Equal(calls == TrialResult.Fires && changes != TrialResult.Fires, found.Reason.Length > 0);
        var other = new BackendTrial(new Backend(Signal.Calls, "tp_btf", ["on_return"]), calls);
        Assert.Same(other, BackendTrials.WithChanges(other, changes));
    }

    [Fact]
    public void Status_takes_system_calls_as_tested_only_when_their_changes_are()
    {
        Backend[] used = [new(Signal.Calls, "fentry", ["on_return", "on_change_rename"])];
        HookTrust Trust(Hooks seen) => EdgeAgent.Health.ProbeStatus.Of(used, PinState.Off, HookVerdicts.None.With(seen, seen, 1), isTestStuck: false)
            .Signals.Single(signal => signal.Signal == "calls").Trust;

        Assert.Equal(HookTrust.Unproven, Trust(Hooks.Call));
        Assert.Equal(HookTrust.Proven, Trust(Hooks.Call | Hooks.Change));
    }

    public void Dispose() => Directory.Delete(_place, recursive: true);

    private ulong Counted(OwnChange change) => _counts[(int)change]++;
}
