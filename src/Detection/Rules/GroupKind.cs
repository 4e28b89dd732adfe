namespace Detection.Rules;

/// <summary>How two events are found to be of one group.</summary>
public enum GroupKind
{
    /// <summary>Equal values of a field, compared as exact text.</summary>
    Field,

    /// <summary>The same host, over all its boots.</summary>
    Host,

    /// <summary>The same process of the same boot.</summary>
    Process,

    /// <summary>The same process of the same boot has spawned the process.</summary>
    Parent,

    /// <summary>The same audit session; where none is set, the same login uid and session leader. Within one boot.</summary>
    Session,

    /// <summary>The same cgroup of the same boot.</summary>
    Container,

    /// <summary>Each event's process is an ancestor of the next event's process, or the same. Within one boot.</summary>
    Lineage,

    /// <summary>The events are related by <see cref="Lineage"/>, or they are all of one <see cref="Session"/>.</summary>
    LineageOrSession,
}
