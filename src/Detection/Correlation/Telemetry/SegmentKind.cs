namespace Detection.Correlation.Telemetry;

/// <summary>What is known of numbers of a lane.</summary>
internal enum SegmentKind : byte
{
    /// <summary>Their events came, or were filtered on the host.</summary>
    Covered = 0,

    /// <summary>Their events never came.</summary>
    Lost = 1,

    /// <summary>They lie between what was stored and the first frame after that: somebody saw them, and nothing in them had to be remembered. An event that comes is taken up.</summary>
    Assumed = 2,
}
