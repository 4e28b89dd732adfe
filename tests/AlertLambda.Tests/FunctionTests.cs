using System.Text;
using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.State;
using Amazon.Lambda.KinesisEvents;
using Support;
using Wire.Codec;
using Wire.Model;
using static AlertLambda.Tests.FunctionUnderTest;

namespace AlertLambda.Tests;

public sealed class FunctionTests : IDisposable
{
    private static readonly PublishResult Throttled = new(PublishStatus.Transient, "Throttled: slow down");
    private static readonly PublishResult NoTopic = new(PublishStatus.Permanent, "NotFound: topic does not exist");
    private static readonly byte[] Poison = Encoding.ASCII.GetBytes("this is not a frame");

    private readonly FunctionUnderTest _function = new();

    public void Dispose() => _function.Dispose();

    [Fact]
    public async Task Incident_is_published_once_per_medium_and_the_batch_succeeds()
    {
        Assert.Empty(await _function.HandleAsync(Batch(Harmless(), Alarming(2), Harmless(3))));

        Assert.Equal([AlertMedium.Email, AlertMedium.Chat], _function.Publisher.Published.Select(m => m.Medium));
        Assert.All(_function.Publisher.Published, m => Assert.Equal("web-2", m.Attributes["host"]));
    }

    [Fact]
    public async Task Empty_event_succeeds()
    {
        Assert.Empty(await _function.HandleAsync(Batch()));
        Assert.Empty(await _function.HandleAsync(new KinesisEvent()));
    }

    [Fact]
    public async Task Heartbeat_of_an_agent_is_taken_and_alerts_nobody()
    {
        var beat = new Frame
        {
            Host = Some.Host(), Lane = Lane.High, Range = new SequenceRange(1, 0), BootTimeUnixNs = Some.BootTimeUnixNs, Events = [],
            Heartbeat = new Heartbeat { TakenBootNs = 5, Sinks = [new SinkHealth { Name = "kinesis stream s", Trouble = "denied" }] },
        };
        Assert.Empty(await _function.HandleAsync(Batch(new FrameEncoder().Encode(beat), Alarming())));

        Assert.Equal(2, _function.Publisher.Published.Count);
        Assert.Empty(_function.Log.Of("quarantine"));
    }

    [Fact]
    public async Task Event_delivered_twice_is_alerted_once()
    {
        await _function.HandleAsync(Batch(Alarming()));
        await _function.HandleAsync(Batch(Alarming()));

        Assert.Equal(2, _function.Publisher.Published.Count);
        Assert.Equal([0, 1], _function.Log.Of("invocation").Select(l => l.GetProperty("duplicates").GetInt32()));
    }

    [Fact]
    public async Task Poison_record_blocks_nothing_and_its_bytes_are_kept()
    {
        Assert.Empty(await _function.HandleAsync(Batch(Alarming(1), Poison, Alarming(2))));

        Assert.Equal(["web-1", "web-1", "web-2", "web-2"], Alerts().Select(m => m.Attributes["host"]));
        var kept = Assert.Single(_function.Log.Of("quarantine"));
        Assert.Equal(Poison, kept.GetProperty("data").GetBytesFromBase64());
        Assert.Equal("2", kept.GetProperty("sequenceNumber").GetString());
        Assert.Equal("NotAFrame", kept.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Record_without_data_or_without_content_is_quarantined_like_any_other(bool empty)
    {
        var batch = Batch(Alarming());
        batch.Records!.Insert(0, new KinesisEvent.KinesisEventRecord { Kinesis = empty ? new KinesisEvent.Record { Data = new MemoryStream() } : null });

        Assert.Empty(await _function.HandleAsync(batch));

        Assert.Equal(2, Alerts().Count());
        Assert.Single(_function.Log.Of("quarantine"));
    }

    [Fact]
    public async Task Throttled_topic_asks_for_the_last_record_again_and_that_publishes_once_per_medium()
    {
        _function.Publisher.Answer = _ => Throttled;
        Assert.Equal(["3"], await _function.HandleAsync(Batch(Harmless(), Alarming(2), Alarming(3))));
        Assert.Empty(_function.Publisher.Published);

        _function.Publisher.Answer = _ => PublishResult.Published;
        Assert.Empty(await _function.HandleAsync(Batch(3, [Alarming(3)])));

        Assert.Equal(
            [(AlertMedium.Email, "web-2"), (AlertMedium.Chat, "web-2"), (AlertMedium.Email, "web-3"), (AlertMedium.Chat, "web-3")],
            _function.Publisher.Published.Select(m => (m.Medium, m.Attributes["host"])));
    }

    [Theory]
    [InlineData(AlertMedium.Chat)]
    [InlineData(AlertMedium.Email)]
    public async Task Failure_of_one_medium_retries_only_that_medium(AlertMedium failing)
    {
        _function.Publisher.Answer = m => m.Medium == failing ? Throttled : PublishResult.Published;
        Assert.Equal(["1"], await _function.HandleAsync(Batch(Alarming())));
        Assert.Equal([failing == AlertMedium.Chat ? AlertMedium.Email : AlertMedium.Chat], _function.Publisher.Published.Select(m => m.Medium));

        _function.Publisher.Answer = _ => PublishResult.Published;
        Assert.Empty(await _function.HandleAsync(Batch(Alarming())));
        Assert.Equal(2, _function.Publisher.Published.Count);
        Assert.Equal(failing, _function.Publisher.Published[^1].Medium);
    }

    [Fact]
    public async Task While_publishing_still_fails_redelivery_takes_no_further_record_until_the_message_is_the_sweeps()
    {
        _function.Publisher.Answer = _ => Throttled;
        await _function.HandleAsync(Batch(Alarming(1)));

        Assert.Equal(["1"], await _function.HandleAsync(Batch(Alarming(1), Harmless(2))));
        Assert.Equal(0, _function.Log.Of("invocation")[^1].GetProperty("frames").GetInt32());

        _function.Clock.Advance(OutboxEntry.OwnedFor + TimeSpan.FromSeconds(1));
        Assert.Empty(await _function.HandleAsync(Batch(Alarming(1), Harmless(2))));
        Assert.Empty(_function.Publisher.Published);

        _function.Publisher.Answer = _ => PublishResult.Published;
        await _function.SweepAsync();
        Assert.Empty(_function.Publisher.Published);
        _function.Clock.Advance(OutboxEntry.StaleAfter - OutboxEntry.OwnedFor);
        await _function.SweepAsync();
        Assert.Equal(2, _function.Publisher.Published.Count);
    }

    [Fact]
    public async Task Refused_publish_is_an_error_in_the_log_and_each_sweep_tries_it_again()
    {
        _function.Publisher.Answer = _ => NoTopic;
        Assert.Empty(await _function.HandleAsync(Batch(Alarming())));
        Assert.Empty(await _function.HandleAsync(Batch(Harmless(2))));
        Assert.Equal(2, _function.Log.Of("alert-not-published").Count);
        Assert.Equal(2, _function.Log.Of("invocation")[0].GetProperty("alertsRefused").GetInt32());

        _function.Clock.Advance(OutboxEntry.StaleAfter + TimeSpan.FromSeconds(1));
        await _function.SweepAsync();
        await _function.SweepAsync();
        Assert.Equal(6, _function.Log.Of("alert-not-published").Count);
        Assert.All(_function.Log.Of("alert-not-published"), line => Assert.Equal("error", line.GetProperty("level").GetString()));

        _function.Publisher.Answer = _ => PublishResult.Published;
        await _function.SweepAsync();
        await _function.SweepAsync();
        Assert.Equal(2, _function.Publisher.Published.Count);
    }

    [Fact]
    public async Task Dead_topic_stops_neither_detection_nor_the_other_medium()
    {
        _function.Publisher.Answer = m => m.Medium == AlertMedium.Chat ? NoTopic : PublishResult.Published;

        Assert.Empty(await _function.HandleAsync(Batch(Alarming(1), Alarming(2))));
        Assert.Empty(await _function.HandleAsync(Batch(3, [Alarming(3)])));

        Assert.Equal(["web-1", "web-2", "web-3"], _function.Publisher.Published.Select(m => m.Attributes["host"]));
        _function.Publisher.Answer = _ => PublishResult.Published;
        _function.Clock.Advance(OutboxEntry.StaleAfter + TimeSpan.FromSeconds(1));
        await _function.SweepAsync();
        Assert.Equal(3, _function.Publisher.Published.Count(m => m.Medium == AlertMedium.Chat));
    }

    [Fact]
    public async Task After_a_failure_the_other_messages_of_that_medium_wait_in_their_order()
    {
        _function.Publisher.Answer = _ => Throttled;
        Assert.Equal(["1"], await _function.HandleAsync(Batch(ManyAlarming(50))));
        Assert.Equal(2, _function.Publisher.Attempts);

        _function.Publisher.Answer = _ => PublishResult.Published;
        Assert.Empty(await _function.HandleAsync(Batch(ManyAlarming(50))));
        Assert.Equal(100, _function.Publisher.Published.Count);
        Assert.Equal(50, _function.Publisher.Published.Select(m => m.IncidentId).Distinct().Count());
    }

    [Fact]
    public async Task Near_the_deadline_the_first_record_not_begun_is_returned()
    {
        var asked = 0;
        TimeSpan Remaining() => ++asked <= 5 ? TimeSpan.FromSeconds(30) : TimeBudget.ToBegin - TimeSpan.FromMilliseconds(1);

        Assert.Equal(["3"], await _function.HandleAsync(Batch(Alarming(1), Alarming(2), Alarming(3)), Remaining));

        Assert.Equal(["web-1", "web-1", "web-2", "web-2"], _function.Publisher.Published.Select(m => m.Attributes["host"]));
        Assert.Equal("OutOfTime", Assert.Single(_function.Log.Of("invocation")).GetProperty("stopped").GetString());
    }

    [Fact]
    public async Task Invocation_line_counts_what_was_done()
    {
        await _function.HandleAsync(Batch(Harmless(), Poison, Alarming(2)));

        var line = Assert.Single(_function.Log.Of("invocation"));
        Assert.Equal(
            (3, 3, 2, 2, 1, 4, 1, 1),
            (Count("received"), Count("records"), Count("frames"), Count("events"), Count("incidents"), Count("published"), Count("undecodable"), Count("quarantined")));
        Assert.Equal("request-1", line.GetProperty("requestId").GetString());

        int Count(string name) => line.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Every_metric_named_in_the_header_is_a_number_of_the_line()
    {
        await _function.HandleAsync(Batch(Harmless()));

        var line = Assert.Single(_function.Log.Of("invocation"));
        var metrics = line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];
        Assert.All(
            metrics.GetProperty("Metrics").EnumerateArray(),
            m => Assert.True(line.GetProperty(m.GetProperty("Name").GetString()!).TryGetDouble(out _)));
        Assert.Equal("test", line.GetProperty(metrics.GetProperty("Dimensions")[0][0].GetString()!).GetString());
    }

    [Fact]
    public async Task Log_holds_no_command_line()
    {
        await _function.HandleAsync(Batch(Alarming()));

        Assert.Contains("bash", _function.Publisher.Published[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("bash", _function.Log.Text, StringComparison.Ordinal);
    }

    // Without what is told of the poison itself.
    private IEnumerable<AlertLambda.Alerts.AlertMessage> Alerts() => _function.Publisher.Published.Where(message => message.Attributes["rule"] != "bad-telemetry");
}
