using System.Text.RegularExpressions;
using Detection.Matching;
using Detection.Matching.Expressions;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>Finds what a text holds in which a regular expression is found.</summary>
/// <param name="field">The field that the text is of; null = any that keyword searches look into.</param>
/// <param name="maker">Makes the guards.</param>
internal sealed class ExpressionGuards(Field? field, GuardMaker maker)
{
    // Texts that a run of literals and alternatives may stand for, at most.
    private const int MaxTexts = 64;

    private static readonly string[] Nothing = [""];

    /// <summary>Guards that all hold, the sharpest first; none when nothing is known.</summary>
    public IReadOnlyList<Guard> Find(string expression, RegexOptions options)
    {
        try
        {
            return GuardMaker.All([Of(ExpressionParser.Parse(expression, options)).Guards])!;
        }
        catch (NotSupportedException)
        {
            return Guard.None;
        }
    }

    private Finding Of(ExpressionPart part) => part switch
    {
        ExpressionPart.Character { Test: var test } => new(test.Characters is { } cases ? [cases[..1]] : null, Guard.None),
        ExpressionPart.Place => new(Nothing, Guard.None),
        ExpressionPart.Sequence sequence => OfSequence([.. Flat(sequence)]),
        ExpressionPart.Choice choice => OfChoice([.. choice.Parts.Select(Of)]),
        ExpressionPart.Repeated { Least: 0 } repeated => new(repeated.Most == 1 ? WithNothing(Of(repeated.Part).Texts) : null, Guard.None),
        ExpressionPart.Repeated { Least: 1, Most: 1 } once => Of(once.Part),
        ExpressionPart.Repeated repeated when Of(repeated.Part) is var inner => new(null, inner.Guards, inner.Texts),
        _ => new(null, Guard.None),
    };

    private Finding OfChoice(IReadOnlyList<Finding> branches)
    {
        string[]? texts = branches.All(branch => branch.Texts is not null) ? [.. branches.SelectMany(branch => branch.Texts!).Distinct()] : null;
        return new Finding(texts?.Length <= MaxTexts ? texts : null, maker.Either(branches.Select(branch => branch.Guards))!);
    }

    private Finding OfSequence(List<ExpressionPart> parts)
    {
        var guards = new List<Guard>();
        var run = new Run(Nothing, AtStart: false);
        var isWhole = true;
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is ExpressionPart.Place { Kind: PlaceKind.Start or PlaceKind.End or PlaceKind.EndOrLastLineFeed } place)
            {
                isWhole &= place.Kind == PlaceKind.Start ? i == 0 : i == parts.Count - 1;
                Keep(guards, run, place.Kind);
                run = isWhole ? run with { AtStart = i == 0, IsKept = i > 0 } : new Run(Nothing, place.Kind == PlaceKind.Start);
                continue;
            }

            var found = Of(parts[i]);
            var again = found.Again;
            if ((found.Texts ?? again) is { } texts && texts.Length * run.Texts.Length <= MaxTexts)
            {
                run = run with { Texts = [.. run.Texts.SelectMany(before => texts.Select(text => before + text))] };
            }
            else
            {
                again ??= found.Texts ?? Nothing;
            }

            if (again is not null)
            {
                // What comes now is behind an unknown number of repetitions, or of other characters.
                Keep(guards, run, null);
                guards.AddRange(found.Guards);
                run = new Run(again, AtStart: false);
                isWhole = false;
            }
        }

        Keep(guards, run, null);
        return new Finding(isWhole ? run.Texts : null, guards);
    }

    private void Keep(List<Guard> guards, in Run run, PlaceKind? end)
    {
        if (run.IsKept || run.Texts.Contains(""))
        {
            return;
        }

        var place = (run.AtStart, end is PlaceKind.End or PlaceKind.EndOrLastLineFeed) switch
        {
            (true, true) => PatternPlace.Whole,
            (true, false) => PatternPlace.Start,
            (false, true) => PatternPlace.End,
            _ => PatternPlace.Anywhere,
        };
        IEnumerable<string> texts = end == PlaceKind.EndOrLastLineFeed ? run.Texts.SelectMany(text => (string[])[text, text + "\n"]) : run.Texts;
        guards.Add(maker.Make(texts.Select(text => new RequiredLiteral(field, place, Folding.Fold(text))).Distinct()));
    }

    private static IEnumerable<ExpressionPart> Flat(ExpressionPart.Sequence sequence) =>
        sequence.Parts.SelectMany(part => part is ExpressionPart.Sequence inner ? Flat(inner) : [part]);

    private static string[]? WithNothing(string[]? texts) => texts is null ? null : [.. texts, .. Nothing];

    /// <param name="Texts">All that a part may stand for; null = more than are looked at.</param>
    /// <param name="Guards">What holds where the part is found.</param>
    /// <param name="Again">All that the inside of a part may stand for that comes once or more often; null = it is none, or too many.</param>
    private sealed record Finding(string[]? Texts, IReadOnlyList<Guard> Guards, string[]? Again = null);

    /// <param name="Texts">One of them is there, without a gap.</param>
    /// <param name="AtStart">It is at the start of the text.</param>
    /// <param name="IsKept">Its guard was made.</param>
    private readonly record struct Run(string[] Texts, bool AtStart, bool IsKept = false);
}
