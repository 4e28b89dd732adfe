using System.Text.Json;
using System.Text.RegularExpressions;
using Support.Servers;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>What a mail or a chat message says of itself.</summary>
internal static partial class MessageFacts
{
    /// <summary>The id of its incident.</summary>
    public static string IncidentOf(SnsNotification message) => message.Message.StartsWith('{')
        ? JsonElement.Parse(message.Message).GetProperty("id").GetString()!
        : Incident().Match(message.Message).Groups["id"].Value;

    /// <summary>What happened to the incident; empty = it is about no incident of a rule.</summary>
    public static string ChangeOf(SnsNotification message) => message.Attributes.GetValueOrDefault("change") ?? "";

    [GeneratedRegex(@"\nINCIDENT\n  (?<id>[0-9a-f]{32})\n\z")]
    private static partial Regex Incident();
}
