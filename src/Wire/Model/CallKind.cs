namespace Wire.Model;

/// <summary>
/// What a system call is for, whatever its form (rename, renameat, renameat2 …). The numbers are part of the wire format and of
/// <c>bpf/include/edge_event.h</c>; never reuse one.
/// </summary>
public enum CallKind : byte
{
    /// <summary>No event has this kind.</summary>
    None = 0,

    /// <summary>An open that failed; becomes a <see cref="FileOpenEvent"/>, never a <see cref="CallEvent"/>.</summary>
    Open = 1,

    /// <summary>A name was given to what had another one, which is <see cref="CallEvent.OtherPath"/>.</summary>
    Rename = 2,

    /// <summary>A further name for the file <see cref="CallEvent.OtherPath"/>.</summary>
    Link = 3,

    /// <summary>A name that leads to <see cref="CallEvent.OtherPath"/>.</summary>
    Symlink = 4,

    /// <summary>A name was removed; folders too.</summary>
    Unlink = 5,

    /// <summary>The content was cut, or made longer, to <see cref="CallArguments.First"/> bytes.</summary>
    Truncate = 6,

    /// <summary>Permission bits were set to <see cref="CallArguments.First"/>.</summary>
    Chmod = 7,

    /// <summary>Owner or group was set to the user <see cref="CallArguments.First"/> and the group <see cref="CallArguments.Second"/>; -1 = as it was.</summary>
    Chown = 8,

    /// <summary>Something was mounted, from <see cref="CallEvent.OtherPath"/>.</summary>
    Mount = 9,

    /// <summary>Something was unmounted.</summary>
    Umount = 10,

    /// <summary>The root of the mount namespace was changed.</summary>
    PivotRoot = 11,

    /// <summary>A kernel module was loaded, from <see cref="CallEvent.Path"/> where it came as a file.</summary>
    ModuleLoad = 12,

    /// <summary>A BPF program was loaded into the kernel.</summary>
    BpfLoad = 13,

    /// <summary>Another process, <see cref="CallArguments.Second"/>, was attached to.</summary>
    Ptrace = 14,

    /// <summary>Memory of another process, <see cref="CallArguments.First"/>, was written.</summary>
    MemoryWrite = 15,

    /// <summary>A file in memory was made; <see cref="CallEvent.Path"/> is its name.</summary>
    MemfdCreate = 16,

    /// <summary>The user id was set to <see cref="CallArguments.First"/>.</summary>
    Setuid = 17,

    /// <summary>Real and effective user id were set, in this order.</summary>
    Setreuid = 18,

    /// <summary>Real, effective and saved user id were set, in this order.</summary>
    Setresuid = 19,

    /// <summary>A namespace was entered.</summary>
    Setns = 20,

    /// <summary>New namespaces were made; <see cref="CallArguments.First"/> holds the CLONE_NEW* flags.</summary>
    Unshare = 21,

    /// <summary>A raw or packet socket was made: family, type and protocol are the arguments.</summary>
    RawSocket = 22,
}
