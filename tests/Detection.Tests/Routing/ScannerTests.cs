using Detection.Matching;
using Detection.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace Detection.Tests.Routing;

/// <summary>The scanners against a search literal by literal.</summary>
public sealed class ScannerTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly Gen<string> Folded = from letters in Gen.ArrayOf(Gen.Elements('A', 'B', '/', '\u0130', '\u00DF'))
                                                 select new string([.. letters.Take(6)]);

    private static readonly Gen<string> Text = from letters in Gen.ArrayOf(Gen.Elements('a', 'A', 'b', 'B', '/', '\u0130', '\u00DF', 'x', '\uD801'))
                                               select new string(letters);

    private static readonly Gen<string[]> Literals = from texts in Gen.ArrayOf(Folded)
                                                     select texts.Where(text => text.Length > 0).Distinct().ToArray();

    [Fact]
    public void Substrings_are_exactly_those_that_are_there_however_small_the_table() => Check.One(Cases, Prop.ForAll(
        Arb.From(Literals), Arb.From(Text), Arb.From(Gen.Choose(0, 60)), (literals, text, cells) =>
        {
            var hits = new LiteralHits();
            var automaton = new SubstringAutomaton([.. literals.Select((literal, i) => Marked(literal, PatternPlace.Anywhere, i))], hits, cells);
            var marks = new RecordMarks(hits.Freeze(), new MarkLayout(literals.Length));

            marks.Begin();
            var steps = automaton.Scan(text, marks);

            Assert.Equal(literals.Where(FoldedText(text).Contains), Marked(literals, marks));
            Assert.InRange(steps, text.Length, 3 * text.Length);
        }));

    [Fact]
    public void Starts_and_wholes_are_exactly_those_that_are_there() => Check.One(Cases, Prop.ForAll(
        Arb.From(Literals), Arb.From(Text), Arb.From(Gen.Choose(0, int.MaxValue)), (literals, text, wholes) =>
        {
            string[] all = [.. literals, ""];
            bool IsWhole(int i) => i == literals.Length || (wholes & (1 << (i % 31))) != 0;
            var marks = ScanEnd([.. all.Select((literal, i) => Marked(literal, IsWhole(i) ? PatternPlace.Whole : PatternPlace.Start, i))], text, fromEnd: false);

            Assert.Equal(
                all.Where((literal, i) => IsWhole(i) ? FoldedText(text) == literal : FoldedText(text).StartsWith(literal, StringComparison.Ordinal)),
                Marked(all, marks));
        }));

    [Fact]
    public void Ends_are_exactly_those_that_are_there() => Check.One(Cases, Prop.ForAll(
        Arb.From(Literals), Arb.From(Text), (literals, text) =>
        {
            var marks = ScanEnd([.. literals.Select((literal, i) => Marked(literal, PatternPlace.End, i))], text, fromEnd: true);
            Assert.Equal(literals.Where(literal => FoldedText(text).EndsWith(literal, StringComparison.Ordinal)), Marked(literals, marks));
        }));

    [Fact]
    public void Nested_literals_in_a_long_text_are_marked_once()
    {
        var literals = Enumerable.Range(1, 200).Select(length => new string('A', length)).ToArray();
        var hits = new LiteralHits();
        var automaton = new SubstringAutomaton([.. literals.Select((literal, i) => Marked(literal, PatternPlace.Anywhere, i))], hits, cells: 100);
        var marks = new RecordMarks(hits.Freeze(), new MarkLayout(literals.Length));

        marks.Begin();
        var steps = automaton.Scan(new string('a', 1_000_000), marks);

        Assert.Equal(literals, Marked(literals, marks));
        Assert.InRange(steps, 1_000_000, 2_000_000);
        Assert.Equal(literals.Length, marks.Marked);
    }

    private static RecordMarks ScanEnd(LiteralMarks[] literals, string text, bool fromEnd)
    {
        var hits = new LiteralHits();
        var trie = new EndTrie(literals, fromEnd, hits);
        var marks = new RecordMarks(hits.Freeze(), new MarkLayout(literals.Length));
        marks.Begin();
        Assert.InRange(trie.Scan(text, marks), 0, text.Length);
        return marks;
    }

    private static LiteralMarks Marked(string folded, PatternPlace place, int mark) => new(new RequiredLiteral(null, place, folded), [mark]);

    private static string FoldedText(string text) => Folding.Fold(text);

    private static IEnumerable<string> Marked(string[] literals, RecordMarks marks)
    {
        var words = marks.Words.ToArray();
        return literals.Where((_, i) => (words[i / 64] & (1UL << i)) != 0);
    }
}
