using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Tests.Alerts;

namespace AlertLambda.Tests.Delivery;

public sealed class OutboxTests : IDisposable
{
    private readonly LogLines _lines = new();
    private readonly FakePublisher _publisher = new();
    private readonly BatchCounters _counters = new();

    public void Dispose() => _lines.Dispose();

    [Fact]
    public async Task After_a_failure_the_later_messages_of_that_medium_are_not_tried_and_keep_their_order()
    {
        var outbox = Filled(2);
        _publisher.Answer = m => m.Medium == AlertMedium.Email ? new PublishResult(PublishStatus.Transient, "no") : PublishResult.Published;

        Assert.False(await outbox.PublishAsync(_counters, default));

        Assert.Equal(3, _publisher.Attempts);
        Assert.Equal((2, 2, 1), (outbox.Count, _counters.Published, _counters.PublishFailedTransient));

        _publisher.Answer = _ => PublishResult.Published;
        Assert.True(await outbox.PublishAsync(_counters, default));
        Assert.Equal(["0", "1"], _publisher.Published.Where(m => m.Medium == AlertMedium.Email).Select(m => m.IncidentId));
    }

    [Fact]
    public async Task Every_published_message_is_logged_by_incident_and_medium()
    {
        await Filled(1).PublishAsync(_counters, default);

        Assert.Equal(["Email", "Chat"], _lines.Of("alert-published").Select(l => l.GetProperty("medium").GetString()));
    }

    [Fact]
    public async Task Reason_of_a_failure_is_escaped_in_the_log()
    {
        _publisher.Answer = _ => new PublishResult(PublishStatus.Permanent, "NotFound: \u001b[31m");

        await Filled(1).PublishAsync(_counters, default);

        Assert.All(_lines.Of("alert-not-published"), l => Assert.Equal("NotFound: \\x1b[31m", l.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Refused_message_gives_way_to_the_others_of_its_medium()
    {
        var outbox = Filled(3);
        _publisher.Answer = _ => new PublishResult(PublishStatus.Permanent, "no");
        Assert.True(await outbox.PublishAsync(_counters, default));
        Assert.Equal((6, 6), (outbox.Count, outbox.RefusedCount));

        _publisher.Answer = m => m.IncidentId == "0" ? new PublishResult(PublishStatus.Permanent, "no") : PublishResult.Published;
        await outbox.RetryRefusedAsync(_counters, default);
        Assert.Empty(_publisher.Published);
        await outbox.RetryRefusedAsync(_counters, default);
        Assert.Equal(4, _publisher.Published.Count);
        Assert.Equal(2, outbox.RefusedCount);
    }

    [Fact]
    public async Task Refused_messages_are_bounded_and_each_that_goes_is_counted_and_logged()
    {
        var outbox = new Outbox(_publisher, _lines.Log);
        _publisher.Answer = _ => new PublishResult(PublishStatus.Permanent, "no");
        var message = new AlertComposer("test").Compose(Incidents.SudoThenShadow())[0] with { Body = new string('x', AlertMessage.MaxBytes) };
        for (var i = 0; i < 20; i++)
        {
            outbox.Add([message with { IncidentId = $"{i}" }]);
        }

        Assert.True(await outbox.PublishAsync(_counters, default));

        Assert.Equal((17, 3), (outbox.RefusedCount, _counters.AlertsDropped));
        Assert.Equal(["0", "1", "2"], _lines.Of("alert-dropped").Select(l => l.GetProperty("incident").GetString()));
    }

    private Outbox Filled(int incidents)
    {
        var outbox = new Outbox(_publisher, _lines.Log);
        for (var i = 0; i < incidents; i++)
        {
            outbox.Add(new AlertComposer("test").Compose(Incidents.SudoThenShadow() with { Id = $"{i}" }));
        }

        return outbox;
    }
}
