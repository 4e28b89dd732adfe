using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Taxonomy;

/// <summary>Reading events is done for every event of every host: it makes no garbage.</summary>
public sealed class ViewAllocationTests
{
    private const int Rounds = 200;

    private static readonly ProcessNode Shell = Some.Process("/usr/bin/bash", ["bash", "-c", "id; " + new string('x', 5000)], pid: 900);

    private static readonly HostEvent[] Events =
    [
        Some.Exec(Some.Process("/usr/bin/curl", ["curl", "-s", "http://203.0.113.7/"], Shell), askedPath: "/tmp/curl"),
        Some.Exec(Some.Process("/usr/bin/ls", ["ls", "-l"], Shell, pid: 4243)),
        Some.FileOpen("/tmp/x", askedPath: "/run/x", openFlags: 0x42), Some.FileOpen(openFlags: 0x200000),
        Some.Connect(), Some.Send("2001:db8::1"), Some.Exit(Shell), Some.Fork(),
    ];

    [Fact]
    public void Reading_every_field_of_every_record_allocates_nothing()
    {
        var table = new FieldTable();
        Field[] fields =
        [
            .. HostFieldFacts.All.Values.Select(fact => table.Get(fact.Type == FieldKind.Text && fact.Name == "a" ? "a1" : fact.Name)), table.Get("Nobody"),
        ];
        var view = new HostEventView();
        var expected = ReadAll(view, fields);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            read += ReadAll(view, fields);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(expected * Rounds, read);
        Assert.True(expected > Shell.CommandLine.Length);
    }

    // Number of characters of all values, so that each is really read.
    private static long ReadAll(HostEventView view, Field[] fields)
    {
        Span<char> scratch = stackalloc char[FieldValue.ScratchLength];
        var length = 0L;
        foreach (var e in Events)
        {
            view.Show(e);
            for (var record = 0; record < view.RecordCount; record++)
            {
                view.ShowRecord(record);
                length += view.Source.Product.Length;
                foreach (var field in fields)
                {
                    length += view.Get(field).TryGetText(scratch, out var text) ? text.Length : 0;
                }

                for (var i = 0; view.TryGetSearchable(i, out var value); i++)
                {
                    length += value.TryGetText(scratch, out var text) ? text.Length : 0;
                }
            }
        }

        return length;
    }
}
