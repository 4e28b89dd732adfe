namespace Detection.Taxonomy;

/// <summary>Sigma's log source categories that events of our sensor belong to. One event may belong to several.</summary>
[Flags]
public enum EventCategory
{
    /// <summary>None: only rules without a category see the event.</summary>
    None = 0,

    /// <summary><c>process_creation</c>: a program was started.</summary>
    ProcessCreation = 1 << 0,

    /// <summary><c>process_termination</c>: a process ended.</summary>
    ProcessTermination = 1 << 1,

    /// <summary><c>file_access</c>: a file was opened to be read or written.</summary>
    FileAccess = 1 << 2,

    /// <summary><c>file_event</c>: a file was made by opening it (O_CREAT), or a name by a link.</summary>
    FileEvent = 1 << 3,

    /// <summary><c>network_connection</c>: a connect, or a datagram to an explicit address.</summary>
    NetworkConnection = 1 << 4,

    /// <summary><c>file_access_failed</c>: an open was refused.</summary>
    FileAccessFailed = 1 << 5,

    /// <summary><c>file_rename</c>: a watched file got another name, or something else got a watched name.</summary>
    FileRename = 1 << 6,

    /// <summary><c>file_delete</c>: a watched name was removed.</summary>
    FileDelete = 1 << 7,

    /// <summary><c>file_change</c>: length, permission bits or owner of a watched file were changed.</summary>
    FileChange = 1 << 8,

    /// <summary><c>system_call</c>: every call that is reported, those of the file categories among them, done or refused.</summary>
    SystemCall = 1 << 9,

    /// <summary>Every category.</summary>
    All = ProcessCreation | ProcessTermination | FileAccess | FileEvent | NetworkConnection | FileAccessFailed | FileRename | FileDelete
        | FileChange | SystemCall,
}
