namespace Wire.Text;

/// <summary>Guesses which of several known names was meant by one that is none of them.</summary>
public static class NearestName
{
    /// <summary>The known name that takes the fewest changes, if those are few beside its length; else null. Of several the first.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">All that could have been.</param>
    /// <param name="most">Most changes, where few must be fewer.</param>
    public static string? Find(string name, IEnumerable<string> known, int most = int.MaxValue) => known
        .Where(candidate => Math.Abs(candidate.Length - name.Length) <= Few(name))
        .Select(candidate => (Name: candidate, Distance: Distance(candidate, name)))
        .Where(candidate => candidate.Distance <= Math.Min(most, Few(name)))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>The guess as a question, to stand before what else is said; empty when there is none.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">All that could have been.</param>
    public static string Question(string name, IEnumerable<string> known) => Find(name, known) is { } near ? $"did you mean {near}? " : "";

    // Of a short name little is left when much is changed; of a long one half may be a word of its own.
    private static int Few(string name) => name.Length switch
    {
        < 2 => 0,
        < 4 => 1,
        _ => Math.Max(2, name.Length / 4),
    };

    // Edit distance (Levenshtein), without regard to case.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
