using System.Text;
using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Routing;

/// <summary>Whatever a record of any event holds, a rule that asks its log source for just that fires.</summary>
public sealed class EveryFieldTests
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Events.Count)];

    private static List<HostEvent> Events { get; } =
    [
        Some.Exec(askedPath: "/x", interpreter: "/bin/sh"), Some.FileOpen(askedPath: "/x", openFlags: 0x42), Some.FileOpen(openFlags: 0x200000),
        Some.FileOpen(error: 13), Some.Connect(), Some.Send(), Some.Exit(), Some.Fork(),
        .. from call in Enum.GetValues<CallKind>().Where(call => call > CallKind.Open)
           from error in (ushort[])[0, 13]
           select Some.Call(call, "/a", call is CallKind.Rename or CallKind.Link or CallKind.Symlink ? "/b" : "", error: error, file: new FileIdentity(1, 2, 0x81A4, 1)),
    ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Value_that_a_record_holds_is_found_in_it(int number)
    {
        var (view, fields, rules) = (new HostEventView(), new FieldTable(), new StringBuilder());
        var titles = new List<string>();
        view.Show(Events[number]);
        for (var i = 0; i < view.RecordCount; i++)
        {
            view.ShowRecord(i);
            var source = view.Source.Service.Length > 0 ? $"service: {view.Source.Service}" : view.Source.Category.Length > 0 ? $"category: {view.Source.Category}" : "product: linux";
            foreach (var name in HostTaxonomy.FieldNames(view.Source))
            {
                if (view.Get(fields.Get(name)).Text is { } text)
                {
                    titles.Add($"{i} {name}");
                    rules.Append($"---\ntitle: {i} {name}\nlogsource: {{ {source} }}\ndetection: {{ s: {{ {name}: '{text}' }}, condition: s }}\n");
                }
            }
        }

        var fired = new DetectionEngine(Packs.LoadAll(rules.ToString())).Evaluate(Events[number]).Select(incident => incident.Rule.Title);

        Assert.Equal(titles.Order(StringComparer.Ordinal), fired.Order(StringComparer.Ordinal));
    }
}
