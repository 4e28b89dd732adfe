namespace Detection.Taxonomy;

/// <summary>
/// Where an event of our sensor holds a field. <see cref="HostFieldFacts"/> says which records have it and of which type;
/// <c>docs/rules.md</c> describes each.
/// </summary>
internal enum HostField : byte
{
    Unknown = 0,

    Image,
    CommandLine,
    CurrentDirectory,
    User,
    ParentImage,
    ParentCommandLine,
    ParentUser,
    ProcessId,
    ParentProcessId,
    Comm,
    ParentComm,
    Uid,
    Euid,
    Gid,
    Egid,
    EffectiveUser,
    LoginUid,
    LogonId,
    LoginUser,
    AuditSession,
    OriginAbi,
    CgroupId,
    ContainerId,
    HostId,
    HostName,
    AccountId,
    Region,
    InstanceId,
    Sensitive,

    AskedPath,
    InodeAlias,
    Deleted,
    Inode,
    LinkCount,

    Interpreter,
    CallerComm,
    ArgumentsTruncated,

    TargetFilename,
    OpenFlags,
    ForWriting,

    DestinationIp,
    DestinationPort,
    DestinationIsIpv6,
    Initiated,
    Protocol,
    External,

    ExitCode,

    // From here on: fields of auditd records, under the names that the audit daemon uses.
    AuditType,
    AuditArgumentCount,
    AuditArgument,
    AuditSyscall,
    AuditSyscallInterpreted,
    AuditSuccess,
    AuditExe,
    AuditComm,
    AuditPid,
    AuditParentPid,
    AuditLoginUid,
    AuditSessionId,
    AuditUid,
    AuditEuid,
    AuditGid,
    AuditEgid,
    AuditDirectory,
    AuditName,
    AuditNameType,
    AuditInode,
}
