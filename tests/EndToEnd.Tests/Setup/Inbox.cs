using System.Diagnostics;
using Support.Servers;

namespace EndToEnd.Tests.Setup;

/// <summary>What arrives at a subscriber of a topic.</summary>
/// <remarks>
/// The kernel is one for the whole machine: what other users do in the meantime may alert, too. So a test asks for the messages
/// about its own user, whose name nobody else has.
/// </remarks>
/// <param name="queue">The queue that is subscribed.</param>
internal sealed class Inbox(SqsQueue queue)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly List<Arrival> _arrivals = [];

    /// <summary>Waits for a message that holds all the words, and returns all such messages.</summary>
    /// <exception cref="TimeoutException">None came. The message holds what came.</exception>
    public async Task<IReadOnlyList<Arrival>> WaitForAsync(params IReadOnlyList<string> words)
    {
        for (var clock = Stopwatch.StartNew(); With(words).Count == 0; await TakeAsync())
        {
            if (clock.Elapsed > Longest)
            {
                throw new TimeoutException(
                    $"No message with {string.Join(" and ", words)} came within {Longest}. All that came:\n"
                    + string.Join("\n\n", _arrivals.Select(arrival => arrival.Notification.Message)));
            }
        }

        return With(words);
    }

    /// <summary>All messages up to now that hold all the words. Ask when all that could cause one is processed.</summary>
    public async Task<IReadOnlyList<Arrival>> AllAsync(params IReadOnlyList<string> words)
    {
        while (await TakeAsync())
        {
        }

        return With(words);
    }

    private List<Arrival> With(IReadOnlyList<string> words) =>
        _arrivals.FindAll(arrival => words.All(word => arrival.Notification.Message.Contains(word, StringComparison.Ordinal)));

    private async Task<bool> TakeAsync()
    {
        var taken = await queue.ReceiveAsync(1, Moment);
        _arrivals.AddRange(taken.Select(message => new Arrival(message.Notification(), DateTimeOffset.UtcNow)));
        return taken.Count > 0;
    }
}
