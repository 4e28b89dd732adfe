using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Support;
using Wire.Codec;

namespace Wire.Tests.Codec;

/// <summary>The description of the format and the code say the same.</summary>
public sealed class WireFormatDocumentTests
{
    private static readonly string Text = File.ReadAllText(Repository.File("docs/wire-format.md"));

    [Fact]
    public void The_bytes_of_the_example_are_a_golden_file()
    {
        var example = Regex.Match(Text, "```wire\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var hex = string.Concat(example.Split('\n').Select(line => line.Split('|')[0].Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(Convert.ToHexStringLower(File.ReadAllBytes(Repository.File("tests/Fixtures/wire/v1/one-open.frame"))), hex);
    }

    [Theory]
    [InlineData("the frame", typeof(FrameField))]
    [InlineData("the cloud identity", typeof(CloudField))]
    [InlineData("an actor", typeof(ActorField))]
    [InlineData("a file", typeof(FileField))]
    [InlineData("a process", typeof(ProcessField))]
    [InlineData("an event", typeof(EventField))]
    [InlineData("a heartbeat", typeof(HeartbeatField))]
    [InlineData("a sink", typeof(SinkHealthField))]
    [InlineData("a signal", typeof(SignalHealthField))]
    public void Every_field_has_its_row_with_its_id(string section, Type ids)
    {
        var start = Text.IndexOf($"### Fields of {section}\n", StringComparison.Ordinal);
        var end = Text.IndexOf("\n#", start + 4, StringComparison.Ordinal);
        var rows = Regex.Matches(Text[start..end], @"^\| (\d+) \| (\w+) \|", RegexOptions.Multiline)
            .Select(row => (uint.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture), row.Groups[2].Value));
        var fields = ids.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral && field.FieldType == typeof(uint))
            .Select(field => ((uint)field.GetRawConstantValue()!, field.Name));
        Assert.Equal(fields.Order(), rows.Order());
    }

    [Fact]
    public void The_well_known_strings_are_listed_in_their_order()
    {
        var list = Regex.Match(Text, "```strings\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(WellKnownStrings.All, list.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(FrameFormat.MaxFrameBytes)]
    [InlineData(FrameFormat.MaxTextBytes)]
    [InlineData(FrameFormat.MaxEvents)]
    [InlineData(FrameFormat.MaxStrings)]
    [InlineData(FrameFormat.MaxStringLength)]
    [InlineData(FrameFormat.MaxArgumentsLength)]
    [InlineData(FrameFormat.MaxAllArgumentsLength)]
    public void Every_limit_is_said(int limit) =>
        Assert.Contains(limit.ToString("N0", CultureInfo.InvariantCulture), Text, StringComparison.Ordinal);
}
