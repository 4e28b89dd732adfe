using System.Net;
using Detection.Taxonomy;

namespace Detection.Tests.Matching;

public sealed class AllocationTests
{
    private static readonly FieldsOnly Record = new()
    {
        ["Text"] = FieldValue.Of("/usr/bin/curl -k 10.1.2.3"),
        ["Buffered"] = FieldValue.Of("hidden text".ToCharArray(), 6),
        ["Number"] = FieldValue.Of(4711),
        ["Address"] = FieldValue.Of(IPAddress.Parse("::ffff:10.1.2.3")),
        ["AddressText"] = FieldValue.Of("2001:db8::7"),
        ["Truth"] = FieldValue.Of(true),
        ["Time"] = FieldValue.Of("2026-01-31T23:59:59Z"),
        ["List"] = FieldValue.Of([FieldValue.Of("one"), FieldValue.Of(2)]),
    };

    [Theory]
    [InlineData("Text: never")]
    [InlineData("Text|contains|all: [curl, nothing]")]
    [InlineData("Text|contains: 'c?rl*nothing'")]
    [InlineData("Text|windash|contains: ' -x'")]
    [InlineData("Text|re: 'c[a-z]+l.*nothing'")]
    [InlineData("Text|gt: 5")]
    [InlineData("Text|fieldref|contains: Number")]
    [InlineData("Buffered|endswith: text")]
    [InlineData("Number: never")]
    [InlineData("Number|re: '^9'")]
    [InlineData("Address|cidr: 11.0.0.0/8")]
    [InlineData("Address: '*.9'")]
    [InlineData("AddressText|cidr: 'fd00::/8'")]
    [InlineData("Truth: 'no'")]
    [InlineData("Time|hour: 5")]
    [InlineData("List: three")]
    [InlineData("'|all': [nothing]")]
    [InlineData("Absent: x")]
    public void Matching_allocates_nothing(string item)
    {
        var rule = Packs.Rule($"s:\n  {item}\ncondition: s or not (not s)");

        // The first runs build the automaton of an expression and compile the code.
        for (var i = 0; i < 100; i++)
        {
            Assert.False(rule.Matches(Record));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            rule.Matches(Record);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
