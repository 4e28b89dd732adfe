using Support.Servers;

namespace EndToEnd.Tests.Setup;

/// <summary>A message that came to a queue.</summary>
/// <param name="Notification">The message.</param>
/// <param name="At">When the test had it.</param>
internal sealed record Arrival(SnsNotification Notification, DateTimeOffset At);
