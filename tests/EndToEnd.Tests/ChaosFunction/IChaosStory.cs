using Support.Servers;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>Frames of several hosts, and what people have to be told of them.</summary>
internal interface IChaosStory
{
    /// <summary>The folder of the rules.</summary>
    string Rules { get; }

    /// <summary>The frames of all hosts, in the order in which they are sent, as many a round as belong together.</summary>
    IEnumerable<IReadOnlyList<(string Host, byte[] Frame)>> Rounds { get; }

    /// <summary>What has to be told, each once.</summary>
    IReadOnlySet<string> Expected { get; }

    /// <summary>Which of <see cref="Expected"/> a message that an incident opened tells.</summary>
    string KeyOf(SnsNotification message);

    /// <summary>The item of the store that remembers the message; null for what is not judged: findings, incidents that are over.</summary>
    string? ItemOf(SnsNotification message);
}
