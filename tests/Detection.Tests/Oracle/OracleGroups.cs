namespace Detection.Tests.Oracle;

/// <summary>Values of group-by, read from what was drawn.</summary>
internal static class OracleGroups
{
    /// <summary>The value of an entry that is an equality; null when the event lacks it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="role">Name of the referenced rule.</param>
    /// <param name="spec">The event.</param>
    /// <param name="own">Group of the referenced rule's firing, if it is a correlation.</param>
    public static GroupValue? Value(GroupEntry entry, string role, EventSpec spec, IReadOnlyList<GroupValue> own) =>
        own.FirstOrDefault(value => value.Name == entry.Name) ?? Value(entry, role, spec);

    /// <summary>Process entity; null when it is not known.</summary>
    public static string? Process(int process) => process is < 0 or World.UnknownProcess ? null : ProcessText(process);

    /// <summary>Pid and start, whatever is known of it.</summary>
    public static string ProcessText(int process) => $"{process + 100}@{(process == World.UnknownProcess ? 0 : process + 1_000)}";

    /// <summary>Session; null when it is not known.</summary>
    public static string? Session(EventSpec spec) => spec.Session switch
    {
        0 => "audit:7",
        1 => "login:1000/leader:50@500",
        2 => null,
        _ => "audit:8",
    };

    /// <summary>What keeps processes and sessions apart.</summary>
    public static string Boot(EventSpec spec) => $"{spec.Host}/{spec.Boot}";

    /// <summary>True when both are known and one is the other or above it.</summary>
    public static bool IsAncestorOrSelf(int ancestor, int process)
    {
        if (ancestor == World.UnknownProcess || process == World.UnknownProcess)
        {
            return false;
        }

        while (process >= 0 && process != ancestor)
        {
            process = World.Parents[process];
        }

        return process == ancestor;
    }

    private static GroupValue? Value(GroupEntry entry, string role, EventSpec spec)
    {
        if (entry.Fields is not null)
        {
            return Of("", spec.Field(entry.Fields[role]));
        }

        return entry.Name switch
        {
            "host" => Of("", World.HostId(spec.Host)),
            "process" => Of(Boot(spec), Process(spec.Process)),
            "parent" => Of(Boot(spec), Process(World.Parents[spec.Process])),
            "session" => Of(Boot(spec), Session(spec)),
            "container" => Of(Boot(spec), spec.Container == 0 ? null : $"{spec.Container}"),
            _ => Of("", spec.Field(entry.Name)),
        };

        GroupValue? Of(string scope, string? text) => text is null ? null : new GroupValue(entry.Name, scope, text);
    }
}
