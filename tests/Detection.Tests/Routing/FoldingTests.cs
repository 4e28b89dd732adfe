using Detection.Routing;

namespace Detection.Tests.Routing;

/// <summary>The index may fold case as it does only because the comparisons of rules see no more texts as equal than folding does.</summary>
public sealed class FoldingTests
{
    private static readonly char[] NoSurrogates = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => !char.IsSurrogate(c))];

    [Fact]
    public void A_character_equals_its_fold_and_folding_twice_changes_nothing() => Assert.All(NoSurrogates, c =>
    {
        var fold = Folding.Fold(c);
        Assert.Equal(fold, Folding.Fold(fold));
        Assert.Equal(c.ToString(), fold.ToString(), StringComparer.OrdinalIgnoreCase);
        Assert.True($"x{c}y".Contains(fold.ToString(), StringComparison.OrdinalIgnoreCase), $"U+{(int)c:X4}");
    });

    [Fact]
    public void Characters_of_different_folds_are_different_to_comparisons()
    {
        var folds = NoSurrogates.Select(c => Folding.Fold(c).ToString()).Distinct().ToList();
        Assert.Equal(folds.Count, folds.ToHashSet(StringComparer.OrdinalIgnoreCase).Count);
    }

    [Fact]
    public void Characters_of_different_folds_are_different_to_searches()
    {
        foreach (var c in NoSurrogates.Where(c => Folding.Fold(c) != c || c < 128).DistinctBy(Folding.Fold))
        {
            var others = new string([.. NoSurrogates.Where(other => Folding.Fold(other) != Folding.Fold(c))]);
            Assert.False(others.Contains(c, StringComparison.OrdinalIgnoreCase), $"U+{(int)c:X4}");
        }
    }
}
