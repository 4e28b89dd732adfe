using Support.Servers;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>
/// Who published what, and whether the same process took it out of the store after that: what was, must not be published again. Safe for use by several
/// threads.
/// </summary>
/// <param name="story">Says what a message is about.</param>
internal sealed class PublishLedger(IChaosStory story)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Publication>> _published = [];

    /// <summary>What came twice, although who had published it had noted that.</summary>
    public List<string> Unexplained { get; } = [];

    /// <summary>Messages that were published once more because a process died between publication and mark.</summary>
    public int TwiceAfterDeath { get; private set; }

    /// <summary>Messages that were published once more because the store did not take the mark.</summary>
    public int TwiceAfterRefusal { get; private set; }

    /// <summary>Takes note of a call that its service did.</summary>
    /// <param name="call">The call.</param>
    /// <param name="worker">Whose it was.</param>
    /// <param name="life">In which of its lives.</param>
    /// <param name="isDead">Whether a life is over.</param>
    public void Note(AwsCall call, string worker, int life, Func<string, int, bool> isDead)
    {
        lock (_lock)
        {
            if (call.Message is { } message)
            {
                NotePublication(message, worker, life, isDead);
            }
            else if (call.Operation is "PutItem" or "UpdateItem")
            {
                foreach (var publication in _published.Values.SelectMany(one => one).Where(one => one.Worker == worker && one.Life == life && one.Item == call.Item))
                {
                    publication.IsMarked = true;
                }
            }
        }
    }

    private void NotePublication(SnsNotification message, string worker, int life, Func<string, int, bool> isDead)
    {
        if (story.ItemOf(message) is not { } item)
        {
            return;
        }

        var name = $"{MessageFacts.IncidentOf(message)} {MessageFacts.ChangeOf(message)} {message.TopicArn}";
        if (!_published.TryGetValue(name, out var before))
        {
            _published[name] = before = [];
        }

        if (before.Count > 0)
        {
            if (!before.Exists(one => !one.IsMarked))
            {
                Unexplained.Add($"{name}: published by {string.Join(", ", before)}, and by {worker}/{life}");
            }
            else if (before.Exists(one => !one.IsMarked && isDead(one.Worker, one.Life)))
            {
                TwiceAfterDeath++;
            }
            else
            {
                TwiceAfterRefusal++;
            }
        }

        before.Add(new Publication(worker, life, item));
    }

    private sealed class Publication(string worker, int life, string item)
    {
        public string Worker => worker;

        public int Life => life;

        public string Item => item;

        public bool IsMarked { get; set; }

        public override string ToString() => $"{worker}/{life}{(IsMarked ? ", marked" : "")}";
    }
}
