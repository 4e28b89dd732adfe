using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Taxonomy;

public sealed class HostFieldValuesTests
{
    private static readonly FieldTable Fields = new();

    [Fact]
    public void Records_hold_no_other_value_than_is_told_of_their_kind()
    {
        HostEvent[] events =
        [
            Some.Exec(Some.Process("/bin/a", ["a"]), askedPath: "/b"), Some.FileOpen(), Some.FileOpen(openFlags: 0x41, askedPath: "/b"),
            Some.FileOpen(error: 13), Some.Connect(), Some.Send(), Some.Exit(), Some.Fork(),
            .. Enum.GetValues<CallKind>().Where(call => call != CallKind.Open).SelectMany(call => (HostEvent[])[Some.Call(call), Some.Call(call, "/a", "/b"), Some.Call(call, error: 1)]),
        ];
        var compared = 0;
        foreach (var e in events)
        {
            var view = new HostEventView();
            view.Show(e);
            for (var record = 0; record < view.RecordCount; record++)
            {
                view.ShowRecord(record);
                foreach (var fact in HostFieldFacts.All)
                {
                    var values = HostFieldValues.Of(view.Shapes[record], fact.Key);
                    var value = view.Get(Fields.Get(fact.Value.Name));
                    if (values.Count > 0 && value.Kind != FieldKind.Absent)
                    {
                        compared++;
                        Assert.True(values.Any(told => told.Text == value.Text), $"{view.Shapes[record].Kind} {fact.Value.Name} {value.Text}");
                    }
                }
            }
        }

        Assert.True(compared > 100);
    }
}
