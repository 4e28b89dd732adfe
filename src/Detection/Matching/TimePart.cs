namespace Detection.Matching;

/// <summary>A part of a point in time, as the text or number says it: no time zone is converted.</summary>
internal enum TimePart
{
    /// <summary>0 to 59.</summary>
    Minute,

    /// <summary>0 to 23.</summary>
    Hour,

    /// <summary>Day of the month, from 1.</summary>
    Day,

    /// <summary>ISO 8601 week of the year, from 1.</summary>
    Week,

    /// <summary>From 1.</summary>
    Month,

    /// <summary>For example 2026.</summary>
    Year,
}
