using Detection.Findings;

namespace AlertLambda.Tuning;

/// <summary>Incidents of one rule that are told in one message.</summary>
public sealed class NoiseSum
{
    /// <summary>Most hosts and incidents that are named; all are counted.</summary>
    public const int MostNamed = 100;

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>Its title, for people. From a rule file: not escaped.</summary>
    public required string Title { get; init; }

    /// <summary>Its level. Its first value is not written: so it is not required.</summary>
    public RuleLevel Level { get; init; }

    /// <summary>Why: the reason of the maintenance window; empty = there were too many.</summary>
    public string Maintenance { get; init; } = "";

    /// <summary>When it is told, Unix ms.</summary>
    public required long DueMs { get; init; }

    /// <summary>How many incidents, from 1.</summary>
    public long Count { get; set; }

    /// <summary>Earliest and latest time of any of them, ns since 1970 UTC.</summary>
    public long FirstNs { get; set; } = long.MaxValue;

    /// <inheritdoc cref="FirstNs"/>
    public long LastNs { get; set; } = long.MinValue;

    /// <summary>Names of hosts, as far as there is room. From the hosts: not escaped.</summary>
    public List<string> Hosts { get; init; } = [];

    /// <summary>Ids of incidents, as far as there is room.</summary>
    public List<string> Incidents { get; init; } = [];

    /// <summary>Counts one.</summary>
    internal void Add(Notice notice)
    {
        Count++;
        FirstNs = Math.Min(FirstNs, notice.FirstNs);
        LastNs = Math.Max(LastNs, notice.LastNs);
        Note(Hosts, notice.HostName);
        Note(Incidents, notice.Id);
    }

    private static void Note(List<string> list, string entry)
    {
        if (list.Count < MostNamed && !list.Contains(entry))
        {
            list.Add(entry);
        }
    }
}
