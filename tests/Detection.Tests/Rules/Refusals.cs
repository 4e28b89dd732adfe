using Detection.Rules;

namespace Detection.Tests.Rules;

/// <summary>What every refusal must be: one document, with the place, the reason and the way out, and nothing else touched.</summary>
internal static class Refusals
{
    /// <summary>Loads a text as the first file; it must be refused at that place, with these words.</summary>
    /// <param name="text">The file.</param>
    /// <param name="line">Line of the refusal.</param>
    /// <param name="column">Column of the refusal.</param>
    /// <param name="reason">Part of the reason.</param>
    /// <param name="wayOut">Part of the way out.</param>
    /// <param name="others">A second file with three rules, which must all load; or none.</param>
    public static void AssertRefused(string text, int line, int column, string reason, string wayOut, string others = "")
    {
        var pack = Packs.Load(text, others);
        var refused = Assert.Single(pack.Refused);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.Contains(wayOut, refused.WayOut, StringComparison.Ordinal);
        Assert.NotEmpty(refused.WayOut);
        Assert.Equal(("0.yml", line, column), (refused.File, refused.Line, refused.Column));
        Assert.Equal(others.Length == 0 ? 0 : 3, pack.Rules.Count);
        Assert.Empty(pack.Correlations);
    }
}
