using Wire.Text;

namespace EdgeAgent;

/// <summary>What one run of the agent did.</summary>
/// <param name="Seen">Events that the kernel reported and the agent understood.</param>
/// <param name="Filtered">Of these, events that stayed on the host by configuration.</param>
/// <param name="Repeated">Of these, events of floods that an event like them stands for.</param>
/// <param name="Unparsed">Records that the agent could not parse.</param>
/// <param name="LostInKernel">Records that found no space in a ring.</param>
/// <param name="ProcessEvictions">Processes that were dropped from the process table because it was full.</param>
/// <param name="LearntEvictions">Files met under watched names that the kernel forgot because there were too many.</param>
/// <param name="Sinks">By sink.</param>
public sealed record AgentReport(
    long Seen, long Filtered, long Repeated, long Unparsed, long LostInKernel, long ProcessEvictions, long LearntEvictions, IReadOnlyList<SinkReport> Sinks)
{
    /// <summary>Of the lost ones, those of high value.</summary>
    public long LostHighValue { get; init; }

    /// <summary>Events that a sink did not take in time.</summary>
    public long Undelivered => Sinks.Sum(s => s.Undelivered);

    /// <summary>Events that were dropped before a sink took them.</summary>
    public long Dropped => Sinks.Sum(s => s.Dropped);

    /// <summary>True when every sink took every event that it was given, or the next start will give it.</summary>
    public bool AllDelivered => Undelivered == 0 && Dropped == 0;

    /// <summary>For people, in one line; troubles that did not happen are left out.</summary>
    public override string ToString() =>
        $"{Seen} events seen, {Filtered} kept on the host, {LostInKernel} lost in the kernel, "
        + (LostHighValue > 0 ? $"{LostHighValue} of these of high value, " : "")
        + (Repeated > 0 ? $"{Repeated} told by events like them, " : "")
        + (Unparsed > 0 ? $"{Unparsed} not parsed, " : "")
        + (ProcessEvictions > 0 ? $"{ProcessEvictions} processes forgotten because there were too many, " : "")
        + (LearntEvictions > 0 ? $"{LearntEvictions} files met under watched names forgotten because there were too many, " : "")
        + string.Join(", ", Sinks.Select(s => $"{SafeText.Escape(s.Name)}: {s.Delivered} delivered, {s.Dropped} dropped, {s.Undelivered} undelivered{(s.Kept > 0 ? $", {s.Kept} kept for the next start" : "")}"));
}

/// <summary>What one sink took.</summary>
/// <param name="Name">The sink.</param>
/// <param name="Delivered">Events that it took.</param>
/// <param name="Dropped">Events that were dropped because it did not answer or refused them.</param>
/// <param name="Undelivered">Events that were still waiting when the agent ended, and are lost.</param>
/// <param name="Kept">Events that were still waiting and are on disk: the next start ships them.</param>
public sealed record SinkReport(string Name, long Delivered, long Dropped, long Undelivered, long Kept = 0);
