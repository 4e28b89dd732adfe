using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>The few values that a field can hold in records of one kind, where there are but few. Thread-safe.</summary>
internal static class HostFieldValues
{
    private static readonly CallKind[] Calls = [.. Enum.GetValues<CallKind>().Where(call => call > CallKind.Open && CallNames.Of(call).Length > 0)];
    private static readonly FieldValue[] NameTypes = Texts("NORMAL", "CREATE", "DELETE", "UNKNOWN");

    /// <summary>The values, one of which the field holds where it is there at all; empty when there are many.</summary>
    public static IReadOnlyList<FieldValue> Of(HostRecord record, HostField field)
    {
        if (record.ConstantOf(field) is { Kind: not FieldKind.Absent } constant)
        {
            return [constant];
        }

        return field switch
        {
            HostField.AuditSyscall or HostField.AuditSyscallInterpreted when record.Kind == HostRecords.AuditConnectSyscall => Texts("connect"),
            HostField.AuditSyscall or HostField.AuditSyscallInterpreted or HostField.Call => NamesIn(record.Category),
            HostField.AuditSuccess => Texts("yes", "no"),
            HostField.AuditNameType when (record.Kind & HostRecords.OfExec) != 0 => Texts("NORMAL"),
            HostField.AuditNameType => NameTypes,
            _ => [],
        };
    }

    private static FieldValue[] NamesIn(EventCategory category) =>
    [
        .. Calls.Where(call => category is EventCategory.None or EventCategory.SystemCall || (HostTaxonomy.CategoriesOfChange(call) & category) != 0)
            .Select(call => FieldValue.Of(CallNames.Of(call))),
    ];

    private static FieldValue[] Texts(params string[] texts) => [.. texts.Select(FieldValue.Of)];
}
