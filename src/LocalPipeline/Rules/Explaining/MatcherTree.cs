using Detection.Matching;
using Detection.Taxonomy;
using Wire.Text;

namespace LocalPipeline.Rules.Explaining;

/// <summary>Writes a compiled detection as a tree in which every piece says whether it holds for the record in view.</summary>
internal static class MatcherTree
{
    private const int MostSearched = 4;

    /// <summary>Writes it.</summary>
    internal static void Write(TextWriter output, Matcher matcher, IEventView view, int depth)
    {
        var mark = matcher.Matches(view) ? "✓" : "✗";
        var indent = new string(' ', 2 * depth);
        output.WriteLine($"{indent}{mark} {Describe(matcher, view)}");
        foreach (var part in Parts(matcher))
        {
            Write(output, part, view, depth + 1);
        }
    }

    private static IEnumerable<Matcher> Parts(Matcher matcher) => matcher switch
    {
        AllOf all => all.Parts,
        AnyOf any => any.Parts,
        Not not => [not.Part],
        Search search => [search.Part],
        _ => [],
    };

    private static string Describe(Matcher matcher, IEventView view) => matcher switch
    {
        AllOf => "all of these",
        AnyOf => "any of these",
        Not => "not",
        Search search => $"search {SafeText.Escape(search.Name)}",
        Item item => $"line {item.Line}: {KeyOf(item)}: {ShownValue.CutAsWritten(TestWords.Of(item))}  saw {Seen(item, view)}",
        _ => throw new InvalidOperationException($"no words for {matcher.GetType().Name}"),
    };

    private static string KeyOf(Item item) => item.Key.Length == 0 ? "keywords" : SafeText.Escape(item.Key);

    private static string Seen(Item item, IEventView view) => item switch
    {
        FieldItem field => ShownValue.Of(view.Get(field.Field)),
        FieldExists exists => ShownValue.Of(view.Get(exists.Field)),
        FieldReference reference => $"{ShownValue.Of(view.Get(reference.Field))} and {ShownValue.Of(view.Get(reference.Other))}",
        _ => Searched(view),
    };

    private static string Searched(IEventView view)
    {
        var values = new List<string>();
        var count = 0;
        for (; view.TryGetSearchable(count, out var value); count++)
        {
            if (count < MostSearched)
            {
                values.Add(ShownValue.Of(value));
            }
        }

        return count == 0 ? "nothing: the record has no values to search" : string.Join(", ", values) + (count > MostSearched ? $" and {count - MostSearched} more" : "");
    }
}
