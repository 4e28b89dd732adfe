namespace Detection.Matching;

/// <summary>
/// The answers that an expression gave to the texts it was asked of last: hosts start the same programs again and again. Bounded: a text takes the place of one with the
/// same hash. Thread-safe.
/// </summary>
internal sealed class RecentAnswers
{
    /// <summary>Longer texts are rarely the same twice.</summary>
    private const int LongestText = 512;

    // A power of two. With texts of that length 64 KiB for each expression.
    private const int Places = 64;

    private readonly Answer?[] _answers = new Answer?[Places];

    /// <summary>The answer to a text, from memory or found out now.</summary>
    /// <param name="text">The text.</param>
    /// <param name="find">Finds it out: the same for the same text.</param>
    public bool Of(ReadOnlySpan<char> text, Func<ReadOnlySpan<char>, bool> find)
    {
        if (text.Length > LongestText)
        {
            return find(text);
        }

        ref var place = ref _answers[string.GetHashCode(text) & (Places - 1)];
        if (Volatile.Read(ref place) is { } known && text.SequenceEqual(known.Text))
        {
            return known.IsFound;
        }

        var answer = new Answer(text.ToString(), find(text));
        Volatile.Write(ref place, answer);
        return answer.IsFound;
    }

    private sealed record Answer(string Text, bool IsFound);
}
