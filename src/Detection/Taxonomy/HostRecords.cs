namespace Detection.Taxonomy;

/// <summary>The records that events of our sensor present, as a set.</summary>
[Flags]
internal enum HostRecords
{
    None = 0,

    /// <summary>Of no category: a fork, or an open that can neither read nor write.</summary>
    Plain = 1 << 0,
    ProcessCreation = 1 << 1,
    ProcessTermination = 1 << 2,
    FileAccess = 1 << 3,
    FileEvent = 1 << 4,
    NetworkConnection = 1 << 5,

    /// <summary>auditd: argv of an exec.</summary>
    AuditExecve = 1 << 6,

    /// <summary>auditd: the call and who made it.</summary>
    AuditExecSyscall = 1 << 7,
    AuditOpenSyscall = 1 << 8,
    AuditConnectSyscall = 1 << 9,

    /// <summary>auditd: the file that was executed or opened.</summary>
    AuditExecPath = 1 << 10,
    AuditOpenPath = 1 << 11,

    /// <summary>auditd: the name that was asked for, where it is another one.</summary>
    AuditExecAskedPath = 1 << 12,
    AuditOpenAskedPath = 1 << 13,

    FileAccessFailed = 1 << 14,
    FileRename = 1 << 15,
    FileDelete = 1 << 16,
    FileChange = 1 << 17,
    SystemCall = 1 << 18,

    /// <summary>auditd: an open that was refused.</summary>
    AuditFailedOpenSyscall = 1 << 19,
    AuditCallSyscall = 1 << 20,
    AuditCallPath = 1 << 21,

    /// <summary>auditd: the old name of what was renamed.</summary>
    AuditRenamedPath = 1 << 22,

    /// <summary>auditd: the first name of what was given another.</summary>
    AuditLinkedPath = 1 << 23,

    OfExec = ProcessCreation | AuditExecve | AuditExecSyscall | AuditExecPath | AuditExecAskedPath,
    OfOpen = Plain | FileAccess | FileEvent | FileAccessFailed | AuditOpenSyscall | AuditFailedOpenSyscall | AuditOpenPath | AuditOpenAskedPath,
    AuditOtherPath = AuditRenamedPath | AuditLinkedPath,
    AuditCall = AuditCallSyscall | AuditCallPath | AuditOtherPath,
    OfCall = FileEvent | FileRename | FileDelete | FileChange | SystemCall | AuditCall,
    OfNetwork = NetworkConnection | AuditConnectSyscall,

    AuditSyscall = AuditExecSyscall | AuditOpenSyscall | AuditConnectSyscall | AuditFailedOpenSyscall | AuditCallSyscall,
    AuditFile = AuditExecPath | AuditOpenPath | AuditCallPath,
    AuditAsked = AuditExecAskedPath | AuditOpenAskedPath,
    AuditPath = AuditFile | AuditAsked | AuditOtherPath,
    Audit = AuditExecve | AuditSyscall | AuditPath,
    All = Plain | ProcessTermination | OfExec | OfOpen | OfNetwork | OfCall,
}
