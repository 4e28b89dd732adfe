namespace Detection.Taxonomy;

/// <summary>A record as every event of one shape presents it. Immutable.</summary>
/// <param name="Kind">Exactly one.</param>
/// <param name="Category">Its category; none for the audit daemon's.</param>
/// <param name="Source">What rules select it by.</param>
/// <param name="Searchable">The fields that keyword searches look into.</param>
internal sealed record HostRecord(HostRecords Kind, EventCategory Category, LogSource Source, HostField[] Searchable)
{
    /// <summary>True for a record of the audit daemon.</summary>
    public bool IsAudit { get; } = (Kind & HostRecords.Audit) != 0;

    /// <summary>The audit daemon's name for the kind of record.</summary>
    public FieldValue AuditType { get; } = Kind switch
    {
        _ when (Kind & HostRecords.AuditExecve) != 0 => FieldValue.Of("EXECVE"),
        _ when (Kind & HostRecords.AuditSyscall) != 0 => FieldValue.Of("SYSCALL"),
        _ when (Kind & HostRecords.AuditPath) != 0 => FieldValue.Of("PATH"),
        _ => default,
    };
}
