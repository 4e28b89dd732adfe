using System.Collections.Frozen;
using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>Which records events of our sensor present, and which fields those have. Thread-safe.</summary>
public static class HostTaxonomy
{
    private const uint AccessMode = 3;
    private const uint WriteOnly = 1;
    private const uint ReadWrite = 2;
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
        ["file_access_failed"] = EventCategory.FileAccessFailed,
        ["file_rename"] = EventCategory.FileRename,
        ["file_delete"] = EventCategory.FileDelete,
        ["file_change"] = EventCategory.FileChange,
        ["system_call"] = EventCategory.SystemCall,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Field> NativeFields = HostFieldFacts.All
        .Where(entry => !HostFieldFacts.IsAudit(entry.Key))
        .ToFrozenDictionary(entry => entry.Value.Name, entry => new Field(entry.Value.Name, entry.Key, -1));

    /// <summary>The source of records as the audit daemon would have written them.</summary>
    public static LogSource Auditd { get; } = new("", "linux", "auditd");

    /// <summary>The sources of all records that our sensor feeds, each once.</summary>
    public static IReadOnlyList<LogSource> Fed => HostRecordShapes.Sources;

    /// <summary>Names of the categories, sorted.</summary>
    public static IEnumerable<string> CategoryNames => Categories.Keys.Order(StringComparer.Ordinal);

    /// <summary>The category of that name.</summary>
    public static bool TryGetCategory(string name, out EventCategory category) => Categories.TryGetValue(name, out category);

    /// <summary>True when a record that a rule of <paramref name="ruleSource"/> sees can hold the field of exactly that name.</summary>
    public static bool Produces(string fieldName, LogSource ruleSource)
    {
        var field = HostFieldFacts.Find(fieldName, out _);
        return field != HostField.Unknown
            && HostRecordShapes.All.Any(record => (record.Kind & HostFieldFacts.Of(field).Records) != 0 && ruleSource.Covers(record.Source));
    }

    /// <summary>Names of all fields that records which a rule of <paramref name="ruleSource"/> sees can hold, sorted; of the arguments of a start only the first two.</summary>
    public static IEnumerable<string> FieldNames(LogSource ruleSource) => HostFieldFacts.All
        .SelectMany(entry => entry.Key == HostField.AuditArgument ? [entry.Value.Name + "0", entry.Value.Name + "1"] : new[] { entry.Value.Name })
        .Where(name => Produces(name, ruleSource)).Order(StringComparer.Ordinal);

    /// <summary>The field of exactly that name, if events of one of <paramref name="categories"/> have it under all sources.</summary>
    public static Field? FindField(string name, EventCategory categories) =>
        NativeFields.TryGetValue(name, out var field) && IsIn(field, categories) ? field : null;

    /// <summary>Names of the fields of <paramref name="categories"/>, sorted; without those that only auditd records have.</summary>
    public static IEnumerable<string> FieldNames(EventCategory categories) =>
        NativeFields.Values.Where(field => IsIn(field, categories)).Select(field => field.Name).Order(StringComparer.Ordinal);

    /// <summary>The source of records of one category; for none, that of records without one.</summary>
    public static LogSource SourceOf(EventCategory category) =>
        new(Categories.FirstOrDefault(entry => entry.Value == category).Key ?? "", "linux", "");

    /// <summary>The categories that <paramref name="e"/> belongs to.</summary>
    public static EventCategory CategoriesOf(HostEvent e) => e switch
    {
        ExecEvent => EventCategory.ProcessCreation,
        ExitEvent => EventCategory.ProcessTermination,
        NetworkEvent => EventCategory.NetworkConnection,
        FileOpenEvent { Error: not 0 } => EventCategory.FileAccessFailed,
        FileOpenEvent open => CategoriesOfOpen(open.OpenFlags),
        CallEvent call => EventCategory.SystemCall | (call.Error == 0 ? CategoriesOfChange(call.Call) : EventCategory.None),
        _ => EventCategory.None,
    };

    /// <summary>True when the open made the file.</summary>
    internal static bool IsCreation(uint openFlags) => (openFlags & Create) != 0;

    /// <summary>True when what was opened can be written through it.</summary>
    internal static bool IsForWriting(uint openFlags) => (openFlags & PathOnly) == 0 && (openFlags & AccessMode) is (WriteOnly or ReadWrite);

    private static EventCategory CategoriesOfOpen(uint flags)
    {
        // O_PATH and access mode 3 give a handle that can neither be read nor written.
        var category = (flags & PathOnly) != 0 || (flags & AccessMode) == NoAccess ? EventCategory.None : EventCategory.FileAccess;
        return IsCreation(flags) ? category | EventCategory.FileEvent : category;
    }

    /// <summary>What a call that was done is, beside a system call.</summary>
    internal static EventCategory CategoriesOfChange(CallKind call) => call switch
    {
        CallKind.Rename => EventCategory.FileRename,
        CallKind.Link or CallKind.Symlink => EventCategory.FileEvent,
        CallKind.Unlink => EventCategory.FileDelete,
        CallKind.Truncate or CallKind.Chmod or CallKind.Chown => EventCategory.FileChange,
        _ => EventCategory.None,
    };

    private static bool IsIn(Field field, EventCategory categories) =>
        HostRecordShapes.All.Any(record => (record.Category & categories) != 0 && (record.Kind & HostFieldFacts.Of(field.Source).Records) != 0);
}
