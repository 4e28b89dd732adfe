using AlertLambda.Alerts;
using AlertLambda.Delivery;

namespace AlertLambda.Tests;

/// <summary>Keeps what it was given; fails as the test says, per message, before it takes it.</summary>
internal sealed class FakePublisher : IAlertPublisher
{
    public List<AlertMessage> Published { get; } = [];

    public int Attempts { get; private set; }

    public Func<AlertMessage, PublishResult> Answer { get; set; } = _ => PublishResult.Published;

    public Task<PublishResult> PublishAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        Attempts++;
        var result = Answer(message);
        if (result.Status == PublishStatus.Published)
        {
            Published.Add(message);
        }

        return Task.FromResult(result);
    }
}
