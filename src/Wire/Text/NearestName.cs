namespace Wire.Text;

/// <summary>Guesses which of several known names was meant by one that is none of them.</summary>
public static class NearestName
{
    private const int LongBeginning = 6;

    /// <summary>The known name that takes the fewest changes, if those are few beside its length; else null. Of several the first.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">All that could have been.</param>
    /// <param name="most">Most changes, where few must be fewer.</param>
    public static string? Find(string name, IEnumerable<string> known, int most = int.MaxValue) => known
        .Select(candidate => (Name: candidate, Changes: Changes(name, candidate)))
        .Where(candidate => candidate.Changes <= Math.Min(most, Few(name)))
        .OrderBy(candidate => candidate.Changes)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>The guess as a question, to stand before what else is said; empty when there is none.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">All that could have been.</param>
    public static string Question(string name, IEnumerable<string> known) => Find(name, known) is { } near ? $"did you mean {near}? " : "";

    // A name of which only the end is missing counts as one with a single fault, if enough of it is there.
    private static int Changes(string name, string candidate) =>
        name.Length >= LongBeginning && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase) && candidate.Length > name.Length ? 1
        : Math.Abs(candidate.Length - name.Length) > Few(name) ? int.MaxValue
        : Distance(candidate, name);

    // Of a short name little is left when much is changed; of a long one half may be a word of its own.
    private static int Few(string name) => name.Length switch
    {
        < 2 => 0,
        < 5 => 1,
        _ => Math.Max(2, name.Length / 4),
    };

    // Edit distance, without regard to case; two neighbours that changed places are one change.
    private static int Distance(string a, string b)
    {
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                distance[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + (Same(i - 1, j - 1) ? 0 : 1));
                if (i > 1 && j > 1 && Same(i - 1, j - 2) && Same(i - 2, j - 1))
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[a.Length, b.Length];

        bool Same(int i, int j) => char.ToLowerInvariant(a[i]) == char.ToLowerInvariant(b[j]);
    }
}
