using System.Threading.Channels;
using AlertLambda;
using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.Logging;
using AlertLambda.State;
using AlertLambda.Tuning;
using Detection;
using Detection.Rules;
using Detection.Tuning;
using LocalPipeline.Stream;
using LocalPipeline.Tests.Recording;
using Support;

namespace LocalPipeline.Tests.Stream;

public sealed class EmbeddedStreamTests
{
    [Fact]
    public async Task A_record_that_could_not_be_finished_is_delivered_again_and_its_alert_goes_out_once()
    {
        var publisher = new FailingPublisher(failures: 2);
        var stream = new EmbeddedStream(Pipeline(publisher, TextWriter.Null));

        await PlayAsync(stream, SampleStory.Frames());

        Assert.Equal(1, publisher.Published.Count(m => m.Medium == AlertMedium.Email));
        Assert.Equal(1, publisher.Published.Count(m => m.Medium == AlertMedium.Chat));
        Assert.Equal(3, stream.Totals.Records);
        Assert.Equal(1, stream.Totals.Incidents);
    }

    [Fact]
    public async Task A_record_that_is_not_a_frame_is_kept_as_a_file_and_the_next_ones_are_taken()
    {
        byte[] poison = [1, 2, 3, 0xFF];
        var messages = new StringWriter();
        var publisher = new FailingPublisher(failures: 0);
        var stream = new EmbeddedStream(Pipeline(publisher, messages));

        await PlayAsync(stream, [poison, .. SampleStory.Frames()]);

        Assert.Equal(1, stream.Totals.Undecodable);
        Assert.Equal(2, publisher.Published.Count(message => message.Attributes["rule"] != "bad-telemetry"));
        var file = messages.ToString().Split("kept as ")[1].Trim();
        Assert.Equal(poison, await File.ReadAllBytesAsync(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task Function_that_fails_keeps_nobody_waiting_who_puts_records()
    {
        // The messages' writer is gone, so the first record for the quarantine ends the function.
        var messages = new StringWriter();
        await messages.DisposeAsync();
        var stream = new EmbeddedStream(Pipeline(new FailingPublisher(failures: 0), messages));
        var running = stream.RunAsync(CancellationToken.None);
        await Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                await stream.PutAsync("host", new byte[] { 1, 2, 3 }, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
            }
        });
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
    }

    private static AlertPipeline Pipeline(IAlertPublisher publisher, TextWriter messages)
    {
        var rule = File.ReadAllText(Repository.File("rules/privilege-escalation/sudo-then-shadow.yml"));
        var log = new JsonLog(TextWriter.Null, TimeProvider.System);
        var rules = RuleLoader.Load([new RuleSource("rule.yml", rule)]);
        var engine = new DetectionEngine(rules);
        var items = new EngineItems(engine, new MemoryStore(TimeProvider.System), null, TimeProvider.System, log);
        return new AlertPipeline(
            new FrameIntake(new FolderQuarantine(messages)), engine, items,
            new NewsDesk("test", rules, TuningPlan.None, items, new AlertComposer("test"), log, TimeProvider.System), new OutboxDelivery(publisher, log));
    }

    private static async Task PlayAsync(EmbeddedStream stream, IEnumerable<byte[]> records)
    {
        foreach (var record in records)
        {
            await stream.PutAsync("host", record, CancellationToken.None);
        }

        stream.Close();
        await stream.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class FailingPublisher(int failures) : IAlertPublisher
    {
        private int _failures = failures;

        internal List<AlertMessage> Published { get; } = [];

        public Task<PublishResult> PublishAsync(AlertMessage message, CancellationToken cancellationToken)
        {
            if (_failures-- > 0)
            {
                return Task.FromResult(new PublishResult(PublishStatus.Transient, "throttled"));
            }

            Published.Add(message);
            return Task.FromResult(PublishResult.Published);
        }
    }
}
