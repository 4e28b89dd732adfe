namespace Detection.Findings;

/// <summary>What happened to an incident.</summary>
public enum IncidentChange
{
    /// <summary>Its first firing was found.</summary>
    Opened = 0,

    /// <summary>It was opened on an unknown verdict, and a certain one has joined it.</summary>
    Escalated = 1,

    /// <summary>No firing can join it any more.</summary>
    Closed = 2,
}
