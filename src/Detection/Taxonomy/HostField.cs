namespace Detection.Taxonomy;

/// <summary>Where an event of our sensor holds a field. The names are those that rules use; <c>docs/rules.md</c> describes each.</summary>
internal enum HostField
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
    LoginUser,
    AuditSession,
    OriginAbi,
    CgroupId,
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

    DestinationIp,
    DestinationPort,
    DestinationIsIpv6,
    Initiated,
    Protocol,
    External,

    ExitCode,
}
