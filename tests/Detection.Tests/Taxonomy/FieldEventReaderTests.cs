using System.Text;
using Detection.Taxonomy;
using FsCheck;
using FsCheck.Fluent;
using Wire.Model;

namespace Detection.Tests.Taxonomy;

public sealed class FieldEventReaderTests
{
    private const long Previous = 123;

    [Fact]
    public void Values_keep_their_kind()
    {
        var e = Read("""
            {"t":"x","n":1.5,"big":1e99,"yes":true,"no":false,"null":null,"list":["a",1,null,true],"empty":[],"o":{"p":{"q":"deep"},"r":2},"none":{}}
            """);

        Assert.Equal("x", e.Fields["t"].Text);
        Assert.Equal(1.5m, e.Fields["n"].Number);
        Assert.Equal((FieldKind.Text, "1e99"), (e.Fields["big"].Kind, e.Fields["big"].Text));
        Assert.True(e.Fields["yes"].IsTrue);
        Assert.Equal((FieldKind.Boolean, false), (e.Fields["no"].Kind, e.Fields["no"].IsTrue));
        Assert.Equal(FieldKind.Null, e.Fields["null"].Kind);
        Assert.Equal([FieldKind.Text, FieldKind.Number, FieldKind.Null, FieldKind.Boolean], e.Fields["list"].Items.ToArray().Select(item => item.Kind));
        Assert.Equal((FieldKind.List, 0), (e.Fields["empty"].Kind, e.Fields["empty"].Items.Length));
        Assert.Equal("deep", e.Fields["o.p.q"].Text);
        Assert.Equal(2, e.Fields["o.r"].Number);
        Assert.Equal(10, e.Fields.Count);
    }

    [Theory]
    [InlineData("0000000000202000", "cap_net_raw,cap_sys_admin")]
    [InlineData("cap_net_raw", "cap_net_raw")]
    public void Capabilities_of_the_agents_lines_are_names_again(string written, string read) =>
        Assert.Equal(read, Read($$"""{"Capabilities":"{{written}}"}""").Fields["Capabilities"].Text);

    [Fact]
    public void Head_says_what_the_event_is_and_stays_readable()
    {
        var e = Read("""
            {"category":"process_creation","product":"linux","service":"auditd","@timestamp":"2026-01-01T00:00:00.000000001Z",
             "host":"h1","boot":"0b7e3c1a-5d42-4f0e-9a68-1c2d3e4f5a6b","lane":"high","seq":18446744073709551615}
            """);

        Assert.Equal(new LogSource("process_creation", "linux", "auditd"), e.Source);
        Assert.Empty(e.FurtherSources);
        Assert.Equal(new EventId("h1", new Guid("0b7e3c1a-5d42-4f0e-9a68-1c2d3e4f5a6b"), Lane.High, ulong.MaxValue), e.Id);
        Assert.Equal(1_767_225_600_000_000_001, e.TimeNs);
        Assert.Equal("linux", e.Fields["product"].Text);
        Assert.Equal(8, e.Fields.Count);
    }

    [Fact]
    public void What_the_head_leaves_out_has_a_default()
    {
        var e = Read("{}", line: 7);

        Assert.Equal(new LogSource("", "", ""), e.Source);
        Assert.Equal(new EventId("", Guid.Empty, Lane.Bulk, 7), e.Id);
        Assert.Equal((7, Previous), (e.Line, e.TimeNs));
        Assert.False(e.Process.Key.IsKnown);
    }

    [Fact]
    public void Event_of_several_categories_is_a_record_of_each()
    {
        var view = new FieldEventView();
        view.Show(Read("""{"product":"linux","category":["file_access","file_event"]}"""));

        Assert.Equal((2, "linux/file_access"), (view.RecordCount, view.Source.ToString()));
        view.ShowRecord(1);
        Assert.Equal("linux/file_event", view.Source.ToString());
    }

    [Theory]
    [InlineData("\"1970-01-01T00:00:00Z\"", 0)]
    [InlineData("\"1970-01-01T00:00:01.5z\"", 1_500_000_000)]
    [InlineData("\"1970-01-01 01:00:00+01:00\"", 0)]
    [InlineData("\"1969-12-31T23:30:00.000000001-00:30\"", 1)]
    [InlineData("\"1969-12-31T23:59:59.999999999Z\"", -1)]
    [InlineData("\"2016-12-31T23:59:60Z\"", 1_483_228_800_000_000_000)]
    [InlineData("\"2024-02-29T12:00:00.123456789+05:45\"", 1_709_187_300_123_456_789)]
    [InlineData("0.000000001", 1)]
    [InlineData("-0.5", -500_000_000)]
    [InlineData("1767225600.1234567899", 1_767_225_600_123_456_789)]
    [InlineData("null", Previous)]
    public void Timestamps(string json, long expected) => Assert.Equal(expected, Read($"{{\"@timestamp\":{json}}}").TimeNs);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"2026-01-01\"")]
    [InlineData("\"2026-01-01T00:00:00\"")]
    [InlineData("\"2026-01-01T00:00:00.Z\"")]
    [InlineData("\"2026-01-01T00:00:00.1234567890Z\"")]
    [InlineData("\"2026-01-01T00:00:00+0100\"")]
    [InlineData("\"2026-13-01T00:00:00Z\"")]
    [InlineData("\"2026-02-29T00:00:00Z\"")]
    [InlineData("\"0000-01-01T00:00:00Z\"")]
    [InlineData("\"2026-01-01T24:00:00Z\"")]
    [InlineData("\"2026-01-01T00:00:00.5\"")]
    [InlineData("\"9999-01-01T00:00:00Z\"")]
    [InlineData("1767225600000")]
    [InlineData("1e28")]
    [InlineData("1e99")]
    [InlineData("true")]
    [InlineData("[1]")]
    public void No_timestamps(string json) => Assert.StartsWith("@timestamp: ", Fault($"{{\"@timestamp\":{json}}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "no JSON object")]
    [InlineData("[]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("{", "no JSON object")]
    [InlineData("{} {}", "no JSON object")]
    [InlineData("{\"a\":1,}", "no JSON object")]
    [InlineData("{\"a\":01}", "no JSON object")]
    [InlineData("{\"a\":\"\\ud800\"}", "a text in it is not Unicode")]
    [InlineData("{\"a\":1,\"a\":2}", "a: given twice")]
    [InlineData("{\"a\":{\"b\":1},\"a.b\":2}", "a.b: given twice")]
    [InlineData("{\"a\":[[1]]}", "a: an array or object inside an array")]
    [InlineData("{\"a\\u001b\":[{}]}", "a\\x1b: an array or object inside an array")]
    [InlineData("{\"seq\":-1}", "seq: no whole number from 0")]
    [InlineData("{\"seq\":1.5}", "seq: no whole number from 0")]
    [InlineData("{\"host\":true}", "host: no text")]
    [InlineData("{\"category\":1}", "category: no text")]
    [InlineData("{\"category\":[null]}", "category: no text")]
    [InlineData("{\"category\":[\"\",\"\",\"\",\"\",\"\"]}", "category: more than 4")]
    public void Faults(string json, string expected) => Assert.StartsWith(expected, Fault(json), StringComparison.Ordinal);

    [Fact]
    public void Size_depth_names_and_number_of_fields_are_bounded()
    {
        Assert.StartsWith("longer than", Fault("{\"a\":\"" + new string('x', FieldEventReader.MaxBytes) + "\"}"), StringComparison.Ordinal);
        Assert.StartsWith("no JSON object, or one deeper", Fault(string.Concat(Enumerable.Repeat("{\"a\":", 17)) + "1" + new string('}', 17)), StringComparison.Ordinal);
        Assert.StartsWith("more than", Fault("{\"" + new string('n', 1025) + "\":1}"), StringComparison.Ordinal);
        Assert.StartsWith("more than", Fault("{" + string.Join(',', Enumerable.Range(0, 4097).Select(i => $"\"{i}\":1")) + "}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_a_fault()
    {
        Assert.False(FieldEventReader.TryRead([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}'], 1, 0, out _, out var fault));
        Assert.Equal("a text in it is not Unicode", fault);
    }

    [Fact]
    public void No_damage_to_a_line_makes_it_throw()
    {
        var line = Encoding.UTF8.GetBytes("""{"category":["a"],"@timestamp":"2026-01-01T00:00:00Z","seq":3,"host":"h","o":{"p":[1,"é\u00e9",null]},"n":-1.5e3}""");
        var damaged = from count in Gen.Choose(1, 4)
                      from at in Gen.ArrayOf(Gen.Choose(0, line.Length - 1), count)
                      from value in Gen.ArrayOf(Gen.Choose(0, 255), count)
                      select (at, value);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(damaged.ToArbitrary(), damage =>
        {
            var bytes = line.ToArray();
            for (var i = 0; i < damage.at.Length; i++)
            {
                bytes[damage.at[i]] = (byte)damage.value[i];
            }

            return FieldEventReader.TryRead(bytes, 1, 0, out var e, out var fault) ? e is not null : fault is { Length: > 0 };
        }));
    }

    [Theory]
    [InlineData("\"boot\":\"nouuid\"", "boot: no UUID")]
    [InlineData("\"boot\":7", "boot: no text")]
    [InlineData("\"lane\":\"mid\"", "lane: neither high nor bulk")]
    [InlineData("\"lane\":\"High\"", "lane: neither high nor bulk")]
    [InlineData("\"lane\":true", "lane: no text")]
    public void A_boot_or_lane_that_is_none_makes_the_line_no_event(string value, string fault) => Assert.Equal(fault, Fault($"{{{value}}}"));

    [Fact]
    public void View_reads_by_exact_name_and_searches_all_values_in_the_order_of_the_line()
    {
        var fields = new FieldTable();
        var view = new FieldEventView();
        view.Show(Read("""{"b":"x","a":[1,"y"],"c":null}"""));

        Assert.Equal("x", view.Get(fields.Get("b")).Text);
        Assert.Equal(FieldKind.Absent, view.Get(fields.Get("B")).Kind);
        Assert.Equal(FieldKind.Null, view.Get(fields.Get("c")).Kind);
        Assert.Equal(["x", "1", "y", null], Searchable(view));
        view.Show(Read("""{"z":true}"""));
        Assert.Equal(["true"], Searchable(view));
    }

    [Fact]
    public void Keywords_do_not_look_into_what_says_where_an_event_comes_from()
    {
        var view = new FieldEventView();
        view.Show(Read("""{"category":"x","product":"linux","service":"sshd","host":"linux-1","boot":"","lane":"high","seq":1,"@timestamp":1,"a":"b"}"""));
        Assert.Equal(["b"], Searchable(view));
    }

    private static List<string?> Searchable(FieldEventView view)
    {
        var texts = new List<string?>();
        for (var i = 0; view.TryGetSearchable(i, out var value); i++)
        {
            texts.Add(value.Text);
        }

        return texts;
    }

    private static FieldEvent Read(string json, long line = 1)
    {
        Assert.True(FieldEventReader.TryRead(Encoding.UTF8.GetBytes(json), line, Previous, out var e, out var fault), fault);
        Assert.Null(fault);
        return e;
    }

    private static string Fault(string json)
    {
        Assert.False(FieldEventReader.TryRead(Encoding.UTF8.GetBytes(json), 1, Previous, out var e, out var fault));
        Assert.Null(e);
        return fault;
    }
}
