using Detection.Matching;
using Detection.Rules;
using Detection.Taxonomy;
using Wire.Text;

namespace LocalPipeline.Rules.Checking;

/// <summary>
/// Finds out which records of our sensor a rule can match. Its log source has the fields that it asks for, but one record must have all
/// of them, with values that it can have.
/// </summary>
internal static class RecordReach
{
    /// <summary>The records, each kind once, that may match.</summary>
    internal static IReadOnlyList<HostRecord> Matching(SigmaRule rule) =>
        [.. Seen(rule).Where(record => Of(rule.Matcher, record).CanHold)];

    /// <summary>Why none of them may; of all records those that come nearest speak.</summary>
    internal static IReadOnlyList<Obstacle> Obstacles(SigmaRule rule) =>
        Seen(rule).Select(record => Of(rule.Matcher, record).Obstacles)
            .OrderBy(obstacles => obstacles.Count(obstacle => obstacle is OtherType)).ThenBy(obstacles => obstacles.Any(obstacle => obstacle is NowhereSaid) ? 0 : 1)
            .ThenBy(obstacles => obstacles.Distinct().Count())
            .FirstOrDefault() ?? [];

    private static IEnumerable<HostRecord> Seen(SigmaRule rule) => HostRecordShapes.All.Where(record => rule.Source.Covers(record.Source));

    private static Reach Of(Matcher matcher, HostRecord record) => matcher switch
    {
        AllOf all => Reach.All([.. all.Parts.Select(part => Of(part, record))]),
        AnyOf any => Reach.Any([.. any.Parts.Select(part => Of(part, record))]),
        Not not => Of(not.Part, record).Not(),
        Search search => Of(search.Part, record),
        FieldItem item => OfField(item, item.Field, record) ?? OfValues(item, record),
        FieldExists exists => OfField(exists, exists.Field, record) ?? Reach.Open,
        FieldReference reference => OfField(reference, reference.Field, record) ?? OfField(reference, reference.Other, record) ?? Reach.Open,
        _ => Reach.Open,
    };

    private static Reach? OfField(Item item, Field field, HostRecord record) => record.MayHold(field)
        ? null
        : Reach.Always(item.Matches(NoValues.Instance), new Obstacle(
            item.Line, $"{NameOf(record)} never have the field {field.Name}", "docs/rules.md lists the fields of each record"));

    private static Reach OfValues(FieldItem item, HostRecord record)
    {
        var values = HostFieldValues.Of(record, item.Field.Source);
        if (CanSay(item, record))
        {
            return IsConstant(item.Field, record) ? new Reach(true, false, [Right(item, record)]) : Reach.Open;
        }

        return new Reach(false, true, [Wrong(item, record, values)]);
    }

    private static bool CanSay(FieldItem item, HostRecord record)
    {
        var values = HostFieldValues.Of(record, item.Field.Source);
        return values.Count == 0 || values.Any(value => item.Matches(new OneValue(value)));
    }

    private static bool IsConstant(Field field, HostRecord record) => record.ConstantOf(field.Source).Kind != FieldKind.Absent;

    // In the way only of a negation.
    private static Obstacle Right(FieldItem item, HostRecord record)
    {
        var reason = $"in {NameOf(record)} {item.Field.Name} is always {TestWords.Of(item)}";
        return item.Field.Source == HostField.AuditType ? new OtherType(item.Line, reason, "") : new Obstacle(item.Line, reason, "");
    }

    private static Obstacle Wrong(FieldItem item, HostRecord record, IReadOnlyList<FieldValue> values)
    {
        if (item.Field.Source == HostField.AuditType)
        {
            values = [.. HostRecordShapes.All.Where(one => one.IsAudit).Select(one => one.AuditType).DistinctBy(value => value.Text)];
            return new OtherType(item.Line, $"no record has the type {TestWords.Of(item)}", WayOut(item, values));
        }

        // Where no record of its name says it, the others are as much of a way out.
        HostRecord[] alike = [.. HostRecordShapes.All.Where(one => NameOf(one) == NameOf(record) && one.MayHold(item.Field))];
        if (!alike.Any(one => CanSay(item, one)))
        {
            values = [.. alike.SelectMany(one => HostFieldValues.Of(one, item.Field.Source)).DistinctBy(value => value.Text)];
        }

        var reason = $"in {NameOf(record)} {item.Field.Name} is never {TestWords.Of(item)}";
        return HostRecordShapes.All.Any(one => one.MayHold(item.Field) && CanSay(item, one))
            ? new Obstacle(item.Line, reason, WayOut(item, values))
            : new NowhereSaid(item.Line, reason, WayOut(item, values));
    }

    private static string WayOut(FieldItem item, IReadOnlyList<FieldValue> values)
    {
        string[] texts = [.. values.Select(value => value.Text!)];
        var near = item.Tests.OfType<TextTest>().Select(test => NearestName.Find(test.Pattern.Literal, texts)).FirstOrDefault(name => name is not null);
        return near is null ? "it is one of " + string.Join(", ", texts) : $"did you mean {near}?";
    }

    private static string NameOf(HostRecord record) => record.IsAudit ? $"{record.AuditType.Text} records" : $"records of {record.Source}";

    // A record of another type is the least of what a rule can have meant.
    private sealed record OtherType(int Line, string Reason, string WayOut) : Obstacle(Line, Reason, WayOut);

    // A value that no record at all has says most about what is wrong.
    private sealed record NowhereSaid(int Line, string Reason, string WayOut) : Obstacle(Line, Reason, WayOut);
}
