using System.Collections.Frozen;
using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>Which categories an event of our sensor belongs to, and which fields events of a category have. Thread-safe.</summary>
public static class HostTaxonomy
{
    private const uint AccessMode = 3;
    private const uint NoAccess = 3;
    private const uint Create = 0x40;
    private const uint PathOnly = 0x200000;

    private static readonly FrozenDictionary<string, EventCategory> Categories = new Dictionary<string, EventCategory>
    {
        ["process_creation"] = EventCategory.ProcessCreation,
        ["process_termination"] = EventCategory.ProcessTermination,
        ["file_access"] = EventCategory.FileAccess,
        ["file_event"] = EventCategory.FileEvent,
        ["network_connection"] = EventCategory.NetworkConnection,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Field> Fields =
        Enum.GetValues<HostField>().Where(field => field != HostField.Unknown)
            .ToFrozenDictionary(field => field.ToString(), field => new Field(field.ToString(), field, -1));

    /// <summary>Names of the categories, sorted.</summary>
    public static IEnumerable<string> CategoryNames => Categories.Keys.Order(StringComparer.Ordinal);

    /// <summary>The category of that name.</summary>
    public static bool TryGetCategory(string name, out EventCategory category) => Categories.TryGetValue(name, out category);

    /// <summary>Where our events hold the field of exactly that name.</summary>
    internal static HostField SourceOf(string name) => Fields.TryGetValue(name, out var field) ? field.Source : HostField.Unknown;

    /// <summary>The field of exactly that name, if events of one of <paramref name="categories"/> have it.</summary>
    public static Field? FindField(string name, EventCategory categories) =>
        Fields.TryGetValue(name, out var field) && (CategoriesOf(field.Source) & categories) != 0 ? field : null;

    /// <summary>Names of the fields of <paramref name="categories"/>, sorted.</summary>
    public static IEnumerable<string> FieldNames(EventCategory categories) =>
        Fields.Values.Where(field => (CategoriesOf(field.Source) & categories) != 0).Select(field => field.Name)
            .Order(StringComparer.Ordinal);

    /// <summary>The source of records of one category; the default for none.</summary>
    public static LogSource SourceOf(EventCategory category) =>
        new(Categories.FirstOrDefault(entry => entry.Value == category).Key ?? "", "linux", "");

    /// <summary>The categories that <paramref name="e"/> belongs to.</summary>
    public static EventCategory CategoriesOf(HostEvent e) => e switch
    {
        ExecEvent => EventCategory.ProcessCreation,
        ExitEvent => EventCategory.ProcessTermination,
        NetworkEvent => EventCategory.NetworkConnection,
        FileOpenEvent open => CategoriesOfOpen(open.OpenFlags),
        _ => EventCategory.None,
    };

    private static EventCategory CategoriesOfOpen(uint flags)
    {
        // O_PATH and access mode 3 give a handle that can neither be read nor written.
        var category = (flags & PathOnly) != 0 || (flags & AccessMode) == NoAccess ? EventCategory.None : EventCategory.FileAccess;
        return (flags & Create) != 0 ? category | EventCategory.FileEvent : category;
    }

    private static EventCategory CategoriesOf(HostField field) => field switch
    {
        HostField.Interpreter or HostField.CallerComm or HostField.ArgumentsTruncated => EventCategory.ProcessCreation,
        HostField.AskedPath or HostField.InodeAlias or HostField.Deleted or HostField.Inode or HostField.LinkCount =>
            EventCategory.ProcessCreation | EventCategory.FileAccess | EventCategory.FileEvent,
        HostField.TargetFilename or HostField.OpenFlags => EventCategory.FileAccess | EventCategory.FileEvent,
        HostField.DestinationIp or HostField.DestinationPort or HostField.DestinationIsIpv6 or HostField.Initiated
            or HostField.Protocol or HostField.External => EventCategory.NetworkConnection,
        HostField.ExitCode => EventCategory.ProcessTermination,
        _ => EventCategory.All,
    };
}
