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

    /// <summary>What a field holds in all records of the kind; absent when that is not one value.</summary>
    public FieldValue ConstantOf(HostField field) => field switch
    {
        HostField.AuditType => AuditType,
        HostField.AuditSyscall or HostField.AuditSyscallInterpreted when Kind == HostRecords.AuditExecSyscall => FieldValue.Of("execve"),
        HostField.AuditSyscall or HostField.AuditSyscallInterpreted when Kind is HostRecords.AuditOpenSyscall or HostRecords.AuditFailedOpenSyscall
            => FieldValue.Of("openat"),

        // The other PATH of the event says something else.
        HostField.AuditNameType when Kind == HostRecords.AuditRenamedPath => FieldValue.Of("DELETE"),
        HostField.AuditNameType when Kind == HostRecords.AuditLinkedPath => FieldValue.Of("NORMAL"),

        // A connect is seen when it begins, and may fail.
        HostField.AuditSuccess when Kind == HostRecords.AuditFailedOpenSyscall => FieldValue.Of("no"),
        HostField.AuditSuccess when Kind is HostRecords.AuditExecSyscall or HostRecords.AuditOpenSyscall => FieldValue.Of("yes"),
        _ => default,
    };

    /// <summary>The field under which all records of an event hold what this one holds in <paramref name="field"/>; or that field itself.</summary>
    public HostField SharedNameOf(HostField field) => field switch
    {
        HostField.AuditExe => HostField.Image,
        HostField.AuditComm => HostField.Comm,
        HostField.AuditUid => HostField.Uid,
        HostField.AuditEuid => HostField.Euid,
        HostField.AuditGid => HostField.Gid,
        HostField.AuditEgid => HostField.Egid,
        HostField.AuditName when (Kind & HostRecords.AuditAsked) != 0 => HostField.AskedPath,
        HostField.AuditName when (Kind & HostRecords.AuditOtherPath) != 0 => HostField.SourceFilename,
        HostField.AuditName when Kind == HostRecords.AuditExecPath => HostField.Image,
        HostField.AuditName when Kind is HostRecords.AuditOpenPath or HostRecords.AuditCallPath => HostField.TargetFilename,
        _ => field,
    };

    /// <summary>True when records like this one may hold a field.</summary>
    public bool MayHold(Field field) => MayHold(field.Source);

    /// <summary>True when records like this one may hold the field of exactly that name.</summary>
    public bool MayHold(string field) => MayHold(HostFieldFacts.Find(field, out _));

    private bool MayHold(HostField field) => field != HostField.Unknown && (HostFieldFacts.Of(field).Records & Kind) != 0;
}
