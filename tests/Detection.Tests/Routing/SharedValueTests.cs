using Detection.Routing;
using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Routing;

/// <summary>A value that several records hold is looked through once, whatever they call it.</summary>
public sealed class SharedValueTests
{
    private static readonly HostEvent[] Events =
    [
        Some.Exec(Some.Process("/usr/bin/nc", ["nc", "-l", "80"], Some.Process("/usr/bin/bash", ["-bash"]))),
        Some.Exec(Some.Process("/usr/bin/dash", ["sh", "/srv/x.sh"]), askedPath: "/srv/x.sh"),
        Some.FileOpen("/etc/shadow", openFlags: 0x8241), Some.FileOpen("/etc/shadow", askedPath: "/tmp/link"), Some.FileOpen(openFlags: 3),
        Some.Connect(), Some.Exit(),
    ];

    [Fact]
    public void Under_the_shared_name_stands_the_same_value()
    {
        var compared = 0;
        var view = new HostEventView();
        foreach (var e in Events)
        {
            view.Show(e);
            var shapes = view.Shapes;
            for (var i = 0; i < shapes.Length; i++)
            {
                foreach (var field in HostFieldFacts.All.Where(fact => (fact.Value.Records & shapes[i].Kind) != 0).Select(fact => fact.Key)
                    .Where(field => shapes[i].SharedNameOf(field) != field))
                {
                    view.ShowRecord(i);
                    var value = view.Read(field, 0);
                    view.ShowRecord(0);
                    Assert.Equal(value.Text, view.Read(shapes[i].SharedNameOf(field), 0).Text);
                    compared++;
                }
            }
        }

        Assert.True(compared > 30);
    }

    [Fact]
    public void What_is_said_to_be_the_same_in_all_records_of_a_kind_is_what_they_hold()
    {
        var compared = 0;
        var view = new HostEventView();
        foreach (var e in Events)
        {
            view.Show(e);
            for (var i = 0; i < view.RecordCount; i++)
            {
                view.ShowRecord(i);
                foreach (var field in HostFieldFacts.All.Keys.Where(field => view.Shapes[i].ConstantOf(field).Kind != FieldKind.Absent))
                {
                    Assert.Equal(view.Shapes[i].ConstantOf(field).Text, view.Read(field, 0).Text);
                    compared++;
                }
            }
        }

        Assert.True(compared > 15);
    }

    [Fact]
    public void A_text_that_is_kept_has_exactly_its_hits_however_many_texts_came_between()
    {
        var recent = new RecentTexts();
        var random = new Random(1);
        var (found, asked) = (0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            var text = new string((char)('a' + random.Next(3)), random.Next(RecentTexts.MaxLength + 20)) + random.Next(30);
            int[] hits = [.. Enumerable.Range(text.Length, text.Length % RecentTexts.MaxHits)];
            if (recent.TryGet(text, out var kept))
            {
                Assert.Equal(hits, kept.ToArray());
                found++;
            }
            else
            {
                recent.Keep(text, hits);
            }

            asked++;
        }

        Assert.InRange(found, 1_000, asked - 1_000);
    }
}
