using System.Globalization;
using System.Text.Json;

namespace Support.Ocsf;

/// <summary>Checks a record against <see cref="OcsfFacts"/>. Stricter than the schema: what is not known there is a fault.</summary>
public static class OcsfValidator
{
    private static readonly string[] Categories = ["Uncategorized", "System Activity", "Findings", "Identity & Access Management", "Network Activity"];

    /// <summary>Everything that is wrong, by place; empty for a valid record.</summary>
    public static IReadOnlyList<string> Faults(JsonElement record)
    {
        var faults = new List<string>();
        if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty("class_uid", out var uid) || !OcsfFacts.Classes.TryGetValue(uid.GetInt32(), out var known))
        {
            return ["not an object of a known class"];
        }

        Check(record, known.Attributes, known.OneOf, known.Name, faults);
        if (faults.Count > 0)
        {
            return faults;
        }

        var activity = record.GetProperty("activity_id").GetInt32();
        Expect(known.Activities.ContainsKey(activity), $"activity_id {activity} is none of the class", faults);
        Expect(record.GetProperty("type_uid").GetInt32() == (uid.GetInt32() * 100) + activity, "type_uid is not class_uid * 100 + activity_id", faults);
        Expect(record.GetProperty("category_uid").GetInt32() == uid.GetInt32() / 1000, "category_uid is not that of the class", faults);
        Named(record, "class_name", known.Name, faults);
        Named(record, "activity_name", known.Activities.GetValueOrDefault(activity, ""), faults);
        Named(record, "category_name", Categories[uid.GetInt32() / 1000], faults);
        Named(record, "type_name", $"{known.Name}: {known.Activities.GetValueOrDefault(activity)}", faults);
        var metadata = record.GetProperty("metadata");
        Expect(metadata.GetProperty("version").GetString() == "1.8.0", "metadata.version is not 1.8.0", faults);
        var profiles = metadata.GetProperty("profiles").EnumerateArray().Select(profile => profile.GetString()).ToList();
        Expect(profiles.Contains("cloud") == record.TryGetProperty("cloud", out _), "the profile cloud stands exactly where the cloud is told", faults);
        Expect(profiles.TrueForAll(profile => profile is "host" or "cloud" or "container"), "an unknown profile", faults);
        return faults;
    }

    private static void Named(JsonElement record, string attribute, string expected, List<string> faults) =>
        Expect(!record.TryGetProperty(attribute, out var name) || name.GetString() == expected, $"{attribute} is not '{expected}'", faults);

    private static void Expect(bool holds, string fault, List<string> faults)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }

    private static void Check(JsonElement element, string attributes, string oneOf, string place, List<string> faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{place} is no object");
            return;
        }

        var known = attributes.Split(' ').Select(attribute => attribute.Split(':', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        foreach (var missing in known.Where(attribute => attribute.Value.EndsWith('!') && !element.TryGetProperty(attribute.Key, out _)))
        {
            faults.Add($"{place}.{missing.Key} is required");
        }

        Expect(oneOf.Length == 0 || oneOf.Split(' ').Any(name => element.TryGetProperty(name, out _)), $"{place} has none of {oneOf}", faults);
        Expect(element.EnumerateObject().Select(property => property.Name).Distinct().Count() == element.EnumerateObject().Count(), $"{place} has an attribute twice", faults);
        foreach (var property in element.EnumerateObject())
        {
            if (known.TryGetValue(property.Name, out var type))
            {
                CheckValue(property.Value, type.TrimEnd('!'), $"{place}.{property.Name}", faults);
            }
            else
            {
                faults.Add($"{place}.{property.Name} is not in the schema");
            }
        }
    }

    private static void CheckValue(JsonElement value, string type, string place, List<string> faults)
    {
        switch (type[0])
        {
            case '*':
                if (value.ValueKind != JsonValueKind.Array)
                {
                    faults.Add($"{place} is no array");
                    return;
                }

                foreach (var (item, i) in value.EnumerateArray().Select((item, i) => (item, i)))
                {
                    CheckValue(item, type[1..], string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"), faults);
                }

                break;
            case '@':
                var (attributes, oneOf) = OcsfFacts.Objects[type[1..]];
                Check(value, attributes, oneOf, place, faults);
                break;
            case '[':
                Expect(value.ValueKind == JsonValueKind.Number && type[1..^1].Split(',').Contains(value.GetRawText()), $"{place} {value} is outside its enumeration", faults);
                break;
            case 's':
                Expect(value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0, $"{place} is no text", faults);
                break;
            case 'b':
                Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, $"{place} is no truth", faults);
                break;
            case 'j':
                Expect(value.ValueKind == JsonValueKind.Object, $"{place} is no object", faults);
                break;
            default:
                Expect(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && (type == "i" || number > 1_000_000_000_000), $"{place} is no {(type == "i" ? "integer" : "time in ms")}", faults);
                break;
        }
    }
}
