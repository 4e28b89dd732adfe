using AlertLambda.Alerts;
using AlertLambda.State;
using AlertLambda.Sweeping;
using AlertLambda.Tests.State;
using Detection.Rules;
using Detection.Tuning;
using static AlertLambda.Tests.FunctionUnderTest;

namespace AlertLambda.Tests.Tuning;

/// <summary>Bounds and findings through the whole function: what is remembered, what goes out, and what a restart or a conflict changes of it.</summary>
public sealed class NewsDeskTests : IDisposable
{
    private readonly FunctionUnderTest _function = new();

    public void Dispose() => _function.Dispose();

    [Fact]
    public async Task Incidents_beyond_the_bound_come_in_one_message_when_the_stretch_is_over_also_from_another_process()
    {
        _function.Plan = TuningReader.Read(new RuleSource("tuning.yaml", "rates: { perRule: 2, window: 15m }"), "test");
        Assert.Empty(await _function.HandleAsync(Batch(Alarming(1), Alarming(2), Alarming(3))));
        _function.Restart();
        Assert.Empty(await _function.HandleAsync(Batch(4, [Alarming(4), Alarming(5)])));
        Assert.Equal(2, Mails().Count);

        _function.Clock.Advance(TimeSpan.FromMinutes(16));
        await _function.SweepAsync();
        await _function.SweepAsync();

        var sum = Assert.Single(Mails().Skip(2), mail => mail.Subject.Contains("more", StringComparison.Ordinal));
        Assert.StartsWith("3 more incidents of the rule \"Shadow file opened\" on 3 hosts", sum.Body, StringComparison.Ordinal);
        Assert.Equal(3, _function.Log.Of("summed-up").Count(line => line.GetProperty("rule").GetString() == "6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11"));
    }

    [Fact]
    public async Task What_was_decided_is_decided_again_when_the_host_could_not_be_written()
    {
        _function.Plan = TuningReader.Read(new RuleSource("tuning.yaml", "rates: { perRule: 1 }"), "test");
        var failed = false;
        _function.Store.Before = call =>
        {
            if (!failed && call.StartsWith("write H#", StringComparison.Ordinal))
            {
                failed = true;
                throw FaultyStore.Throttled;
            }
        };

        Assert.Single(await _function.HandleAsync(Batch(Alarming(1))));
        Assert.Empty(await _function.HandleAsync(Batch(Alarming(1), Alarming(2))));

        Assert.True(failed);
        Assert.Single(Mails());
        var memory = FunctionMemory.TryDecode((await _function.Memory.LoadAsync([ItemKey.Function], default))[0].State.Span);
        Assert.Equal(1, Assert.Single(memory!.Noise.Sums).Count);
    }

    [Fact]
    public async Task Records_that_are_no_frames_are_told_once_and_that_it_is_over()
    {
        Assert.Empty(await _function.HandleAsync(Batch([1, 2, 3])));
        Assert.Empty(await _function.HandleAsync(Batch(2, [[4, 5], Alarming(1)])));

        var bad = Assert.Single(Mails(), mail => mail.Attributes["rule"] == "bad-telemetry");
        Assert.Contains("sent under the key host", bad.Body, StringComparison.Ordinal);
        _function.Clock.Advance(TimeSpan.FromMinutes(11));
        await _function.SweepAsync();
        var over = Assert.Single(Mails(), mail => mail.Subject == "[OVER] Records that are no telemetry");
        Assert.Contains("Seen: 2 times", over.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silent_host_is_told_once_and_that_it_is_back()
    {
        await _function.HandleAsync(Batch(Harmless(1)));
        _function.Clock.Advance(TimeSpan.FromMinutes(6));
        await _function.SweepAsync();
        await _function.SweepAsync();

        Assert.Equal("agent-silent", Assert.Single(Mails()).Attributes["rule"]);
        _function.Clock.Advance(TimeSpan.FromSeconds(1));
        _function.Restart();
        await _function.HandleAsync(Batch(2, [Alarming(1)]));
        Assert.Contains(Mails(), mail => mail.Subject.StartsWith("[OVER] An agent fell silent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_that_was_stopped_on_purpose_is_not_silent_until_it_was_there_again()
    {
        await _function.HandleAsync(Batch(Harmless(1)));
        var id = (await _function.Memory.ListAsync(new SweepQuery(0, long.MaxValue, 0), null, default)).Items.Select(item => ItemKey.HostOf(item.Key)).OfType<string>().Single();
        await _function.NoteStoppedAsync(id);
        _function.Clock.Advance(TimeSpan.FromMinutes(20));
        await _function.SweepAsync();
        Assert.Empty(Mails());

        await _function.HandleAsync(Batch(2, [Alarming(1)]));
        _function.Clock.Advance(TimeSpan.FromMinutes(6));
        await _function.SweepAsync();
        Assert.Contains(Mails(), mail => mail.Attributes["rule"] == "agent-silent");
    }

    [Fact]
    public async Task Events_of_instances_are_told_from_the_schedule()
    {
        static Task<InstanceStateEvent?> Read(string json) => InstanceStateEvent.ReadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)), default);
        const string Stop = """{"detail-type":"EC2 Instance State-change Notification","detail":{"instance-id":"i-1","state":"STATE"}}""";

        Assert.True((await Read(Stop.Replace("STATE", "shutting-down", StringComparison.Ordinal)))!.IsStopping);
        Assert.False((await Read(Stop.Replace("STATE", "running", StringComparison.Ordinal)))!.IsStopping);
        Assert.Null(await Read("""{"detail-type":"Scheduled Event","detail":{}}"""));
        Assert.Null(await Read("""{"detail-type":"EC2 Instance State-change Notification","detail":7}"""));
        Assert.Null(await Read(""));
    }

    private List<AlertMessage> Mails() => [.. _function.Publisher.Published.Where(message => message.Medium == AlertMedium.Email)];
}
