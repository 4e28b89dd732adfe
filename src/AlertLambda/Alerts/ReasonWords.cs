using Detection.Findings;

namespace AlertLambda.Alerts;

/// <summary>Says in plain text why an event matched.</summary>
internal static class ReasonWords
{
    private const int SeenLength = 160;
    private const int RuleLength = 200;
    private const int MostLines = 6;

    /// <summary>A line for each item: <c>selection: Image|endswith '/sudo', saw /usr/bin/sudo</c>.</summary>
    internal static IEnumerable<string> Of(MailMarkup markup, MatchReason reason)
    {
        foreach (var item in reason.Items.Take(MostLines))
        {
            var search = item.Search.Length > 0 ? $"{MailMarkup.Prose(item.Search, RuleLength)}: " : "";
            var key = item.Key.Length > 0 ? MailMarkup.Prose(item.Key, RuleLength) : "keywords";
            var seen = item.Seen switch
            {
                null => ", saw nothing",
                _ when item.Asked == $"'{item.Seen}'" || item.Asked == item.Seen => "",
                _ => $", saw {markup.Name(item.Seen, SeenLength)}",
            };
            yield return $"{search}{key} {MailMarkup.AsWritten(item.Asked, RuleLength)}{seen}";
        }

        if (reason.Items.Count - MostLines + reason.LeftOut is > 0 and var more)
        {
            yield return FormattableString.Invariant($"and {more} more");
        }
    }
}
