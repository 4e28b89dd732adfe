using System.Net;
using Detection.Taxonomy;

namespace Detection.Tests.Matching;

public sealed class ModifierTests
{
    private static readonly FieldsOnly Nothing = [];

    [Theory]
    [InlineData("CommandLine: ls", "LS", true)]
    [InlineData("CommandLine: ls", "ls -l", false)]
    [InlineData("CommandLine|cased: ls", "LS", false)]
    [InlineData("CommandLine|contains: [ -l , -a ]", "ls -a", true)]
    [InlineData("CommandLine|contains|all: [ -l , -a ]", "ls -a", false)]
    [InlineData("CommandLine|contains|all: [ -l , -a ]", "ls -a -l", true)]
    [InlineData("CommandLine|startswith: ls", "ls -a", true)]
    [InlineData("CommandLine|endswith|cased: -A", "ls -a", false)]
    [InlineData("CommandLine|cased|endswith: -A", "ls -A", true)]
    [InlineData("CommandLine|neq: ls", "ls", false)]
    [InlineData("CommandLine|neq: ls", "cat", true)]
    [InlineData("CommandLine|neq: [ls, cat]", "cat", false)]
    [InlineData("CommandLine|contains|neq: l", "ls", false)]
    [InlineData("CommandLine|re: 'l.$'", "x ls", true)]
    [InlineData("CommandLine|re: 'L.$'", "x ls", false)]
    [InlineData("CommandLine|re|i: 'L.$'", "x ls", true)]
    [InlineData("CommandLine|re: '^b'", "a\nb", false)]
    [InlineData("CommandLine|re|m: '^b'", "a\nb", true)]
    [InlineData("CommandLine|re: 'a.b'", "a\nb", false)]
    [InlineData("CommandLine|re|s: 'a.b'", "a\nb", true)]
    [InlineData("CommandLine|re: '\\*'", "*", true)]
    [InlineData("CommandLine|re|i|m: '^B'", "a\nb", true)]
    [InlineData("CommandLine|re|multiline|ignorecase: '^B'", "a\nb", true)]
    [InlineData("CommandLine|re|dotall: 'a.b'", "a\nb", true)]
    [InlineData("CommandLine|re|all: [a, b]", "xbxa", true)]
    [InlineData("CommandLine|re|all: [a, b]", "xa", false)]
    [InlineData("CommandLine|re|neq: a", "xa", false)]
    [InlineData("CommandLine|re|contains: 'l.$'", "x ls", true)]
    [InlineData("CommandLine|re|startswith: 's'", "x ls", true)]
    [InlineData("CommandLine|re|endswith: 'x|y'", "x ls", true)]
    [InlineData("CommandLine|all: ['*a*', '*b*']", "ba", true)]
    [InlineData("CommandLine|all: ['*a*', '*b*']", "a", false)]
    [InlineData("CommandLine|all: a", "A", true)]
    [InlineData("CommandLine|neq|contains: l", "ls", false)]
    [InlineData("CommandLine|contains|all|neq: [l, s]", "l", true)]
    [InlineData("CommandLine|contains|all|neq: [l, s]", "ls", false)]
    [InlineData("CommandLine|contains: 'a*c'", "xabbcx", true)]
    [InlineData("CommandLine|endswith: 'a?c'", "xabc", true)]
    [InlineData("CommandLine|endswith: 'a?c'", "xabcx", false)]
    [InlineData("CommandLine|startswith: 'a?c*e'", "abcdex", true)]
    [InlineData("CommandLine|windash|contains: ' -x'", "cmd /x", true)]
    [InlineData("CommandLine|contains|windash|all: [' -x', ' -y']", "cmd /x", false)]
    [InlineData("CommandLine|contains|windash|all: [' -x', ' -y']", "cmd /x -y", true)]
    [InlineData("CommandLine|cidr: 10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("CommandLine|cidr: 10.0.0.0/8", "11.1.2.3", false)]
    [InlineData("CommandLine|cidr: 10.0.0.0/8", "no address", false)]
    [InlineData("CommandLine|cidr: 'fd00::/8'", "fd12::1", true)]
    [InlineData("CommandLine|cidr: 10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("CommandLine|lt: 5", "4.9", true)]
    [InlineData("CommandLine|lte: 5", "5", true)]
    [InlineData("CommandLine|gt: 5", "5", false)]
    [InlineData("CommandLine|gte: 5", "five", false)]
    [InlineData("CommandLine: ''", "", true)]
    [InlineData("CommandLine: ''", "x", false)]
    [InlineData("CommandLine: null", "", false)]
    [InlineData("CommandLine: 42", "42", true)]
    [InlineData("CommandLine: 42", "042", false)]
    [InlineData("CommandLine: true", "TRUE", true)]
    [InlineData("CommandLine|exists: true", "", true)]
    [InlineData("CommandLine|exists: false", "", false)]
    public void Item_on_a_text(string item, string text, bool expected) =>
        Assert.Equal(expected, Matches(item, FieldsOnly.With("CommandLine", text)));

    [Theory]
    [InlineData("CommandLine: x", false)]
    [InlineData("CommandLine: '*'", false)]
    [InlineData("CommandLine: ''", false)]
    [InlineData("CommandLine: 0", false)]
    [InlineData("CommandLine: false", false)]
    [InlineData("CommandLine|re: '.*'", false)]
    [InlineData("CommandLine|lt: 5", false)]
    [InlineData("CommandLine: null", true)]
    [InlineData("CommandLine: [x, null]", true)]
    [InlineData("CommandLine|re|neq: x", true)]
    [InlineData("CommandLine|hour: 5", false)]
    [InlineData("CommandLine|cidr: '::/0'", false)]
    [InlineData("CommandLine|fieldref: Image", false)]
    [InlineData("CommandLine|fieldref|neq: Image", true)]
    [InlineData("CommandLine|neq: x", true)]
    [InlineData("CommandLine|neq: null", false)]
    [InlineData("CommandLine|exists: true", false)]
    [InlineData("CommandLine|exists: false", true)]
    public void Item_on_an_absent_field(string item, bool expected) => Assert.Equal(expected, Matches(item, Nothing));

    [Theory]
    [InlineData("CommandLine: x", false)]
    [InlineData("CommandLine: ''", false)]
    [InlineData("CommandLine: '*'", false)]
    [InlineData("CommandLine: null", true)]
    [InlineData("CommandLine|neq: x", true)]
    [InlineData("CommandLine|exists: true", true)]
    [InlineData("CommandLine|exists: false", false)]
    public void Item_on_a_field_that_is_null(string item, bool expected) =>
        Assert.Equal(expected, Matches(item, FieldsOnly.With("CommandLine", FieldValue.Null)));

    [Theory]
    [InlineData("Hash: bb", true)]
    [InlineData("Hash: b", false)]
    [InlineData("Hash: 7", true)]
    [InlineData("Hash: null", false)]
    [InlineData("Hash|contains|all: [a, b]", true)]
    [InlineData("Hash|contains|all: [a, c]", false)]
    [InlineData("Hash|neq: bb", false)]
    [InlineData("Hash|neq: cc", true)]
    [InlineData("Hash|gt: 6", true)]
    [InlineData("Hash|re: '^b+$'", true)]
    [InlineData("Hash|exists: true", true)]
    public void Item_holds_when_any_element_of_a_list_fulfils_it(string item, bool expected)
    {
        var list = FieldValue.Of([FieldValue.Of("aa"), FieldValue.Of("bb"), FieldValue.Of(7)]);
        Assert.Equal(expected, Matches(item, FieldsOnly.With("Hash", list)));
    }

    [Theory]
    [InlineData("Uid: 42", true)]
    [InlineData("Uid: 42.0", true)]
    [InlineData("Uid: '42'", true)]
    [InlineData("Uid: '4*'", true)]
    [InlineData("Uid|contains: '2'", true)]
    [InlineData("Uid|neq: 43", true)]
    [InlineData("Uid: [41, 42]", true)]
    [InlineData("Uid: 4.2e1", true)]
    [InlineData("Uid|lte|neq: 42", false)]
    [InlineData("Uid|gt|all: [40, 41]", true)]
    [InlineData("Uid|gt|all: [40, 42]", false)]
    [InlineData("Uid: 43", false)]
    [InlineData("Uid|gt: 41.5", true)]
    [InlineData("Uid|re: '^4'", true)]
    [InlineData("Uid: true", false)]
    public void Item_on_a_number(string item, bool expected) =>
        Assert.Equal(expected, Matches(item, FieldsOnly.With("Uid", FieldValue.Of(42))));

    [Theory]
    [InlineData("Sensitive: true", true)]
    [InlineData("Sensitive: 'true'", true)]
    [InlineData("Sensitive: 'True'", true)]
    [InlineData("Sensitive: false", false)]
    [InlineData("Sensitive: 1", false)]
    public void Item_on_a_boolean(string item, bool expected) =>
        Assert.Equal(expected, Matches(item, FieldsOnly.With("Sensitive", FieldValue.Of(true))));

    [Fact]
    public void Addresses_are_compared_as_networks_and_as_text()
    {
        var e = FieldsOnly.With("DestinationIp", FieldValue.Of(IPAddress.Parse("10.1.2.3")));
        Assert.True(Packs.Rule("s: { DestinationIp|cidr: 10.1.0.0/16 }\ncondition: s", "network_connection").Matches(e));
        Assert.True(Packs.Rule("s: { DestinationIp|startswith: '10.1.' }\ncondition: s", "network_connection").Matches(e));
        Assert.False(Packs.Rule("s: { DestinationIp|cidr: [10.2.0.0/16, 'fd00::/8'] }\ncondition: s", "network_connection").Matches(e));
    }

    [Fact]
    public void Hostile_text_cannot_make_a_pattern_slow()
    {
        var text = FieldsOnly.With("CommandLine", new string('a', 100_000));
        Assert.False(Matches("CommandLine|re: '(a+)+b'", text));
        Assert.False(Matches("CommandLine: '*a*a*a*b'", text));
        Assert.False(Matches("CommandLine: '*aaaa?a*aaa?b*'", text));
        Assert.False(Matches("CommandLine|re: '(a|aa|a?){1,60}c$'", FieldsOnly.With("CommandLine", new string('a', 4_096))));
    }

    private static bool Matches(string item, FieldsOnly e) => Packs.Rule($"s:\n  {item}\ncondition: s").Matches(e);
}
