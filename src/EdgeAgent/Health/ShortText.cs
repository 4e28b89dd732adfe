using Wire.Model;

namespace EdgeAgent.Health;

/// <summary>Makes texts fit into a heartbeat.</summary>
internal static class ShortText
{
    /// <summary>The text, or its beginning and a mark that there was more.</summary>
    internal static string Of(string text)
    {
        if (text.Length <= Heartbeat.MaxTextLength)
        {
            return text;
        }

        var end = Heartbeat.MaxTextLength - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
