using System.Security.Cryptography;
using AlertLambda.Alerts;
using AlertLambda.State;
using AlertLambda.Tests.Alerts;

namespace AlertLambda.Tests.State;

public sealed class ItemOutboxTests
{
    [Fact]
    public void Messages_come_back_as_they_went()
    {
        var entries = new AlertComposer("test").Compose(Incidents.Hostile()).Select((message, i) => new OutboxEntry(message, 100 + i, "me")).ToList();

        var read = OutboxCodec.Decode(OutboxCodec.Encode(entries));

        Assert.Equal(entries.Select(entry => (entry.AddedAt, entry.Owner)), read.Select(entry => (entry.AddedAt, entry.Owner)));
        Assert.Equal(entries.Select(entry => entry.Message with { Attributes = None }), read.Select(entry => entry.Message with { Attributes = None }));
        Assert.Equal(entries.SelectMany(entry => entry.Message.Attributes), read.SelectMany(entry => entry.Message.Attributes));
        Assert.Empty(OutboxCodec.Encode([]));
        Assert.Empty(OutboxCodec.Decode(default));
    }

    [Fact]
    public void What_is_damaged_is_told_as_such()
    {
        var bytes = OutboxCodec.Encode([Entry(0, "text")]);

        Assert.Throws<InvalidDataException>(() => OutboxCodec.Decode(bytes.AsMemory(0, bytes.Length - 3)));
        Assert.Throws<InvalidDataException>(() => OutboxCodec.Decode(new byte[] { 2, 1, 1 }));
        Assert.Throws<InvalidDataException>(() => OutboxCodec.Decode(new byte[] { 1 }));
    }

    [Fact]
    public void Hundreds_of_alike_messages_have_room_and_of_too_many_the_oldest_go()
    {
        var outbox = new ItemOutbox();
        for (var i = 0; i < 200; i++)
        {
            outbox.Add(Entry(i, string.Concat(Enumerable.Repeat("the same words again and again ", 100)) + i));
        }

        Assert.Empty(outbox.Encode(out var bytes));
        Assert.InRange(bytes.Length, 1, ItemOutbox.MaxBytes);

        for (var i = 200; i < 210; i++)
        {
            outbox.Add(Entry(i, Convert.ToBase64String(RandomNumberGenerator.GetBytes(15_000))));
        }

        var dropped = outbox.Encode(out bytes);
        Assert.InRange(bytes.Length, 1, ItemOutbox.MaxBytes);
        Assert.NotEmpty(dropped);
        Assert.Equal(Enumerable.Range(0, 210).Select(i => (long)i), dropped.Concat(outbox.Entries).Select(entry => entry.AddedAt));
        Assert.Equal(dropped.Count, outbox.Since);
    }

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private static OutboxEntry Entry(long time, string body) => new(
        new AlertMessage { IncidentId = $"{time}", Medium = AlertMedium.Email, Subject = "subject", Body = body, Attributes = None }, time, "me");
}
